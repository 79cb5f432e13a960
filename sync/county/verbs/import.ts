// import: takes a file into a table.
import { SunhallError } from '../../contract/errors.ts'
import { isTable, TABLE_NAMES } from '../fields/tables.ts'
import { importFile } from '../import/import-file.ts'
import { textOption, textOptions, type Verb } from './verb.ts'

export const importVerb: Verb = {
  name: 'import',
  usage: 'import <table> <file> [--map heading=field …] [--set field=value …] [--refused FILE] [--by NAME]',
  summary: `takes a CSV or JSON lines file (.csv, .jsonl, plain or .gz) into a table: ${TABLE_NAMES.join(', ')}`,
  example: 'county import payments 发放名册.csv --map 备注= --set village=431225100201 --set fund=F001',
  options: {
    map: { type: 'string', multiple: true, help: 'heading=field; "heading=" ignores that heading' },
    set: { type: 'string', multiple: true, help: 'field=value for every row; year=2026 for dates without a year' },
    refused: {
      type: 'string',
      help: 'file for the refused rows with their reasons (default: DIR/refused/<import>.csv)',
    },
    by: { type: 'string', help: 'who imports; stands in the origin of every figure' },
  },
  positionals: { min: 2, max: 2 },
  async run({ office, positionals, values, now, say, warn }) {
    const [table = '', file = ''] = positionals
    if (!isTable(table))
      throw new SunhallError('E-INPUT', `Expected a table (${TABLE_NAMES.join(', ')}), got "${table}"`)
    const report = await importFile(office, {
      table,
      file,
      map: pairs('map', textOptions(values, 'map')),
      set: pairs('set', textOptions(values, 'set')),
      refused: textOption(values, 'refused'),
      by: textOption(values, 'by') ?? '',
      now,
    })
    if (report.sameFileAs !== null)
      warn(
        `Warning: this very file was taken before as import ${report.sameFileAs}; take one back with "undo" unless both are meant`,
      )
    if (report.ignored.length > 0)
      warn(`Warning: no --map names these headings, so they were left out: ${report.ignored.join(', ')}`)
    say(
      `Import ${report.import} into ${table}: ${report.accepted} accepted, ${report.refused} refused, ${report.duplicates} duplicates (${report.encoding}, ${report.ms} ms)`,
    )
    if (report.refusedFile !== null) say(`Refused rows with their reasons: ${report.refusedFile}`)
    return { ok: true, ...report }
  },
}

function pairs(option: string, texts: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const text of texts) {
    // The last sign splits headings ('a=b=payee'), the first one values ('note=a=b').
    const at = option === 'map' ? text.lastIndexOf('=') : text.indexOf('=')
    if (at <= 0)
      throw new SunhallError(
        'E-INPUT',
        `Expected --${option} ${option === 'map' ? 'heading=field' : 'field=value'}, got "${text}"`,
      )
    const name = text.slice(0, at).trim()
    if (found.has(name))
      throw new SunhallError('E-INPUT', `Expected each name once in --${option}, got "${name}" twice`)
    found.set(name, text.slice(at + 1).trim())
  }
  return found
}
