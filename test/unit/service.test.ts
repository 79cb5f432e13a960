// One contract for the office's service database, held by SQLite and by PostgreSQL alike.
import { expect, it } from 'vitest'
import { appendAudit, auditHead, entryHash } from '../../sync/county/audit/audit.ts'
import { readSetting, writeSetting } from '../../sync/county/service/service.ts'
import { eachService } from '../county/services.ts'

const now = new Date('2026-11-24T08:00:00Z')

eachService((open) => {
  it('keeps settings, the last one said', async () => {
    const service = await open()
    expect(await readSetting(service, 'silent-after-hours')).toBeUndefined()
    await writeSetting(service, 'silent-after-hours', 24)
    await writeSetting(service, 'silent-after-hours', { hours: 48, why: '“冬天”停电' })
    expect(await readSetting(service, 'silent-after-hours')).toEqual({ hours: 48, why: '“冬天”停电' })
  })

  it('chains audit entries that are appended at the same moment, without a gap', async () => {
    const service = await open()
    const names = ['li', 'yang', 'su', 'long', 'ming', 'wu']
    await Promise.all(names.map((actor) => appendAudit(service, { actor, action: 'login', object: actor }, now)))
    const rows = await service.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(rows.every((row) => row.hash === entryHash(row))).toBe(true)
    expect(rows.map(({ before }) => before)).toEqual(['', ...rows.map(({ hash }) => hash).slice(0, -1)])
    expect(await auditHead(service)).toBe(rows.at(-1)?.hash)
  })
})
