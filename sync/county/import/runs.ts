// Every try at an import: what was chosen, where its file lies, how it ended. An import is one transaction, so one that was
// killed has left no row behind; its try stands here as broken off, and is begun again with the same file and choices.
//
//   running ─► taken       rows are in the books
//           ─► looked      a look only (--take none): nothing was to stay
//           ─► refused     some rows were refused and the file was to be taken whole
//           ─► failed      the file can't be read as a whole, with the reason
//           ─► broken      the program was ended (never written: a running try whose process is gone)
import { uptime } from 'node:os'
import type { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../../contract/errors.ts'
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

export function startRun(
  database: DatabaseSync,
  run: Pick<Run, 'table' | 'file' | 'path' | 'choices' | 'by'>,
  now: Date,
): number {
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO importRuns ("table", file, path, choices, by, startedAt, state, pid, message)
       VALUES (?, ?, ?, ?, ?, ?, 'running', ?, '')`,
    )
    .run(run.table, run.file, run.path, JSON.stringify(run.choices), run.by, now.toISOString(), process.pid)
  return Number(lastInsertRowid)
}

/** Call it inside the import's own transaction where rows are taken: both stand, or neither. */
export function endRun(
  database: DatabaseSync,
  id: number,
  end: {
    state: Exclude<RunState, 'running' | 'broken'>
    import?: number | null
    message?: string
    report?: unknown
    now: Date
  },
): void {
  const report = end.report === undefined ? null : JSON.stringify(end.report)
  database
    .prepare(
      'UPDATE importRuns SET state = ?, import = ?, message = ?, report = ?, endedAt = ?, pid = NULL WHERE id = ?',
    )
    .run(end.state, end.import ?? null, end.message ?? '', report, end.now.toISOString(), id)
}

/** Every try, newest first. */
export function listRuns(database: DatabaseSync): Run[] {
  return database.prepare('SELECT * FROM importRuns ORDER BY id DESC').all().map(runOf)
}

/** Errors: E-INPUT for a number that no try has. */
export function runNumbered(database: DatabaseSync, id: number): Run {
  const row = database.prepare('SELECT * FROM importRuns WHERE id = ?').get(id)
  if (row === undefined)
    throw new SunhallError('E-INPUT', `Expected the number of a try at an import, got ${id}; see "imports"`)
  return runOf(row)
}

/** The report of a try as its JSON was; null where it ended without one. */
export function reportOf(database: DatabaseSync, id: number): unknown {
  const row = database.prepare('SELECT report FROM importRuns WHERE id = ?').get(id)
  return typeof row?.report === 'string' ? JSON.parse(row.report) : null
}

/** Errors: E-STATE for a try that is still at work or whose rows are in the books. */
export function resumableRun(database: DatabaseSync, id: number): Run {
  const run = runNumbered(database, id)
  if (run.state === 'running')
    throw new SunhallError('E-STATE', `Expected a try that has ended, got ${id}, which is still at work; wait for it`)
  if (run.state === 'taken')
    throw new SunhallError('E-STATE', `Expected a try that took nothing, got ${id}, which became import ${run.import}`)
  return run
}

function runOf(row: Record<string, unknown>): Run {
  const table = String(row.table)
  if (!isTable(table))
    throw new SunhallError('E-STATE', `Expected a table of the office in its list of tries, got "${table}"`)
  const state = stateOf(String(row.state), Number(row.pid), String(row.startedAt))
  return {
    id: Number(row.id),
    table,
    file: String(row.file),
    path: String(row.path),
    choices: choicesOf(String(row.choices)),
    by: String(row.by),
    startedAt: String(row.startedAt),
    endedAt: row.endedAt === null ? null : String(row.endedAt),
    state,
    import: row.import === null ? null : Number(row.import),
    message: String(row.message),
  }
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
    return true
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM'
  }
}

function choicesOf(text: string): Choices {
  const choices: Choices = JSON.parse(text)
  return choices
}
