// The words of `npm run bench`: which chapters, how large, how often.
import { parseArgs } from 'node:util'
import { messageOf, SunhallError } from '../../sync/contract/errors.ts'

export const CHAPTERS = ['store', 'wire', 'office', 'screen', 'import', 'match'] as const
export type Chapter = (typeof CHAPTERS)[number]
export const ENGINES = ['ours', 'raw', 'dexie', 'rxdb', 'pouchdb'] as const
export type EngineName = (typeof ENGINES)[number]

export const HELP = `npm run bench -- CHAPTER… [OPTIONS]     (no chapter: all of them, some hours)

  store    loads, look-ups and deltas of 1.2 million rows in a browser, beside raw IndexedDB, Dexie, RxDB and PouchDB
  wire     bytes, requests and time over slow lines, beside PouchDB replicating from express-pouchdb
  office   publication; release files beside nginx; 30 and 3,000 terminals through one publication
  screen   taps, boot, memory and frames of the page, which it builds, with a slowed processor
  import   a CSV of payments beside SQLite's own bulk insert
  match    payments against registers

  --json FILE      writes what was measured: {"machine":…,"results":[…]}
  --quick          100,000 rows, strict, one run of each
  --rows N         rows of the county instead of 1,200,000 (budgets hold at full size only)
  --runs N         runs of each instead of 5; what takes over a minute is run once
  --engines A,B    of ${ENGINES.join(', ')}: those alone (store)
`
export const FULL_ROWS = 1_200_000
/** The size at which the slow ones are measured too, and of --quick. */
export const SMALL_ROWS = 100_000

export interface Order {
  chapters: readonly Chapter[]
  json: string | null
  quick: boolean
  /** Asked for; null: the chapter's own sizes. */
  rows: number | null
  runs: number
  engines: readonly EngineName[]
}

/** Reads the command line; null where help was asked for. Errors: E-INPUT. */
export function readOrder(args: readonly string[]): Order | null {
  const { values, positionals } = parsed(args)
  if (values.help) return null
  const quick = values.quick ?? false
  return {
    chapters: positionals.length === 0 ? CHAPTERS : positionals.map((word) => oneOf('a chapter', CHAPTERS, word)),
    json: values.json ?? null,
    quick,
    rows: values.rows === undefined ? null : whole('--rows', values.rows),
    runs: values.runs === undefined ? (quick ? 1 : 5) : whole('--runs', values.runs),
    engines: values.engines?.split(',').map((word) => oneOf('an engine', ENGINES, word)) ?? ENGINES,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        quick: { type: 'boolean' },
        rows: { type: 'string' },
        runs: { type: 'string' },
        engines: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw new SunhallError('E-INPUT', `${messageOf(cause)}\n\n${HELP}`, { cause })
  }
}

function oneOf<T extends string>(what: string, known: readonly T[], word: string): T {
  const found = known.find((each) => each === word)
  if (found !== undefined) return found
  throw new SunhallError('E-INPUT', `Expected ${what} of ${known.join(', ')}, got ${JSON.stringify(word)}`)
}

function whole(option: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new SunhallError('E-INPUT', `Expected a whole number above 0, got ${option} ${text}`)
}
