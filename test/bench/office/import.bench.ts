// Measures an import: one CSV of payments as an office sends it, through `county import` in a process of its own, beside
// SQLite's own bulk insert of the very same rows (prepared statement, one transaction, no check of anything).
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { FULL_ROWS, type Order, SMALL_ROWS } from '../command.ts'
import { onceOf } from '../figures.ts'
import type { Measured } from '../measured.ts'

const ROWS_AT_ONCE = 20_000
const HEADINGS = [
  '资金编号',
  '村代码',
  '组',
  '姓名',
  '身份证号',
  '银行账号',
  '批次',
  '补贴标准',
  '数量',
  '金额',
  '发放日期',
]

/** Rows that a chapter of the office takes. */
export const rowsOf = ({ rows, quick }: Order): number => rows ?? (quick ? SMALL_ROWS : FULL_ROWS)

/** npm run bench -- import */
export async function benchImport(order: Order): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'))
  try {
    const rows = rowsOf(order)
    const file = join(folder, 'payments.csv')
    writePayments(file, rows)
    const office = join(folder, 'office')
    await county(['imports', '--data', office])
    const taken = await county(['import', 'payments', file, '--data', office])
    if (taken.report.accepted !== rows)
      throw new SunhallError('E-STATE', `Expected ${rows} rows taken, got ${JSON.stringify(taken.report)}`)
    const bare = bulkInsert(file, join(folder, 'bare.sqlite'))
    const durability = 'strict'
    return {
      results: [
        ...onceOf({ engine: 'ours', durability, rows }, [
          ['the file', statSync(file).size / 1e6, 'MB'],
          ['read, checked, resolved, written', taken.ms, 'ms'],
          ['rows a second', Math.round((rows / taken.ms) * 1_000), 'rows/s'],
          ['highest memory of the process', taken.megabytes, 'MB'],
        ]),
        // Nothing is checked there: the floor, not a rival.
        ...onceOf({ engine: 'sqlite', durability, rows }, [['read, checked, resolved, written', bare, 'ms']]),
      ],
      versions: {},
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Invented people with realistic entropy: a household's rows lie apart, as batches by month do. */
function writePayments(file: string, rows: number): void {
  const places: { code: string; level: string }[] = JSON.parse(readFileSync('assets/places.json', 'utf8'))
  const funds: { code: string; tier: string }[] = JSON.parse(readFileSync('assets/funds.json', 'utf8'))
  const villages = places.filter(({ level }) => level === 'village').map(({ code }) => code)
  const families = [...'粟杨龙李梁明吴林唐黄张王']
  const given = [...'示例昌荣秀英国华建明桂兰玉梅志强文生']
  const out = openSync(file, 'w')
  writeSync(out, `${HEADINGS.join(',')}\n`)
  let text = ''
  for (let at = 0; at < rows; at += 1) {
    const person = (at * 7_919) % 95_000
    const village = villages[person % villages.length] ?? ''
    const fund = funds[Math.floor(at / 95_000) % funds.length]?.code ?? ''
    const name = `${families[person % families.length]}${given[(person * 3) % given.length]}${given[(person * 5 + 1) % given.length]}`
    const quantity = ((at * 31) % 900) + 100
    const month = (Math.floor(at / 95_000) % 9) + 1
    const standard = 105
    text += `${fund},${village},${(person % 12) + 1}组,${name},4312251970${String(person).padStart(8, '0')},62${String(person).padStart(17, '0')},2026-0${month},${standard}.00,${(quantity / 100).toFixed(2)},${((quantity * standard) / 100).toFixed(2)},2026-0${month}-15\n`
    if (at % ROWS_AT_ONCE === 0) {
      writeSync(out, text)
      text = ''
    }
  }
  writeSync(out, text)
  closeSync(out)
}

export interface Taken {
  report: { accepted?: number; [name: string]: unknown }
  ms: number
  megabytes: number
}

/** A verb of the office in a process of its own; its highest memory is the kernel's word (Linux). */
export async function county(args: readonly string[]): Promise<Taken> {
  const start = performance.now()
  const note = `process.on('exit',()=>require('fs').writeSync(2,'\\npeak '+process.resourceUsage().maxRSS))`
  const preload = `data:text/javascript,${encodeURIComponent(`import{createRequire}from'node:module';const require=createRequire('/');${note}`)}`
  const child = spawn(process.execPath, ['--import', preload, 'sync/county/cli.ts', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new SunhallError('E-STATE', `Expected "county ${args[0]}" to end well, got ${code}: ${said}`)
  const kilobytes = Number(/peak (\d+)/.exec(said)?.[1] ?? 0)
  const report = JSON.parse(out.trim().split('\n').at(-1) ?? '{}')
  return { report, ms: performance.now() - start, megabytes: kilobytes / 1_024 }
}

/** ms for the cells of the file, read before the clock starts, into a table of as many columns. */
function bulkInsert(file: string, target: string): number {
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
  const cells = rows.map((row) => row.split(','))
  const database = new DatabaseSync(target)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(`CREATE TABLE payments (${HEADINGS.map((_, at) => `c${at} TEXT`).join(', ')})`)
  const insert = database.prepare(`INSERT INTO payments VALUES (${HEADINGS.map(() => '?').join(', ')})`)
  const start = performance.now()
  database.exec('BEGIN')
  for (const row of cells) insert.run(...row)
  database.exec('COMMIT')
  const ms = performance.now() - start
  database.close()
  return ms
}
