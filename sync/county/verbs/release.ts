// release: the published release onto a stick.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { exportTo } from '../../publish/export.ts'
import { writeWhole } from '../../publish/files.ts'
import { countyRoot, ROOT_FILE } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { textOption, type Verb } from './verb.ts'

export const releaseVerb: Verb = {
  name: 'release',
  usage: 'release --out DIR',
  summary: 'writes the published release onto a stick: everything that a terminal without a network needs',
  example: 'county release --out /media/stick/sunhall',
  options: {
    out: { type: 'string', help: 'new or empty folder on the stick, or one with an older release of this county' },
  },
  positionals: { min: 0, max: 0 },
  async run({ office, values, now, say }) {
    const out = textOption(values, 'out')
    if (out === null)
      throw new SunhallError('E-INPUT', 'Expected --out DIR, for example: county release --out /media/stick/sunhall')
    const { currentRecord } = await import('../release/publish-office.ts')
    const record = currentRecord(office)
    const root = countyRoot(office, now)
    refuseOtherFolders(office, out, root)
    mkdirSync(out, { recursive: true })
    await exportTo(office.dist, record.root, out)
    writeWhole(out, ROOT_FILE, root)
    removeOlder(out, record.root)
    say(`Release ${record.number} lies in ${out}; the terminal's maintenance screen takes it from there`)
    return { ok: true, release: record.number, root: record.root, out }
  },
}

/** A folder with an older release of this county is written over; anything else there is none of ours. */
function refuseOtherFolders(office: Office, out: string, root: string): void {
  if (`${resolve(out)}${sep}`.startsWith(`${resolve(office.dist)}${sep}`))
    throw new SunhallError('E-INPUT', `Expected a folder on a stick, got ${out}, which is served; choose another`)
  if (!existsSync(out)) return
  if (!statSync(out).isDirectory()) throw new SunhallError('E-INPUT', `Expected a folder, got the file ${out}`)
  if (readdirSync(out).length === 0) return
  if (!existsSync(join(out, 'metadata')))
    throw new SunhallError('E-INPUT', `Expected an empty folder or one with a release, got ${out}; choose another`)
  const file = join(out, ROOT_FILE)
  // Two counties' metadata side by side would be neither's release. A stick that was pulled too early has no root yet.
  if (existsSync(file) && readFileSync(file, 'utf8') !== root)
    throw new SunhallError(
      'E-INPUT',
      `Expected this county's release in ${out}, got one under another root; empty it first`,
    )
}

/** Only now, with the new release whole on the stick, the packs of older ones go: they would fill it in a year. */
function removeOlder(out: string, root: string): void {
  for (const name of readdirSync(join(out, 'packs')))
    if (name !== root) rmSync(join(out, 'packs', name), { recursive: true, force: true })
}
