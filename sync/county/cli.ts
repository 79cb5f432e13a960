// The county office on the command line: `npm run county -- <verb> …`. Exits 0, or 1 with the reason on standard error.
import { join } from 'node:path'
import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util'
import { codeOf, messageOf, SunhallError } from '../contract/errors.ts'
import { DisclosureError } from './disclosure/failure.ts'
import { FileError } from './import/file-error.ts'
import { openOffice } from './office.ts'
import { plainError } from './plain-error.ts'
import type { OptionValues, Verb } from './verbs/verb.ts'
import { VERBS } from './verbs/verbs.ts'

const COMMON: Verb['options'] = {
  data: {
    type: 'string',
    help: "folder with the office's whole state (default: data/county under the current folder)",
  },
  json: { type: 'boolean', help: 'the last line of output is one JSON object' },
  verbose: { type: 'boolean', help: 'say more on standard error' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
}

async function main(args: readonly string[]): Promise<boolean> {
  const [name = 'help', ...rest] = args
  const json = args.includes('--json')
  try {
    if (['help', '--help', '-h', '--json'].includes(name))
      return help(
        rest.find((word) => !word.startsWith('-')),
        json,
      )
    const verb = verbNamed(name)
    const { values, positionals } = parse(verb, rest)
    if (values.help === true) return help(name, json)
    return await runVerb(verb, values, positionals, json)
  } catch (thrown) {
    const error = plainError(thrown)
    const code = codeOf(error, 'E-INPUT')
    process.stderr.write(`${code}: ${messageOf(error)}\n`)
    if (args.includes('--verbose') && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
    if (json) print({ ok: false, code, message: messageOf(error), ...detailsOf(error) })
    return false
  }
}

async function runVerb(
  verb: Verb,
  values: OptionValues,
  positionals: readonly string[],
  json: boolean,
): Promise<boolean> {
  const folder = typeof values.data === 'string' ? values.data : join('data', 'county')
  const now = new Date()
  const office = openOffice(folder, now, process.env.SUNHALL_DATABASE ?? null)
  try {
    const say = (line: string): void => {
      if (!json) process.stdout.write(`${line}\n`)
    }
    const warn = (line: string): void => {
      process.stderr.write(`${line}\n`)
    }
    const result = await verb.run({ office, positionals, values, now, json, say, warn })
    if (json) print(result)
    return result.ok !== false
  } finally {
    await office.close()
  }
}

function parse(verb: Verb, args: readonly string[]): { values: OptionValues; positionals: string[] } {
  const options: { [name: string]: ParseArgsOptionDescriptor } = {}
  for (const [name, { help: _, ...option }] of Object.entries({ ...verb.options, ...COMMON })) options[name] = option
  let parsed: { values: OptionValues; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`)
    throw new SunhallError(
      'E-INPUT',
      `Expected options of "${verb.name}" (${known.join(', ')}), got: ${messageOf(error)}`,
      { cause: error },
    )
  }
  const { min, max } = verb.positionals
  const count = parsed.positionals.length
  if (parsed.values.help !== true && (count < min || count > max)) {
    throw new SunhallError(
      'E-INPUT',
      `Expected "county ${verb.usage}", got ${count} arguments; for example: ${verb.example}`,
    )
  }
  return parsed
}

function verbNamed(name: string): Verb {
  const verb = VERBS.find((candidate) => candidate.name === name)
  if (verb !== undefined) return verb
  throw new SunhallError(
    'E-INPUT',
    `Expected a verb (${VERBS.map((known) => known.name).join(', ')}, help), got "${name}"`,
  )
}

function help(name: string | undefined, json: boolean): boolean {
  const text = name === undefined ? overview() : explain(verbNamed(name))
  process.stdout.write(`${text}\n`)
  if (json) print({ ok: true, verbs: VERBS.map((verb) => verb.name), help: text })
  return true
}

function overview(): string {
  const lines = VERBS.map((verb) => `  ${verb.name.padEnd(9)} ${verb.summary}`)
  return [
    'county <verb> [--data DIR] [--json]: the county office on the command line',
    '',
    ...lines,
    '',
    'Example: npm run county -- sample --scale 0.1',
    'Each verb explains itself: county <verb> --help',
  ].join('\n')
}

function explain(verb: Verb): string {
  const options = Object.entries({ ...verb.options, ...COMMON }).map(
    ([option, { help: text }]) => `  --${option.padEnd(10)} ${text}`,
  )
  return [`county ${verb.usage}`, '', verb.summary, '', ...options, '', `Example: ${verb.example}`].join('\n')
}

/** What an error carries: rows that failed the proof, or the reason of a file as data. */
function detailsOf(error: unknown): { [key: string]: unknown } {
  if (error instanceof FileError) return { reason: error.reason }
  return error instanceof DisclosureError ? { failures: error.failures } : {}
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

// A reader that went away (`county … | head`) is no failure of the office.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
