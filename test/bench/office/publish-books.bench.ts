// Publication of the sample county from an office's database: time and the process's highest memory, for a first release and
// for one village changed. Without proof and self-check, as the budget has it. A process of its own, so that its memory is
// publication's: node test/bench/office/publish-books.bench.ts OFFICE; the last line is JSON.
import { join } from 'node:path'
import { sql } from 'kysely'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import { type Books, beginTransaction, rollBack } from '../../../sync/county/database/books.ts'
import { countOf } from '../../../sync/county/database/query.ts'
import { countyRoot, makeCountyKeys, signer, unlockSigner } from '../../../sync/county/keys/root.ts'
import { type Office, openOffice } from '../../../sync/county/office.ts'
import { OfficeSource } from '../../../sync/county/release/source.ts'
import { localDay } from '../../../sync/county/release/today.ts'
import { publishRelease } from '../../../sync/publish/publish.ts'
import type { PublishMeasured } from './publish.bench.ts'

const VILLAGE = '431225100201'

interface Published {
  record: ReleaseRecord
  ms: number
  cpuMs: number
}

async function measure(folder: string): Promise<PublishMeasured> {
  const start = new Date(Date.now() - 60_000)
  const office = openOffice(folder, start)
  makeCountyKeys(office, true, start)
  // Two releases in one transaction: the rows of the first aren't waited for, and nothing else is in the way.
  const books = await beginTransaction(await office.books())
  try {
    const rows = await countOf(books, sql`SELECT count(*) FROM payments`)
    const first = await publish(office, books, start, null)
    const megabytes = highestMemory()
    await sql`UPDATE payments SET amount = amount + 100, due = due + 100 WHERE village = ${VILLAGE}`.execute(books)
    const second = await publish(office, books, new Date(start.getTime() + 1_000), first.record)
    return { rows, lines: linesOf(first, second, megabytes) }
  } finally {
    await rollBack(books)
    await office.close()
  }
}

async function publish(office: Office, books: Books, now: Date, previous: ReleaseRecord | null): Promise<Published> {
  const keys = {
    root: countyRoot(office, now),
    release: await unlockSigner(office, 'release', null),
    timestamp: signer(office, 'timestamp'),
  }
  const [before, cpuBefore] = [performance.now(), process.cpuUsage()]
  const source = await OfficeSource.open(books, localDay(now))
  const number = (previous?.number ?? 0) + 1
  const prints = join(office.folder, 'prints.json')
  const { record } = await publishRelease({ source, dist: office.dist, keys, number, previous, now, prints })
  const { user, system } = process.cpuUsage(cpuBefore)
  return { record, ms: performance.now() - before, cpuMs: (user + system) / 1e3 }
}

function linesOf(first: Published, second: Published, megabytes: number): PublishMeasured['lines'] {
  return [
    ['publication from the database', first.ms, 'ms'],
    ['publication from the database: processor time', first.cpuMs, 'ms'],
    ['publication from the database: highest memory of the process', megabytes, 'MB'],
    ['publication from the database, one village changed', second.ms, 'ms'],
    ['publication from the database, one village changed: processor time', second.cpuMs, 'ms'],
    ['publication from the database, one village changed: highest memory since the start', highestMemory(), 'MB'],
  ]
}

function highestMemory(): number {
  return process.resourceUsage().maxRSS / 1e3
}

if (import.meta.main) console.log(JSON.stringify(await measure(process.argv[2] ?? '')))
