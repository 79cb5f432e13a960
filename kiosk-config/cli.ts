// `npm run provision`: lists the county's terminals, checks a config, writes a terminal's provisioning folder.
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { codeOf, messageOf, SunhallError } from '../sync/contract/errors.ts'
import { CONFIG_FILE, checkDraft, type LoadedConfig, loadSignedConfig, ROOT_FILE } from './load.ts'
import { hashPin } from './pin.ts'
import type { ConfigProblem } from './problems.ts'
import { configOf, PROFILES } from './profiles.ts'
import { readRoot } from './root.ts'
import type { TerminalConfig } from './schema.ts'
import { warningsOf } from './warnings.ts'
import { findConfigKey, readText, writeProvisioning } from './write.ts'

const HELP = `npm run provision -- list
npm run provision -- check FILE|FOLDER [--root FILE] [--lang en]
npm run provision -- write TERMINAL --out DIR --root FILE --url URL [--key FILE] [--pin PIN | --pin-file FILE]
                              [--token TOKEN] [--production | --developer]

  list    the county's 30 terminals
  check   a signed config (config.jws, with root.json beside it or --root) or an unsigned draft (.json)
  write   config.jws and root.json for one terminal, for a stick; asks for the maintenance PIN if none is given
  --token   one-time token of "county terminals token HT-17": the office's board then sees the terminal
  --production  the terminal refuses sample keys; needs the county's own
  --developer   for a developer's own machine: the kiosk can be left
  --pin-file  a file with the PIN alone in it: unlike --pin it stays out of the shell's history
  --key   the office's config key (PKCS8 PEM); looked for beside the root and in the office's keys folder
  --json  the last line of output is one JSON object

Example:
  npm run provision -- write HT-17 --root data/county/dist/metadata/1.root.json --url http://10.0.0.5:8080 --out /media/stick
`

const OPTIONS = {
  out: { type: 'string' },
  root: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  pin: { type: 'string' },
  'pin-file': { type: 'string' },
  token: { type: 'string' },
  lang: { type: 'string', default: 'zh' },
  production: { type: 'boolean', default: false },
  developer: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const
type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined)
    throw new SunhallError('E-INPUT', `Expected --${option}. See \`npm run provision -- --help\``)
  return value
}

async function pinOf(options: Options): Promise<string> {
  if (options.pin !== undefined) return options.pin
  const file = options['pin-file']
  if (file !== undefined) return readText(file, 'a file with the PIN').trim()
  if (!process.stdin.isTTY)
    throw new SunhallError('E-INPUT', 'Expected --pin or --pin-file: there is no default, and nobody to ask')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const pin = await lines.question('维护密码（6 到 12 位数字）: ')
  lines.close()
  return pin.trim()
}

async function write(terminal: string | undefined, options: Options): Promise<object> {
  const out = needed(options.out, 'out')
  const rootFile = needed(options.root, 'root')
  const keyFile = options.key ?? findConfigKey(rootFile)
  if (keyFile === undefined) {
    throw new SunhallError('E-KEYS', `Expected --key: no config.pem was found near ${rootFile}`)
  }
  const config = configOf(terminal ?? '', {
    officeUrl: needed(options.url, 'url'),
    pin: hashPin(await pinOf(options)),
    production: options.production,
    developer: options.developer,
    issuedAt: new Date().toISOString(),
    ...(options.token !== undefined && { enrolment: options.token }),
  })
  if (config === undefined) {
    throw new SunhallError('E-INPUT', `Expected a terminal from HT-01 to HT-30, got ${terminal ?? 'nothing'}`)
  }
  await writeProvisioning({ config, rootFile, keyFile, out })
  console.log(`${config.terminal} ${config.name}: ${join(out, CONFIG_FILE)}, ${join(out, ROOT_FILE)}`)
  return { ok: true, terminal: config.terminal, out, warnings: warn(config, readText(rootFile, 'the root'), options) }
}

/** Says what the technician should know, on standard error, and gives it back. */
function warn(config: TerminalConfig, rootText: string, { lang }: Options): ConfigProblem[] {
  const root = readRoot(rootText)
  const warnings = root.ok ? warningsOf(root.value, config, new Date()) : []
  for (const one of warnings) console.error(`! ${one.path}: ${lang === 'en' ? one.en : one.zh}`)
  return warnings
}

/** `rootText` is null for a draft, which belongs to no county yet. */
async function read(file: string, rootFile: string | undefined): Promise<LoadedConfig & { rootText: string | null }> {
  const text = readText(file, 'a config')
  if (file.endsWith('.json')) return { ...checkDraft(text), rootText: null }
  const beside = join(dirname(file), ROOT_FILE)
  const root = rootFile ?? (existsSync(beside) ? beside : undefined)
  const rootText = readText(needed(root, 'root'), 'the county root')
  return { ...(await loadSignedConfig(text, rootText, { production: false })), rootText }
}

/** A folder or stick stands for the config in it. */
function configIn(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, CONFIG_FILE) : path
}

async function check(file: string | undefined, options: Options): Promise<object> {
  if (file === undefined) throw new SunhallError('E-INPUT', 'Expected a config: `npm run provision -- check FILE`')
  const result = await read(configIn(file), options.root)
  if (result.ok) {
    const { config, sampleKeys, rootText } = result
    console.log(`${config.terminal} ${config.name}: 没有问题`)
    const warnings = rootText === null ? [] : warn(config, rootText, options)
    return { ok: true, terminal: config.terminal, sampleKeys, warnings }
  }
  console.error(`E-CONFIG: ${options.lang === 'en' ? 'a terminal would refuse this config' : '终端不会接受这份配置'}`)
  for (const error of result.errors)
    console.error(`${error.path || '-'}: ${options.lang === 'en' ? error.en : error.zh}`)
  process.exitCode = 1
  return { ok: false, code: 'E-CONFIG', errors: result.errors }
}

function list(): object {
  for (const one of PROFILES) console.log(`${one.terminal}  ${one.village || one.township}  ${one.name}`)
  return { ok: true, terminals: PROFILES }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true })
  const [verb, argument] = positionals
  if (values.help || verb === undefined || verb === 'help') {
    console.log(HELP)
    process.exitCode = values.help || verb === 'help' ? 0 : 1
    return
  }
  const verbs: Record<string, () => Promise<object> | object> = {
    list,
    check: () => check(argument, values),
    write: () => write(argument, values),
  }
  const run = verbs[verb]
  if (run === undefined) throw new SunhallError('E-INPUT', `Expected list, check or write, got ${verb}`)
  const result = await run()
  if (values.json) console.log(JSON.stringify(result))
}

main().catch((error: unknown) => {
  // What isn't ours is a wrong argument: everything else that can fail has a code.
  const failure = { code: codeOf(error, 'E-INPUT'), error: messageOf(error) }
  console.error(`${failure.code}: ${failure.error}`)
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ok: false, ...failure }))
  process.exitCode = 1
})
