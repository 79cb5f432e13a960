import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { plantedOffice } from '../../../test/county/planted-office.ts'
import { makeCountyKeys, signer } from '../keys/root.ts'
import { publishedRelease } from '../release/published.ts'
import { stageUnreviewed } from './approve.ts'
import { readDraft } from './draft.ts'
import { propose } from './propose.ts'
import { schedule } from './publish-draft.ts'
import { startTimetable } from './timetable.ts'

vi.setConfig({ testTimeout: 120_000 })
const BY = { login: 'wang', name: '王' }

it('publishes a draft when its time has come, in a process of its own, with its open data', async () => {
  const { office, folder } = await plantedOffice()
  const now = new Date()
  makeCountyKeys(office, true, now)
  const draft = await propose(office, BY, now)
  await stageUnreviewed(office, draft, BY, signer(office, 'release'), now)
  await schedule(office, draft.id, 'zhang', new Date(now.getTime() + 1), now)
  const lines: string[] = []
  const timetable = startTimetable(
    office,
    () => new Date(),
    (line) => lines.push(line),
    50,
  )
  await vi.waitFor(() => expect(lines).not.toEqual([]), { timeout: 60_000 })
  await timetable.close()
  expect(lines[0]).toBe('Release 1 is published, as planned')
  expect(publishedRelease(office.dist)?.record.number).toBe(1)
  expect(readdirSync(join(office.dist, 'open')).sort()).toEqual(['1', 'index.json'])
  const done = await readDraft(await office.service(), draft.id)
  expect(done).toMatchObject({ state: 'published', publishedBy: 'zhang' })
  await office.close()
  rmSync(folder, { recursive: true })
})
