// keys: make, back up, restore, show.

import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { writeWhole } from '../../publish/files.ts'
import { backUpKeys, listKeys, readRing } from '../keys/keys.ts'
import { countyRoot, makeCountyKeys, ROOT_FILE, restoreCountyKeys } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { textOption, type Verb } from './verb.ts'

export const keysVerb: Verb = {
  name: 'keys',
  usage: 'keys <make|backup|restore|show> [--out DIR] [--from DIR] [--sample]',
  summary: "makes, backs up, restores or shows the county's keys: root-1 to root-3, release, timestamp, config, office",
  example: 'county keys backup --out /media/stick/keys',
  options: {
    out: { type: 'string', help: 'backup: folder on a stick' },
    from: { type: 'string', help: 'restore: folder of a backup' },
    sample: { type: 'boolean', help: 'make: mark them as sample keys, which production packages refuse' },
  },
  positionals: { min: 1, max: 1 },
  async run({ office, positionals, values, now, say }) {
    const [action = ''] = positionals
    const out = textOption(values, 'out')
    if (action === 'make') makeCountyKeys(office, values.sample === true, now)
    else if (action === 'restore') restore(office, textOption(values, 'from'), now)
    else if (action === 'backup') {
      if (out === null)
        throw new SunhallError('E-INPUT', 'Expected --out DIR, for example: county keys backup --out /media/stick/keys')
      const files = [...backUpKeys(office.keys, out), ROOT_FILE]
      writeWhole(out, ROOT_FILE, countyRoot(office, now))
      say(`${files.length} files lie in ${out}; keep the three root keys in three places`)
      return { ok: true, out, files }
    } else if (action !== 'show')
      throw new SunhallError('E-INPUT', `Expected make, backup, restore or show, got "${action}"`)
    const { sample, madeOn } = readRing(office.keys)
    const keys = listKeys(office.keys)
    const root = join(office.folder, ROOT_FILE)
    say(
      sample
        ? 'SAMPLE KEYS: made by the software for itself; packages built for production refuse them'
        : "The county's own keys",
    )
    for (const { role, publicHex, file } of keys) say(`${role.padEnd(10)} ${publicHex}  ${file}`)
    say(`Root for terminals: ${root}`)
    return { ok: true, sample, madeOn, root, keys }
  },
}

function restore(office: Office, from: string | null, now: Date): void {
  if (from === null)
    throw new SunhallError('E-INPUT', 'Expected --from DIR, for example: county keys restore --from /media/stick/keys')
  restoreCountyKeys(office, from, now)
}
