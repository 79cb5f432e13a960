// The county office of `npm start`: the sample county in an empty folder, a published release, and its server.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { runJson, runUntil, type Started } from './processes.ts'

const COUNTY = 'sync/county/cli.ts'
const made = z.object({ public: z.string() })
const status = z.object({ release: z.object({ number: z.number() }).nullable() })
/** A PIN for a developer's own machine; a real terminal's is chosen by its technician. */
export const DEVELOPER_PIN = '271828'

/** Opens the sample inspectors' key file. No secret: a real one is chosen by the inspectors and known to nobody else. */
export const SAMPLE_PASSPHRASE = '示例口令，正式使用要另设'

/** Fills and publishes an empty office; one with a release is left as it is. True where something was made. */
export async function prepareOffice(folder: string, scale: string): Promise<boolean> {
  const at = ['--data', folder, '--json']
  const now = status.parse(await runJson([COUNTY, 'status', ...at]))
  if (now.release !== null) return false
  console.log(`Making the sample county (scale ${scale}; every person in it is invented)`)
  await makeInspectors(folder, at)
  await runJson([COUNTY, 'sample', '--scale', scale, ...at])
  console.log('Publishing a release. No second person has looked at it, and the screens say so')
  await runJson([COUNTY, 'publish', ...at])
  return true
}

/** Sample keys that reports are sealed for, beside the office: without any a terminal shows no report key. */
async function makeInspectors(folder: string, at: readonly string[]): Promise<void> {
  const out = join(folder, '..', 'inspectors')
  mkdirSync(out, { recursive: true })
  const passphrase = join(out, 'passphrase.txt')
  writeFileSync(passphrase, `${SAMPLE_PASSPHRASE}\n`)
  const keys = [COUNTY, 'keys']
  const keyFiles = join(out, 'keys')
  await runJson([...keys, 'make', '--sample', ...at])
  const making = [...keys, 'inspectors', 'make', '--out', keyFiles, '--passphrase-file', passphrase, ...at]
  const { public: key } = made.parse(await runJson(making))
  await runJson([...keys, 'add', 'inspectors', '--public', key, ...at])
  await runJson([...keys, 'inspectors', 'publish', '--from', join(keyFiles, 'public'), ...at])
}

export async function serveOffice(folder: string, port: string): Promise<Started & { url: string }> {
  const served = await runUntil([COUNTY, 'serve', '--data', folder, '--port', port], /Serving .* at (\S+)/)
  return { ...served, url: served.match[1] ?? '' }
}

/** The signed config of HT-17 for this office, as a technician would write it. Returns the path of config.jws. */
export async function provision(office: string, url: string, out: string): Promise<string> {
  const root = join(office, 'root.json')
  const who = ['HT-17', '--root', root, '--url', url, '--out', out, '--pin', DEVELOPER_PIN, '--developer', '--json']
  await runJson(['kiosk-config/cli.ts', 'write', ...who])
  return join(out, 'config.jws')
}
