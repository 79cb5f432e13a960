import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RoutingRequest } from '../../contract/console/inbox.ts'
import { type Office, openOffice } from '../office.ts'
import { listEnvelopes, readMessage, routeMessage } from './envelopes.ts'

const NOW = new Date('2026-11-24T01:00:00Z')
const ID = '0123456789A'
const INSPECTOR = { login: 'ji', name: '纪检', roles: ['inspector' as const], township: null }
let folder: string
let office: Office

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-inbox-'))
  office = openOffice(folder, NOW)
  const envelope = { id: ID, terminal: 'HT-07', day: '2026-11-23', sha256: '', sealed: '{"sealed":1}', receipt: '' }
  await (await office.service()).insertInto('messages').values(envelope).execute()
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const route = (more: Partial<RoutingRequest> = {}) =>
  routeMessage(
    office,
    ID,
    {
      ...{ body: '431225101', accuses: [], deadlines: 'petition', goesUp: false },
      ...{ extended: false, told: false, closed: false },
      ...more,
    },
    INSPECTOR,
    NOW,
  )
const ids = async (list: 'ordinary' | 'up') =>
  (await listEnvelopes(await office.service(), list, NOW)).map(({ id }) => id)

describe('envelopes', () => {
  it('tell number, terminal and day, and run on the shortest deadline until somebody looks', async () => {
    const [envelope] = await listEnvelopes(await office.service(), 'ordinary', NOW)
    expect(envelope).toEqual({
      ...{ id: ID, terminal: 'HT-07', day: '2026-11-23', routing: null },
      due: { what: 'answer', day: '2026-11-25', left: 1 },
    })
  })

  it('are never routed to whom they accuse, nor to anybody outside the vocabulary (E-INPUT)', async () => {
    await expect(route({ accuses: ['431225101'] })).rejects.toMatchObject({ code: 'E-INPUT' })
    await expect(route({ body: '县长' })).rejects.toMatchObject({ code: 'E-INPUT' })
    expect((await route()).routing?.body).toBe('431225101')
  })

  it('leave the ordinary list where they are about the head of the organ, and go nowhere but up', async () => {
    await expect(route({ goesUp: true })).rejects.toMatchObject({ code: 'E-INPUT' })
    await route({ goesUp: true, body: 'up' })
    expect([await ids('ordinary'), await ids('up')]).toEqual([[], [ID]])
  })

  it('keep the day on which somebody was told, and leave audit entries without content', async () => {
    await route({ told: true })
    await readMessage(await office.service(), ID, INSPECTOR, NOW)
    const audit = await (await office.service()).selectFrom('audit').selectAll().execute()
    expect(audit.map(({ action }) => action)).toEqual(['message-route', 'message-read'])
    expect(JSON.stringify(audit)).not.toContain('sealed')
    expect((await route({ told: true, closed: true })).due).toBe(null)
  })
})
