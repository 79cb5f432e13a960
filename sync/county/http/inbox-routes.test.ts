// The inspectors' page over HTTP, by role: who sees an envelope, who opens it, where it may go; and what terminals hand in.
// Real accounts and sessions; the messages are sealed ones of the real shape with nothing inside.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { messageOf } from '../../../electron/host/journal/messages.fixture.ts'
import { type AskingPerson, type Asks, openAsks } from '../../../test/county/console-asks.ts'
import { type Envelope, envelope, inboxList, type RoutingRequest, sealedText } from '../../contract/console/inbox.ts'
import { ROLES } from '../../contract/console/session.ts'
import { addAccount } from '../accounts/accounts.ts'
import { receiptSigner } from '../inbox/receipts.ts'
import { takeBatch } from '../inbox/take.ts'
import { readPrivate } from '../keys/keys.ts'
import { makeCountyKeys } from '../keys/root.ts'
import { type Office, openOffice } from '../office.ts'

// An account for each role, and scrypt is slow on purpose.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

const IDS = [1, 2, 3].map((number) => messageOf(number).id)
const [FIRST = '', SECOND = ''] = IDS
const OTHERS = ROLES.filter((role) => role !== 'inspector')
let folder = ''
let office: Office
let asks: Asks

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-inbox-http-'))
  office = openOffice(join(folder, 'office'), new Date())
  makeCountyKeys(office, true, new Date())
  const people: AskingPerson[] = [['ji', 'inspector', null], ...OTHERS.map((role) => [role, role, null] as const)]
  asks = await openAsks(office, people)
  const messages = [1, 2, 3].map((number) => JSON.stringify(messageOf(number)))
  const batch = { county: '431225', terminal: 'HT-07', messages }
  await takeBatch(await office.service(), batch, receiptSigner(readPrivate(office.keys, 'office')), new Date())
})
afterAll(async () => {
  await asks.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask: Asks['ask'] = (login, path, ...more) => asks.ask(login, `/inbox${path}`, ...more)
const ROUTING: RoutingRequest = {
  ...{ body: 'inspection', accuses: [], deadlines: 'petition', goesUp: false },
  ...{ extended: false, told: false, closed: false },
}
const route = (id: string, more: Partial<RoutingRequest>): Promise<Response> =>
  ask('ji', `/messages/${id}`, 'PUT', { ...ROUTING, ...more })
async function listed(list: 'ordinary' | 'up'): Promise<Envelope[]> {
  return inboxList.parse(await (await ask('ji', `?list=${list}`)).json()).envelopes
}
const audited = async (action: string): Promise<number> =>
  (await (await office.service()).selectFrom('audit').select('seq').where('action', '=', action).execute()).length

describe('the inbox over HTTP', () => {
  it('is shut for every role but the inspectors’, the administrator’s and the auditor’s too, and for nobody signed in', async () => {
    const paths: [string, string, object?][] = [
      ['', 'GET'],
      ['?list=up', 'GET'],
      ['/bodies', 'GET'],
      [`/messages/${FIRST}`, 'GET'],
      [`/messages/${FIRST}`, 'PUT', ROUTING],
      ['/answers', 'POST', { label: 'a'.repeat(32), sealed: 'x' }],
      ['/public-answers', 'POST', { title: '低保怎么申请', body: '到村里领表', place: '431225' }],
    ]
    expect(OTHERS).toContain('administrator')
    for (const [path, method, body] of paths) {
      for (const role of OTHERS) expect((await ask(role, path, method, body)).status, `${role} ${path}`).toBe(403)
      expect((await ask('nobody', path, method, body)).status, path).toBe(401)
    }
    expect(await audited('message-read')).toBe(0)
  })

  it('has no account for one township’s inspector: who opens reports sees the county’s', async () => {
    const account = { login: 'xiang', name: '乡纪检', password: '井水清甜四季长流不断', roles: ['inspector'] }
    const more = { township: '431225100', mustChange: false }
    await expect(addAccount(await office.service(), { ...account, ...more }, 'test', new Date())).rejects.toMatchObject(
      {
        code: 'E-INPUT',
      },
    )
  })

  it('shows envelopes of number, terminal and day, and gives a sealed message as it came, with an entry in the trail', async () => {
    const all = await listed('ordinary')
    expect(all.map(({ id }) => id).sort()).toEqual(IDS)
    expect(Object.keys(all[0] ?? {}).sort()).toEqual(['day', 'due', 'id', 'routing', 'terminal'])
    const got = sealedText.parse(await (await ask('ji', `/messages/${FIRST}`)).json())
    expect(got).toEqual({ id: FIRST, sealed: JSON.stringify(messageOf(1)) })
    expect(await audited('message-read')).toBe(1)
    expect((await ask('ji', '/messages/0000000000Z')).status).toBe(404)
  })

  it('never routes a report to the body that it accuses, whoever asks how', async () => {
    const body = 'dept:民政局'
    const { bodies } = (await (await ask('ji', '/bodies')).json()) as { bodies: { code: string }[] }
    const known = bodies.find(({ code }) => code.startsWith('dept:'))?.code ?? body
    const refused = await route(FIRST, { body: known, accuses: [known] })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'E-INPUT', message: '不能转给被反映的单位，请另选一个' })
    expect((await listed('ordinary')).find(({ id }) => id === FIRST)?.routing).toBeNull()
    expect((await route(FIRST, { body: 'dept:没有这个局' })).status).toBe(422)
    expect((await route(FIRST, { body: known, accuses: ['431225100'] })).status).toBe(200)
    // What is accused is kept nowhere.
    const service = await office.service()
    const rows = await service.selectFrom('routings').selectAll().execute()
    expect(JSON.stringify([rows, await service.selectFrom('audit').selectAll().execute()])).not.toContain('431225100')
  })

  it('sends a report about the organ’s head up and nowhere else, off the ordinary list, and the trail doesn’t say where', async () => {
    expect((await route(SECOND, { goesUp: true })).status).toBe(422)
    const up = envelope.parse(await (await route(SECOND, { goesUp: true, body: 'up' })).json())
    expect(up.routing).toMatchObject({ goesUp: true, body: 'up' })
    expect((await listed('ordinary')).map(({ id }) => id)).not.toContain(SECOND)
    expect((await listed('up')).map(({ id }) => id)).toEqual([SECOND])
    const service = await office.service()
    const entry = await service
      .selectFrom('audit')
      .select('detail')
      .where('object', '=', `message ${SECOND}`)
      .executeTakeFirst()
    expect(JSON.parse(entry?.detail ?? '{}')).not.toHaveProperty('body')
  })

  it('refuses what isn’t a routing, and a message that isn’t there', async () => {
    expect((await ask('ji', `/messages/${FIRST}`, 'PUT', { ...ROUTING, note: '村支书' })).status).toBe(422)
    expect((await route('0000000000Z', {})).status).toBe(404)
  })
})
