// imports and undo: what was taken, and taking it back.
import { SunhallError } from '../../contract/errors.ts'
import { listImports, undoImport } from '../import/undo.ts'
import type { Verb } from './verb.ts'

export const importsVerb: Verb = {
  name: 'imports',
  usage: 'imports',
  summary: 'lists what was taken: number, table, file, rows, when, by whom, and the release that first held it',
  example: 'county imports',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ office, say }) {
    const imports = listImports(office)
    for (const entry of imports) {
      const state =
        entry.undone !== null ? 'taken back' : entry.published === null ? 'not published' : `release ${entry.published}`
      say(`${entry.id}\t${entry.table}\t${entry.file}\t${entry.rows} rows\t${entry.at}\t${entry.by || '-'}\t${state}`)
    }
    return { ok: true, imports }
  },
}

export const undoVerb: Verb = {
  name: 'undo',
  usage: 'undo <import>',
  summary: 'takes an import back that no release holds yet',
  example: 'county undo 3',
  options: {},
  positionals: { min: 1, max: 1 },
  async run({ office, positionals, now, say }) {
    const [text = ''] = positionals
    if (!/^\d+$/.test(text))
      throw new SunhallError('E-INPUT', `Expected the number of an import, got "${text}"; see "imports"`)
    const entry = undoImport(office, Number(text), now)
    say(`Import ${entry.id} (${entry.file}, ${entry.rows} rows of ${entry.table}) is taken back`)
    return { ok: true, undone: entry.id, table: entry.table, rows: entry.rows }
  },
}
