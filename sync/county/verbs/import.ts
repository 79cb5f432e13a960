// import: takes a file into a table, whole, in part or not at all; begins a broken-off try again.
import { existsSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { reasonOf, sayReason } from '../../contract/console/reasons.ts'
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import type { Actor, Role } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import { isTable, TABLE_NAMES } from '../fields/tables.ts'
import { type ImportOptions, type ImportReport, importFile } from '../import/import-file.ts'
import { incomingOf, keepUpload, sweepLeftovers } from '../import/leftovers.ts'
import { peekFile } from '../import/peek.ts'
import type { ImportProgress } from '../import/progress.ts'
import { resumableRun, type Take } from '../import/runs.ts'
import type { SheetChoice } from '../import/sheet-file.ts'
import { type Progress, startProgress } from '../jobs/progress.ts'
import { textOption, textOptions, type Verb, type VerbContext } from './verb.ts'

type Asked = Omit<ImportOptions, 'by' | 'now' | 'within' | 'progress'>

export const importVerb: Verb = {
  name: 'import',
  usage:
    'import <table> <file> [--take whole|part|none] [--sheet NAME …|all] [--from SENDER] [--map heading=field …] [--set field=value …]',
  summary: `takes a file (.xlsx, .csv, .jsonl, plain or .gz; policies also .docx and .txt) into a table: ${TABLE_NAMES.join(', ')}`,
  example: 'county import payments 发放名册.xlsx --from 高椅乡 --map 备注= --set fund=F001 --take whole',
  options: {
    take: {
      type: 'string',
      help: 'part (default): the good rows; whole: nothing if a row is refused; none: only look',
    },
    sheet: {
      type: 'string',
      multiple: true,
      help: 'sheet of a workbook, once for each, or all: every one that suits; without it the only one that does',
    },
    header: { type: 'string', help: 'row of the headings; without it they are looked for' },
    from: { type: 'string', help: 'whose file it is: headings are mapped as before, and remembered for the next one' },
    map: { type: 'string', multiple: true, help: 'heading=field; "heading=" ignores that heading' },
    set: {
      type: 'string',
      multiple: true,
      help: 'field=value for every row (village=@sheet: the name of its sheet); year=2026 for dates without a year',
    },
    refused: {
      type: 'string',
      help: 'file for the refused rows with their reasons (default: DIR/refused/<import>.csv)',
    },
    resume: {
      type: 'string',
      help: 'begins a broken-off try again, with its file and choices: its number in "imports"',
    },
    peek: { type: 'boolean', help: 'only tells the sheets, the headings and what stands under them' },
    name: { type: 'string', help: 'name of the file as people know it, where the path is another' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 2 },
  async run(context) {
    const { office, now } = context
    const asked = textOption(context.values, 'resume') === null ? askedFor(context) : await resumed(context)
    const actor = await actorFor(context, ...rolesFor(asked))
    if (context.values.peek === true) return { ok: true, ...(await peekFile(office, sourceOf(asked))) }
    const within = actor.township
    await sweepLeftovers(office, now)
    const report = await importFile(office, { ...asked, by: byOf(actor), within, now, progress: teller(context) })
    if (report.taken) dropUpload(office.folder, asked.file)
    await record(context, actor, report)
    tell(context, report)
    const kept = report.taken || asked.take === 'none'
    if (kept) return { ok: true, ...report }
    const reason = reasonOf('rows-refused', { count: report.refused })
    const message = sayReason(reason, 'en')
    context.warn(`E-INPUT: ${message}`)
    return { ok: false, code: 'E-INPUT', message, reason, ...report }
  },
}

function sourceOf({
  table,
  file,
  map,
  set,
  sheet = null,
  header = null,
  sender = null,
}: Asked): Parameters<typeof peekFile>[1] {
  return { table, file, map, set, sheet, header, sender }
}

/** Operators import; inspectors, too, bring the public answers that they write, and nothing else. */
function rolesFor({ table, set }: Asked): Role[] {
  const answers = table === 'notices' && set.get('kind') === 'answer'
  return answers ? ['operator', 'inspector'] : ['operator']
}

/** Who stands in the books; nobody is given a name in a practice office that gave none. */
function byOf(actor: Actor): string {
  return actor.name
}

function askedFor({ positionals, values }: VerbContext): Asked {
  const [table = '', file = ''] = positionals
  if (!isTable(table)) throw new SunhallError('E-INPUT', `Expected a table (${TABLE_NAMES.join(', ')}), got "${table}"`)
  if (file === '')
    throw new SunhallError(
      'E-INPUT',
      `Expected "county ${importVerb.usage}", got no file; for example: ${importVerb.example}`,
    )
  const name = textOption(values, 'name')
  return {
    table,
    file,
    ...(name === null ? {} : { name }),
    map: pairs('map', textOptions(values, 'map')),
    set: pairs('set', textOptions(values, 'set')),
    refused: textOption(values, 'refused'),
    take: takeOf(textOption(values, 'take')),
    sheet: sheetOf(textOptions(values, 'sheet')),
    header: rowOf(textOption(values, 'header')),
    sender: textOption(values, 'from'),
  }
}

/** The file and choices of an earlier try. Errors: E-INPUT for an unknown try or a file that is gone, E-STATE for one that took rows. */
async function resumed({ office, positionals, values, now }: VerbContext): Promise<Asked> {
  if (positionals.length > 0)
    throw new SunhallError('E-INPUT', 'Expected --resume alone, got a table too; its file and choices are known')
  const text = textOption(values, 'resume') ?? ''
  if (!/^\d{1,9}$/.test(text))
    throw new SunhallError('E-INPUT', `Expected the number of a try, got "${text}"; see "imports"`)
  const { table, path, file, choices } = await resumableRun(await office.books(), Number(text))
  if (!existsSync(path))
    throw new SunhallError('E-INPUT', `Expected the file of try ${text} at ${path}, found none; import it anew`)
  if (isUpload(office.folder, path)) keepUpload(path, now)
  const { map, set, refused, sheet, header, sender } = choices
  // A look that is begun again in earnest says so: --resume 3 --take part.
  const take = textOption(values, 'take') === null ? choices.take : takeOf(textOption(values, 'take'))
  return { table, file: path, name: file, map: new Map(map), set: new Map(set), refused, sheet, header, sender, take }
}

/** An uploaded file has done its work once its rows are in the books; files of anybody else's are never touched. */
function dropUpload(folder: string, file: string): void {
  if (isUpload(folder, file)) rmSync(file, { force: true })
}

function isUpload(folder: string, file: string): boolean {
  return dirname(resolve(file)) === resolve(incomingOf({ folder }))
}

function takeOf(text: string | null): Take {
  if (text === null || text === 'part') return 'part'
  if (text === 'whole' || text === 'none') return text
  throw new SunhallError('E-INPUT', `Expected --take whole, part or none, got "${text}"`)
}

function sheetOf(names: readonly string[]): SheetChoice {
  const [only] = names
  return names.length > 1 ? names : (only ?? null)
}

function rowOf(text: string | null): number | null {
  if (text === null) return null
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new SunhallError('E-INPUT', `Expected the number of a row in --header, got "${text}"`)
}

function teller(context: VerbContext): (progress: ImportProgress) => void {
  let progress: Progress | null = null
  return ({ done, total, unit }) => {
    progress ??= startProgress(context, { unit: unit === 'bytes' ? '字节' : '行', total })
    progress.step(done)
  }
}

async function record({ office, now }: VerbContext, actor: Actor, report: ImportReport): Promise<void> {
  if (!report.taken) return
  const { table, file, accepted, refused, duplicates } = report
  const detail = { table, file, accepted, refused, duplicates }
  await appendAudit(
    await office.service(),
    {
      actor: actor.login === '' ? 'practice' : actor.login,
      action: 'import',
      object: `import ${report.import}`,
      detail,
    },
    now,
  )
}

function tell({ say, warn }: VerbContext, report: ImportReport): void {
  if (report.sameFileAs !== null)
    warn(
      `Warning: this very file was taken before as import ${report.sameFileAs}; take one back with "undo" unless both are meant`,
    )
  if (report.ignored.length > 0)
    warn(`Warning: no --map names these headings, so they were left out: ${report.ignored.join(', ')}`)
  const remembered = report.headings.filter(({ how }) => how === 'remembered')
  if (remembered.length > 0)
    warn(
      `Notice: mapped as for this sender before: ${remembered.map(({ heading, field }) => `${heading}=${field}`).join(', ')}`,
    )
  for (const warning of report.warnings) warn(`Notice: ${sayReason(warning, 'en')}`)
  if (report.unit === '万元') warn('Notice: a line above the headings says 单位：万元; figures are read so')
  for (const { sheet, row, kind, text } of report.skippedLines.slice(0, 10))
    warn(`Notice: ${sheet === '' ? '' : `sheet ${sheet}, `}row ${row} is no row but a ${kind}: ${text}`)
  if (report.sheets.length > 1)
    for (const { sheet, accepted, refused, duplicates } of report.sheets)
      say(`Sheet ${sheet}: ${accepted} accepted, ${refused} refused, ${duplicates} duplicates`)
  for (const cell of report.refusedCells.slice(0, 10))
    warn(`Refused: ${placeOf(cell)}: ${sayReason(cell.reason, 'en')} / ${sayReason(cell.reason, 'zh')}`)
  const what = report.taken ? `Import ${report.import}` : `Nothing taken (try ${report.run})`
  say(
    `${what} into ${report.table}: ${report.accepted} accepted, ${report.refused} refused, ${report.duplicates} duplicates, ${report.skipped} other lines (${report.encoding}, ${report.ms} ms)`,
  )
  if (report.refusedFile !== null) say(`Refused rows with their reasons: ${report.refusedFile}`)
  if (report.refusedWorkbook !== null) say(`The same to mend and send in again: ${report.refusedWorkbook}`)
}

/** 'sheet 一月, row 5, column C (金额)': where a refused cell is. */
function placeOf({ sheet, row, column, heading }: ImportReport['refusedCells'][number]): string {
  const cell = column === '' ? '' : `, column ${column}${heading === '' ? '' : ` (${heading})`}`
  return `${sheet === '' ? '' : `sheet ${sheet}, `}row ${row}${cell}`
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
