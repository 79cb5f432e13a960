// Writes a provisioning folder: the signed config with the county's root beside it. Checked with the terminal's own
// loader before it is put in place, so that no folder is ever handed over that a terminal would refuse.
import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CompactSign } from 'jose'
import { messageOf, SunhallError } from '../sync/contract/errors.ts'
import { CONFIG_FILE, loadSignedConfig, ROOT_FILE } from './load.ts'
import { readRoot } from './root.ts'
import type { TerminalConfig } from './schema.ts'

/** The config as a compact JWS, Ed25519, `kid` naming the delegated key. `keyPem` is PKCS8 PEM. */
export async function signConfig(config: TerminalConfig, keyPem: string, keyid: string): Promise<string> {
  const key = createPrivateKey(keyPem)
  return new CompactSign(new TextEncoder().encode(JSON.stringify(config)))
    .setProtectedHeader({ alg: 'EdDSA', kid: keyid, typ: 'sunhall-config+jws' })
    .sign(key)
}

/** The config key lies among the office's keys: beside the root given, or in the `keys` folder of the same office. */
export function findConfigKey(rootFile: string): string | undefined {
  const near = dirname(rootFile)
  const guesses = [join(near, 'keys/config.pem'), join(near, '../keys/config.pem'), join(near, '../../keys/config.pem')]
  return [join(near, 'config.pem'), ...guesses].find((path) => existsSync(path))
}

/** Errors: E-QUOTA for a full stick, E-STORE for one that refuses. */
function putInPlace(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${path}.new`, text, { flush: true })
    renameSync(`${path}.new`, path)
  } catch (cause) {
    const full = (cause as { code?: unknown }).code === 'ENOSPC'
    const remedy = full ? 'free some space there' : 'is the stick plugged in, and not write-protected?'
    throw new SunhallError(full ? 'E-QUOTA' : 'E-STORE', `Expected to write ${path}: ${messageOf(cause)}; ${remedy}`, {
      cause,
    })
  }
}

/** Writes `config.jws` and `root.json` into `out`. Throws E-CONFIG with the loader's first words where it would be refused. */
export async function writeProvisioning(given: {
  config: TerminalConfig
  rootFile: string
  keyFile: string
  out: string
}): Promise<void> {
  const rootText = readText(given.rootFile, 'the county root (`county keys show` names it)')
  const root = readRoot(rootText)
  if (!root.ok) throw new SunhallError('E-CONFIG', root.problems.map((one) => `${one.zh} (${one.en})`).join('; '))
  const jws = await signConfig(given.config, readText(given.keyFile, 'the config key'), root.value.configKey.keyid)
  const read = await loadSignedConfig(jws, rootText, { production: given.config.production })
  if (!read.ok) {
    throw new SunhallError('E-CONFIG', read.errors.map((one) => `${one.path}: ${one.zh} (${one.en})`).join('; '))
  }
  putInPlace(given.out, ROOT_FILE, rootText)
  putInPlace(given.out, CONFIG_FILE, `${jws}\n`)
}

/** Text of a file, or E-INPUT that says which one was expected. */
export function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new SunhallError('E-INPUT', `Expected ${what} at ${path}: ${messageOf(error)}`, { cause: error })
  }
}
