import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { appendAudit, auditHead, entryHash } from '../audit/audit.ts'
import { openService, readSetting, type Service, writeSetting } from './service.ts'

const folder = mkdtempSync(join(tmpdir(), 'service-'))
let service: Service | null = null
const now = new Date('2026-11-24T00:00:00Z')

afterEach(async () => {
  await service?.destroy()
  rmSync(folder, { recursive: true, force: true })
})

it('keeps settings, and a chain of audit entries that each hold the one before', async () => {
  service = await openService(join(folder, 'service.sqlite'))
  await writeSetting(service, 'silent-after-hours', 24)
  await writeSetting(service, 'silent-after-hours', 48)
  expect(await readSetting(service, 'silent-after-hours')).toBe(48)
  const first = await appendAudit(service, { actor: 'li', action: 'login', object: 'li' }, now)
  const [second, third] = await Promise.all([
    appendAudit(service, { actor: 'li', action: 'import', object: 'import 1', detail: { rows: 3 } }, now),
    appendAudit(service, { actor: 'yang', action: 'import', object: 'import 2' }, now),
  ])
  const rows = await service.selectFrom('audit').selectAll().orderBy('seq').execute()
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(rows.map(({ before }) => before)).toEqual(['', first, rows[1]?.hash])
  expect(rows.every((row) => row.hash === entryHash(row))).toBe(true)
  expect([second, third]).toContain(await auditHead(service))
})
