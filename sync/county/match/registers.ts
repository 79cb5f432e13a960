// The registers that the office holds for comparison: a new import replaces the one before, and of that no row is kept.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { REGISTERS, type RegisterName, type RegisterRow } from '../../contract/console/match.ts'
import { sayReason } from '../../contract/console/reasons.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Office } from '../office.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import type { Service } from '../service/service.ts'
import { openRegister } from './read-register.ts'

/** Rows in one statement: 11 values each, far below what either database takes. */
const BATCH = 500
/** Refused rows that are told one by one. */
const TOLD = 200
/** Rows held in memory while payments stream by. */
export const MAX_REGISTER_ROWS = 1_000_000

export interface RegisterReport {
  import: number
  register: RegisterName
  file: string
  accepted: number
  refused: number
  /** The first of them. */
  reasons: { row: number; reason: string }[]
  /** Headings that are kept but not compared. */
  other: string[]
}

export interface RegisterImport {
  register: RegisterName
  file: string
  /** What its sender calls the file, where it lies under another name. */
  name?: string | undefined
  by: string
  now: Date
}

/** Takes a register in place of the one before. Errors: E-INPUT where the file can't be read or no row of it can. */
export async function importRegister(
  office: Office,
  { register, file, name, by, now }: RegisterImport,
): Promise<RegisterReport> {
  const service = await office.service()
  const sha256 = await hashOf(file)
  const shown = basename(name ?? file).slice(0, 120)
  const opened = await openRegister(register, file, await Gazetteer.open(await office.books()))
  return await service.transaction().execute(async (all) => {
    const last = await all.selectFrom('matchImports').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
    const id = (last?.id ?? 0) + 1
    await dropRows(all, register)
    const counts = await writeRows(all, id, opened.rows)
    if (counts.accepted === 0) {
      const [first] = counts.reasons
      const why = first === undefined ? 'an empty file' : `row ${first.row}: ${first.reason}`
      throw new SunhallError('E-INPUT', `Expected at least one row of a register, got none (${why})`)
    }
    await all
      .insertInto('matchImports')
      .values({
        id,
        register,
        file: shown,
        sha256,
        rows: counts.accepted,
        refused: counts.refused,
        at: now.toISOString(),
        by,
        current: 1,
      })
      .execute()
    return { import: id, register, file: shown, ...counts, other: opened.other }
  })
}

/** Forgets a register: every row of it goes. What was found by it stays, with the row that was found. */
export async function dropRegister(service: Service, register: RegisterName): Promise<void> {
  await service.transaction().execute((all) => dropRows(all, register))
}

async function dropRows(all: Service, register: RegisterName): Promise<void> {
  const old = all.selectFrom('matchImports').select('id').where('register', '=', register)
  await all.deleteFrom('matchRows').where('import', 'in', old).execute()
  await all.updateTable('matchImports').set({ current: 0 }).where('register', '=', register).execute()
}

async function writeRows(
  all: Service,
  id: number,
  rows: Awaited<ReturnType<typeof openRegister>>['rows'],
): Promise<Pick<RegisterReport, 'accepted' | 'refused' | 'reasons'>> {
  const counts: Pick<RegisterReport, 'accepted' | 'refused' | 'reasons'> = { accepted: 0, refused: 0, reasons: [] }
  let batch: (Omit<RegisterRow, 'detail'> & { import: number; detail: string })[] = []
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await all.insertInto('matchRows').values(batch).execute()
    batch = []
  }
  for await (const { row, reading } of rows) {
    if (reading.ok) {
      counts.accepted += 1
      batch.push({ ...reading.value, import: id, detail: JSON.stringify(reading.value.detail) })
      if (batch.length >= BATCH) await flush()
    } else {
      counts.refused += 1
      if (counts.reasons.length < TOLD) counts.reasons.push({ row, reason: sayReason(reading.reason, 'zh') })
    }
    if (counts.accepted > MAX_REGISTER_ROWS)
      throw new SunhallError('E-INPUT', `Expected at most ${MAX_REGISTER_ROWS} rows in a register, got more; split it`)
  }
  await flush()
  return counts
}

export interface RegisterInfo {
  register: RegisterName
  rows: number
  file: string
  at: string
  by: string
}

/** Registers that count now. */
export async function listRegisters(service: Service): Promise<RegisterInfo[]> {
  const rows = await service.selectFrom('matchImports').selectAll().where('current', '=', 1).orderBy('id').execute()
  return REGISTERS.flatMap((register) => rows.filter((row) => row.register === register)).map(
    ({ register, rows: count, file, at, by }) => ({ register: register as RegisterName, rows: count, file, at, by }),
  )
}

/** Rows of a register in pages, so that neither database hands over all of them at once. */
export async function* rowsOf(service: Service, register: RegisterName): AsyncGenerator<RegisterRow> {
  const current = await service
    .selectFrom('matchImports')
    .select('id')
    .where('register', '=', register)
    .where('current', '=', 1)
    .executeTakeFirst()
  if (current === undefined) return
  for (let after = -1; ; ) {
    const page = await service
      .selectFrom('matchRows')
      .selectAll()
      .where('import', '=', current.id)
      .where('row', '>', after)
      .orderBy('row')
      .limit(5_000)
      .execute()
    for (const { import: _, detail, ...row } of page) yield { ...row, detail: JSON.parse(detail) }
    const last = page.at(-1)
    if (last === undefined) return
    after = last.row
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const bytes of createReadStream(file)) hash.update(bytes)
  } catch (cause) {
    throw new SunhallError('E-INPUT', `Expected a register at ${file}, found none that can be read`, { cause })
  }
  return hash.digest('hex')
}
