// release: the published release onto a stick.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { exportTo } from '../../publish/export.ts'
import { writeWhole } from '../../publish/files.ts'
import { countyRoot } from '../keys/root.ts'
import { textOption, type Verb } from './verb.ts'

export const releaseVerb: Verb = {
  name: 'release',
  usage: 'release --out DIR',
  summary: 'writes the published release onto a stick: everything that a terminal without a network needs',
  example: 'county release --out /media/stick/sunhall',
  options: { out: { type: 'string', help: 'empty or new folder on the stick' } },
  positionals: { min: 0, max: 0 },
  async run({ office, values, now, say }) {
    const out = textOption(values, 'out')
    if (out === null)
      throw new SunhallError('E-INPUT', 'Expected --out DIR, for example: county release --out /media/stick/sunhall')
    const { currentRecord } = await import('../release/publish-office.ts')
    const record = currentRecord(office)
    // A folder with an older release is written over; anything else there is none of ours.
    if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, 'metadata'))) {
      throw new SunhallError('E-INPUT', `Expected an empty folder or one with a release, got ${out}; choose another`)
    }
    mkdirSync(out, { recursive: true })
    await exportTo(office.dist, record.root, out)
    writeWhole(out, 'root.json', countyRoot(office, now))
    say(`Release ${record.number} lies in ${out}; the terminal's maintenance screen takes it from there`)
    return { ok: true, release: record.number, root: record.root, out }
  },
}
