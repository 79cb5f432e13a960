// Measures a run of data matching: payments in the office's books against registers, by the rules that the office begins
// with, through `county match run` in a process of its own, so that its highest memory is its own.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOffice } from '../../../sync/county/office.ts'
import { drawsOf } from '../../core/draws.ts'
import { fillPayments, type TestPayment } from '../../county/match-payments.ts'
import { FULL_ROWS, type Order } from '../command.ts'
import { onceOf } from '../figures.ts'
import type { Measured } from '../measured.ts'
import { county, rowsOf } from './import.bench.ts'

/** At full size. */
const REGISTER_ROWS = 80_000
const PEOPLE = 190_000
/** Of each register how many are people of the county's payments; the others match nobody. */
const KNOWN = 0.1
const SURNAMES = [...'杨粟梁唐李张王刘陈黄吴周胡谢龙于明林']
const GIVEN = [...'建国明华秀英桂芳玉兰金凤春生平安福寿永成德才海波志强晓红小军丽娟']
const FUNDS: readonly string[] = ['F001', 'F055', 'F057', 'F061', 'F065', 'F090', 'F102']

/** npm run bench -- match */
export async function benchMatch(order: Order): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-match-'))
  try {
    const data = join(folder, 'office')
    const payments = rowsOf(order)
    const scale = payments / FULL_ROWS
    const rows = Math.max(100, Math.round(REGISTER_ROWS * scale))
    await fill(data, payments, scale)
    let taken = 0
    for (const register of ['deceased', 'payroll'] as const) {
      const file = join(folder, `${register}.csv`)
      writeFileSync(file, registerText(register, rows / 2, scale))
      taken += (await county(['match', 'import', register, file, '--data', data])).ms
    }
    const first = await county(['match', 'run', '--data', data])
    const again = await county(['match', 'run', '--data', data])
    const results = onceOf({ engine: 'ours', durability: 'strict', rows: payments }, [
      ['register rows', Number(first.report.registerRows), 'rows'],
      ['two registers taken from CSV', taken, 'ms'],
      ['a run', Number(first.report.ms), 'ms'],
      ['payments that a rule points at', Number(first.report.hits), 'rows'],
      ['highest memory of the process', first.megabytes, 'MB'],
      ['the next run, with nothing new', Number(again.report.ms), 'ms'],
      ['what it lists anew', Number(again.report.fresh), 'rows'],
    ])
    return { results, versions: {} }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Person {
  village: string
  name: string
  idNumber: string
  group: string
}

function personAt(at: number, villages: readonly string[]): Person {
  const draw = drawsOf(at + 1)
  const pick = (list: readonly string[]): string => list[Math.floor(draw() * list.length)] ?? ''
  const born = `${1940 + Math.floor(draw() * 70)}0${1 + Math.floor(draw() * 9)}${10 + Math.floor(draw() * 18)}`
  return {
    village: villages[at % villages.length] ?? '',
    name: pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
    idNumber: `431225${born}${String(at % 10_000).padStart(4, '0')}`,
    group: `${1 + Math.floor(draw() * 12)}组`,
  }
}

function villagesOf(): string[] {
  const places: { code: string; level: string }[] = JSON.parse(readFileSync('assets/places.json', 'utf8'))
  return places.filter(({ level }) => level === 'village').map(({ code }) => code)
}

async function fill(folder: string, payments: number, scale: number): Promise<void> {
  const office = openOffice(folder, new Date('2026-11-24T02:00:00Z'))
  const villages = villagesOf()
  const people = Math.max(100, Math.round(PEOPLE * scale))
  function* rows(): Generator<TestPayment> {
    for (let at = 0; at < payments; at += 1) {
      const { village, name, idNumber, group } = personAt(at % people, villages)
      const month = Math.floor(at / people) * 3
      const date = `${2024 + Math.floor(month / 12)}-${String(1 + (month % 12)).padStart(2, '0')}-20`
      const fund = FUNDS[at % FUNDS.length] ?? ''
      yield {
        fund,
        village,
        group,
        payee: name,
        idNumber,
        batch: date.slice(0, 7),
        amount: 42_000,
        date,
        status: '已发',
      }
    }
  }
  await fillPayments(office, rows())
  await office.close()
}

function registerText(register: 'deceased' | 'payroll', rows: number, scale: number): string {
  const villages = villagesOf()
  const people = Math.max(100, Math.round(PEOPLE * scale))
  const lines = [register === 'deceased' ? '姓名,身份证号,村,死亡日期' : '姓名,身份证号,村,起薪日期']
  const step = register === 'deceased' ? 7 : 11
  for (let at = 0; at < rows; at += 1) {
    const known = at < rows * KNOWN
    const { name, idNumber, village } = personAt(known ? (at * step) % people : people + at, villages)
    lines.push(`${name},${known ? idNumber : idNumber.replace('431225', '431226')},${village},2024-06-30`)
  }
  return `${lines.join('\n')}\n`
}
