// Every try at an import: what was chosen, where its file lies, how it ended. An import is one transaction, so one that was
// killed has left no row behind; its try stands here as broken off, and is begun again with the same file and choices.
//
//   running ─► taken       rows are in the books
//           ─► looked      a look only (--take none): nothing was to stay
//           ─► refused     some rows were refused and the file was to be taken whole
//           ─► failed      the file can't be read as a whole, with the reason
//           ─► broken      the program was ended (never written: a running try whose process is gone)
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import type { Selectable } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import type { Books } from '../database/books.ts'
import type { BooksTables } from '../database/schema.ts'
import { isTable } from '../fields/tables.ts'
import type { TableName } from '../tables.ts'
import type { SheetChoice } from './sheet-file.ts'

/** Ms by which the clock may have been set since the machine was started. */
const BOOT_SLACK_MS = 60_000

export type RunState = 'running' | 'taken' | 'looked' | 'refused' | 'failed' | 'broken'
export type Take = 'whole' | 'part' | 'none'

/** What the administrator chose for a file; kept as JSON. */
export interface Choices {
  map: [heading: string, field: string][]
  set: [field: string, value: string][]
  sheet: SheetChoice
  header: number | null
  sender: string | null
  take: Take
  refused: string | null
  /** Township whose rows alone may be taken; null for the whole county. */
  within: string | null
}
export interface Run {
  id: number
  table: TableName
  /** The file's name as people know it. */
  file: string
  path: string
  choices: Choices
  by: string
  startedAt: string
  endedAt: string | null
  state: RunState
  /** Number of the import that it became; null while there is none. */
  import: number | null
  /** Why it failed; '' where it didn't. */
  message: string
}

export async function startRun(
  books: Books,
  run: Pick<Run, 'table' | 'file' | 'path' | 'choices' | 'by'>,
  now: Date,
): Promise<number> {
  const { table, file, path, by } = run
  const choices = JSON.stringify(run.choices)
  const begun = { startedAt: now.toISOString(), state: 'running', pid: process.pid, message: '' }
  const { id } = await books
    .insertInto('importRuns')
    .values({ table, file, path, choices, by, ...begun })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Call it inside the import's own transaction where rows are taken: both stand, or neither. */
export async function endRun(
  books: Books,
  id: number,
  end: {
    state: Exclude<RunState, 'running' | 'broken'>
    import?: number | null
    message?: string
    report?: unknown
    now: Date
  },
): Promise<void> {
  const { state, message = '' } = end
  const report = end.report === undefined ? null : JSON.stringify(end.report)
  const ended = { import: end.import ?? null, endedAt: end.now.toISOString(), pid: null }
  await books
    .updateTable('importRuns')
    .set({ state, message, report, ...ended })
    .where('id', '=', id)
    .execute()
}

/** Every try, newest first. */
export async function listRuns(books: Books): Promise<Run[]> {
  const rows = await books.selectFrom('importRuns').selectAll().orderBy('id', 'desc').execute()
  return rows.map(runOf)
}

/** Errors: E-INPUT for a number that no try has. */
export async function runNumbered(books: Books, id: number): Promise<Run> {
  const row = await books.selectFrom('importRuns').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined)
    throw new SunhallError('E-INPUT', `Expected the number of a try at an import, got ${id}; see "imports"`)
  return runOf(row)
}

/** The report of a try as its JSON was; null where it ended without one. */
export async function reportOf(books: Books, id: number): Promise<unknown> {
  const row = await books.selectFrom('importRuns').select('report').where('id', '=', id).executeTakeFirst()
  return typeof row?.report === 'string' ? JSON.parse(row.report) : null
}

/** Errors: E-STATE for a try that is still at work or whose rows are in the books. */
export async function resumableRun(books: Books, id: number): Promise<Run> {
  const run = await runNumbered(books, id)
  if (run.state === 'running')
    throw new SunhallError('E-STATE', `Expected a try that has ended, got ${id}, which is still at work; wait for it`)
  if (run.state === 'taken')
    throw new SunhallError('E-STATE', `Expected a try that took nothing, got ${id}, which became import ${run.import}`)
  return run
}

function runOf(row: Selectable<BooksTables['importRuns']>): Run {
  const { table, pid, report: _, ...rest } = row
  if (!isTable(table))
    throw new SunhallError('E-STATE', `Expected a table of the office in its list of tries, got "${table}"`)
  return { ...rest, table, choices: choicesOf(row.choices), state: stateOf(row.state, pid ?? 0, row.startedAt) }
}

function stateOf(state: string, pid: number, startedAt: string): RunState {
  if (state === 'running') return isAlive(pid) && !beforeThisBoot(startedAt) ? 'running' : 'broken'
  return state === 'taken' || state === 'looked' || state === 'refused' ? state : 'failed'
}

/** After a power cut, process numbers begin anew: another process may have been given the try's. */
function beforeThisBoot(startedAt: string): boolean {
  return Date.parse(startedAt) < Date.now() - uptime() * 1_000 - BOOT_SLACK_MS
}

/** Another process may have been given the number since: then a broken-off try shows as running until that one ends. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isDefunct(pid)
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM'
  }
}

/** Linux: a killed process keeps its number until its parent, or the system's first process, has looked at its end. */
function isDefunct(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets before the state may have blanks and brackets itself.
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

function choicesOf(text: string): Choices {
  const choices: Choices = JSON.parse(text)
  return choices
}
