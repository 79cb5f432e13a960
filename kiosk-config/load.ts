// Takes a signed config or says, by path and in Chinese, everything that is wrong with it. Changes nothing itself.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { messageOf } from '../sync/contract/errors.ts'
import { MAX_CONFIG_BYTES } from '../sync/contract/limits.ts'
import { COUNTY } from '../sync/contract/tree.ts'
import { type ConfigProblem, problem, problemsOf } from './problems.ts'
import { readRoot, type TrustedRoot } from './root.ts'
import { type TerminalConfig, terminalConfig } from './schema.ts'

export type LoadedConfig =
  | { ok: true; config: TerminalConfig; sampleKeys: boolean }
  | { ok: false; errors: ConfigProblem[] }

/** Names of the two files in a provisioning folder. */
export const CONFIG_FILE = 'config.jws'
export const ROOT_FILE = 'root.json'

const refused = (zh: string, en: string, path = ''): LoadedConfig => ({ ok: false, errors: [problem(zh, en, path)] })

/** The config's values without its signature: for drafts, and as the last step of `loadSignedConfig`. */
export function checkValues(value: unknown): LoadedConfig {
  const county = (value as { county?: unknown } | null)?.county
  const read = terminalConfig.safeParse(value)
  if (read.success) return { ok: true, config: read.data, sampleKeys: false }
  const errors = problemsOf(read.error, value)
  if (typeof county !== 'string' || county === COUNTY) return { ok: false, errors }
  const zh = `这是别的县（${county.slice(0, 20)}）的配置，本机属于会同县 ${COUNTY}`
  const foreign = problem(zh, `Expected county ${COUNTY}, got another county: ${county.slice(0, 20)}`, 'county')
  return { ok: false, errors: [foreign, ...errors.filter(({ path }) => path !== 'county')] }
}

/** A draft (plain JSON) as `provision -- check` takes it; a terminal takes only signed ones. */
export function checkDraft(text: string): LoadedConfig {
  try {
    return checkValues(JSON.parse(text))
  } catch (error) {
    return refused('不是 JSON，读不懂，请核对括号、引号和逗号', `Expected JSON: ${messageOf(error)}`)
  }
}

async function verified(jws: string, root: TrustedRoot): Promise<string> {
  const x = Buffer.from(root.configKey.publicHex, 'hex').toString('base64url')
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')
  const { payload } = await compactVerify(jws.trim(), key, { algorithms: ['EdDSA', 'Ed25519'] })
  return new TextDecoder('utf-8', { fatal: true }).decode(payload)
}

/** A config that names another key belongs to another root; one that names ours was changed. */
function badSignature(jws: string, root: TrustedRoot, why: string): LoadedConfig {
  const again = '请用 npm run provision -- write 重新写一份'
  const en = `Signature doesn't verify against the county's root (${why}): write the config again`
  if (keyNamedBy(jws) === root.configKey.keyid) return refused(`签名不对：这份配置被改动过。${again}`, en, 'signature')
  const zh = `签名不对：这份配置不是本县密钥签的，或者 root.json 和它不是一套。${again}`
  return refused(zh, en, 'signature')
}

function keyNamedBy(jws: string): unknown {
  try {
    return decodeProtectedHeader(jws.trim()).kid
  } catch {
    return null
  }
}

/**
 * Verifies a config (compact JWS, Ed25519) against the county's root and reads it (P2). A production terminal refuses
 * sample keys; `options.production` makes the whole package one, whatever the config says of itself.
 */
export async function loadSignedConfig(
  jwsText: string,
  rootText: string,
  options: { production: boolean },
): Promise<LoadedConfig> {
  const bytes = Buffer.byteLength(jwsText)
  if (bytes > MAX_CONFIG_BYTES) {
    const zh = `配置文件太大：${bytes} 字节，最多 ${MAX_CONFIG_BYTES} 字节`
    return refused(zh, `Expected a config of at most ${MAX_CONFIG_BYTES} bytes, got ${bytes}`)
  }
  const root = readRoot(rootText)
  if (!root.ok) return { ok: false, errors: root.problems }
  if (jwsText.trim().startsWith('{')) {
    return refused(
      '这份配置没有签名，请用 npm run provision -- write 写出带签名的 config.jws',
      'Config is unsigned: write it with `npm run provision -- write`',
    )
  }
  let text: string
  try {
    text = await verified(jwsText, root.value)
  } catch (error) {
    return badSignature(jwsText, root.value, messageOf(error))
  }
  const read = checkDraft(text)
  if (!read.ok) return read
  if (root.value.sample && (options.production || read.config.production)) {
    return refused(
      '县里的密钥是示例密钥，正式终端不接受。请先用 county keys make 生成正式密钥',
      'Sample keys are refused by a production terminal',
      'root.x-sunhall.sample',
    )
  }
  return { ...read, sampleKeys: root.value.sample }
}

/** Text of a real file: a pipe or a device on a prepared stick would keep a reader for ever. Errors: Node's own, RangeError. */
function readFileOf(path: string, limit: number): string {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw new RangeError('no file')
    if (stat.size > limit) throw new RangeError(`${stat.size} bytes, ${limit} at most`)
    return readFileSync(handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

/** Reads the two files of a provisioning folder; E-CONFIG-like problems by file where one is missing. */
export function readConfigFolder(
  folder: string,
  configName = CONFIG_FILE,
): { ok: true; jws: string; root: string } | { ok: false; errors: ConfigProblem[] } {
  const errors: ConfigProblem[] = []
  const read = (name: string, limit: number): string => {
    try {
      return readFileOf(join(folder, name), limit)
    } catch (error) {
      errors.push(
        problem(
          `读不到 ${name}：请确认 ${folder} 里有这个文件，没有就用 npm run provision -- write 重新写`,
          `Can't read ${name} (${messageOf(error)}): write the folder again with \`npm run provision -- write\``,
          name,
        ),
      )
      return ''
    }
  }
  const jws = read(configName, MAX_CONFIG_BYTES)
  const root = read(ROOT_FILE, 1024 * 1024)
  return errors.length > 0 ? { ok: false, errors } : { ok: true, jws, root }
}
