import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openService, type Service } from '../service/service.ts'
import { appendAudit, entryHash } from './audit.ts'
import { checkAudit } from './check.ts'
import { exportAudit } from './export.ts'

const NOW = new Date('2026-11-24T00:00:00Z')
let folder = ''
let service: Service
let heads: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'))
  mkdirSync(join(folder, 'records'))
  service = await openService(join(folder, 'service.sqlite'))
  heads = []
  for (let entry = 1; entry <= 6; entry += 1)
    heads.push(await appendAudit(service, { actor: 'li', action: 'import', object: `import ${entry}` }, NOW))
})
afterEach(async () => {
  await service.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function record(number: number, auditHead: unknown): void {
  writeFileSync(join(folder, 'records', `${number}.json`), JSON.stringify({ number, auditHead }))
}
const headAt = (seq: number): string => heads[seq - 1] ?? ''

/** What a forger with the database would do: change an entry and hash everything after it anew. */
async function rewriteFrom(seq: number): Promise<void> {
  let before = headAt(seq - 1)
  for (const row of await service.selectFrom('audit').selectAll().where('seq', '>=', seq).orderBy('seq').execute()) {
    const entry = { ...row, before, object: row.seq === seq ? 'something else' : row.object }
    before = entryHash(entry)
    await service
      .updateTable('audit')
      .set({ object: entry.object, before: entry.before, hash: before })
      .where('seq', '=', row.seq)
      .execute()
  }
}

it('finds a trail whole, with the heads of all releases in it', async () => {
  record(1, '')
  record(2, headAt(2))
  record(10, headAt(6))
  writeFileSync(join(folder, 'records', 'notes.txt'), 'no record')
  expect(await checkAudit(service, folder)).toEqual({
    ok: true,
    entries: 6,
    head: headAt(6),
    releases: 3,
    broken: null,
  })
  expect((await checkAudit(service, join(folder, 'nowhere'))).ok).toBe(true)
})

it('names the entry that was changed, the first after a gap, and the one that was moved', async () => {
  await service.updateTable('audit').set({ actor: 'other' }).where('seq', '=', 3).execute()
  expect(await checkAudit(service, folder)).toMatchObject({ ok: false, entries: 2, broken: { seq: 3, reason: 'hash' } })
  await service.deleteFrom('audit').where('seq', '=', 3).execute()
  expect((await checkAudit(service, folder)).broken).toMatchObject({ seq: 4, reason: 'gap' })
  await service.updateTable('audit').set({ seq: 3 }).where('seq', '=', 4).execute()
  expect((await checkAudit(service, folder)).broken).toMatchObject({ seq: 3, reason: 'link' })
})

it('finds a trail that was hashed anew, by the head in a release record', async () => {
  record(1, headAt(2))
  record(2, headAt(4))
  await rewriteFrom(3)
  expect(await checkAudit(service, folder)).toMatchObject({
    ok: false,
    releases: 1,
    broken: { release: 2, seq: null, reason: 'release-head' },
  })
})

it('finds a trail that was cut off, by a release’s head or by one that was noted down', async () => {
  await service.deleteFrom('audit').where('seq', '>', 4).execute()
  expect((await checkAudit(service, folder)).ok).toBe(true)
  expect((await checkAudit(service, folder, headAt(6))).broken).toMatchObject({ reason: 'noted-head' })
  record(1, headAt(5))
  expect((await checkAudit(service, folder)).broken).toMatchObject({ release: 1, reason: 'release-head' })
})

it('finds release records whose heads run backwards, or that can’t be read', async () => {
  record(1, headAt(5))
  record(2, headAt(2))
  expect((await checkAudit(service, folder)).broken).toMatchObject({ release: 2, reason: 'release-head' })
  record(2, 7)
  expect((await checkAudit(service, folder)).broken).toMatchObject({ release: 2, reason: 'record' })
  record(1, '')
  rmSync(join(folder, 'records', '2.json'))
  writeFileSync(join(folder, 'records', '2.json'), '{')
  expect((await checkAudit(service, folder)).broken).toMatchObject({ release: 2, reason: 'record' })
})

it('exports every entry with its hash, and nothing that a spreadsheet would run', async () => {
  await appendAudit(service, { actor: 'li', action: 'note', object: '=HYPERLINK("http://x")' }, NOW)
  const lines: string[] = []
  for await (const line of exportAudit(service, 'jsonl')) lines.push(line)
  const entries = lines.map((line) => JSON.parse(line))
  expect(entries).toHaveLength(7)
  expect(entries.every((entry) => entryHash(entry) === entry.hash)).toBe(true)
  let csv = ''
  for await (const line of exportAudit(service, 'csv')) csv += line
  expect(csv.startsWith('\ufeff序号,时间')).toBe(true)
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
})
