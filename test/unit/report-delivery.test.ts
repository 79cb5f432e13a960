// P4 from the host's page to the inspectors' key file, over real HTTP: a message whose receipt was shown arrives once,
// whatever is lost on the way, and only the inspectors open it.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactSign, generalDecrypt, importJWK } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHost, type Host } from '../../electron/host/host.ts'
import { openRecipients } from '../../electron/host/recipients/recipients.ts'
import { folderSource } from '../../electron/host/source.ts'
import { openTrust } from '../../electron/host/trust/trust.ts'
import { sealMessage } from '../../renderer/app/report/seal.ts'
import { openingKeys } from '../../sync/contract/inbox.ts'
import { type Recipients, recipients, reportMessage, type SealedMessage } from '../../sync/contract/report.ts'
import { unpaddedJson } from '../../sync/core/report-padding.ts'
import { revokeTerminal } from '../../sync/county/fleet/revoke.ts'
import { type Ceremony, makeInspectorsKeys } from '../../sync/county/keys/inspectors.ts'
import { openJson } from '../../sync/county/keys/inspectors-files.ts'
import { type ListFiles, putList } from '../../sync/county/keys/inspectors-list.ts'
import { openReportOffice, PASSPHRASE, type ReportOffice } from '../county/report-office.ts'

// A real host and office a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let county: ReportOffice
let host: Host
let clock: Date

let ceremony: Ceremony

beforeAll(async () => {
  ceremony = await makeInspectorsKeys(PASSPHRASE, new Date())
}, 60_000)
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-report-'))
  clock = new Date()
  county = await openReportOffice(folder, () => clock, ceremony)
  host = await start(await county.provision('HT-07'))
  await post('/host/check', { reason: 'now', folder: null })
}, 60_000)
afterEach(async () => {
  await host.close()
  await county.close()
  rmSync(folder, { recursive: true, force: true })
})

function start(configFile: string | null = null): Promise<Host> {
  return createHost({
    ...{ dataFolder: join(folder, 'terminal'), clock: () => clock, shell: 'browser', appVersion: '0.1.0' },
    ...{ production: false, configFile, stickPlaces: [] },
  })
}
async function restart(): Promise<void> {
  await host.close()
  host = await start()
}
const post = (path: string, body: unknown): Promise<Response> =>
  host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
const getRecipients = async (): Promise<Recipients> =>
  recipients.parse(await (await host.handle(new Request('http://127.0.0.1/host/recipients'))).json())

const ID = '0123456789A'
function plain(id = ID) {
  return reportMessage.parse({
    ...{ format: 1, id, queryCode: '白云-青山-稻田-水车-木桥', kind: 'report', reason: 'not-received' },
    object: { kind: 'payment', place: '431225100201', snapshot: [], origin: null, release: 1 },
    ...{ words: '低保钱没收到', named: null, terminal: 'HT-07', day: clock.toISOString().slice(0, 10) },
  })
}
const sealed = async (id = ID): Promise<SealedMessage> => sealMessage(plain(id), await getRecipients())
const inbox = async () => (await county.office.service()).selectFrom('messages').selectAll().orderBy('id').execute()
const audited = async (action: string): Promise<number> =>
  (await (await county.office.service()).selectFrom('audit').selectAll().where('action', '=', action).execute()).length

describe('a report on its way', () => {
  test('is kept, delivered, receipted, forgotten by the terminal, and opened by the inspectors alone', async () => {
    const message = await sealed()
    expect(await (await post('/host/message', message)).json()).toEqual({ stored: true })
    expect(host.state()).toMatchObject({ reporting: true, waiting: 1 })
    expect(await host.deliver()).toMatchObject({ receipts: 1, refused: 0, failure: null })
    expect(host.state().waiting).toBe(0)
    const [row] = await inbox()
    expect(row).toMatchObject({ id: ID, terminal: 'HT-07' })
    expect(Object.keys(row ?? {}).sort()).toEqual(['day', 'id', 'receipt', 'sealed', 'sha256', 'terminal'])
    const { keys } = await openJson(county.ceremony.files.get('opening-key.jwe') ?? '', PASSPHRASE, openingKeys)
    const [key] = keys
    if (key === undefined) return expect.fail('The key file holds no key')
    const { sealed: jwe }: SealedMessage = JSON.parse(row?.sealed ?? '')
    const { plaintext } = await generalDecrypt(jwe, await importJWK(key, 'ECDH-ES+A256KW'))
    expect(reportMessage.parse(unpaddedJson(plaintext))).toEqual(plain())
  })

  test('waits through a power cut of the terminal and of the office, and arrives once', async () => {
    await post('/host/message', await sealed())
    county.fault = (_, response) => response.destroy() !== undefined
    expect((await host.deliver()).failure).toMatchObject({ code: 'E-OFFLINE' })
    await restart()
    expect(host.state().waiting).toBe(1)
    county.fault = null
    await county.restart()
    expect(await host.deliver()).toMatchObject({ receipts: 1 })
    expect(await inbox()).toHaveLength(1)
  })

  test('comes again after a lost receipt, and gets the very same one', async () => {
    await post('/host/message', await sealed())
    const answers: string[] = []
    county.fault = (request, response) => {
      if (request.url !== '/terminal/messages') return false
      const end = response.end.bind(response)
      response.end = ((chunk: unknown) => {
        answers.push(String(chunk))
        response.destroy()
        return end()
      }) as typeof response.end
      return false
    }
    expect((await host.deliver()).receipts).toBe(0)
    expect(await inbox()).toHaveLength(1)
    const [first] = await inbox()
    county.fault = null
    clock = new Date(clock.getTime() + 3 * 86_400_000)
    expect((await host.deliver()).receipts).toBe(1)
    expect(await inbox()).toEqual([first])
    expect(host.state().waiting).toBe(0)
  })

  test('is refused for good where its number came with other content: noted once, set aside, sent no more', async () => {
    await post('/host/message', await sealed())
    await host.deliver()
    await post('/host/message', await sealed())
    expect(await host.deliver()).toMatchObject({ receipts: 0, refused: 0, setAside: 1 })
    expect(await inbox()).toHaveLength(1)
    expect(host.state()).toMatchObject({ waiting: 0, setAside: 1 })
    await restart()
    expect(host.state()).toMatchObject({ waiting: 0, setAside: 1 })
    expect(await host.deliver()).toMatchObject({ receipts: 0, refused: 0, setAside: 0 })
    expect(await audited('message-refused')).toBe(1)
    // Nothing that was pressed is thrown away.
    const kept = readdirSync(join(folder, 'terminal', 'journal'))
    expect(kept).toEqual([expect.stringMatching(new RegExp(`^${ID}\\.[0-9a-f]{64}\\.json\\.refused$`))])
  })

  test('is noted once however often it is refused, and stays in the journal for a refusal that nobody signed', async () => {
    await post('/host/message', await sealed())
    await host.deliver()
    await post('/host/message', await sealed())
    const bodies: string[] = []
    county.fault = (request, response) => {
      if (request.url !== '/terminal/messages') return false
      const end = response.end.bind(response)
      response.end = ((chunk: unknown) => {
        bodies.push(String(chunk))
        // As long as before: its length is announced already.
        return end(String(chunk).replace(/(.)(.{10}"\}\]\})$/, (_, sign, rest) => `${sign === 'A' ? 'B' : 'A'}${rest}`))
      }) as typeof response.end
      return false
    }
    for (let time = 0; time < 3; time += 1)
      expect(await host.deliver()).toMatchObject({ receipts: 0, refused: 1, setAside: 0 })
    expect(host.state().waiting).toBe(1)
    expect(new Set(bodies).size).toBe(1)
    expect(await audited('message-refused')).toBe(1)
  })

  test('is heard from no terminal that was revoked, nor in its name without its key (E-FORBIDDEN, E-SIGNATURE)', async () => {
    const own = generateKeyPairSync('ed25519')
    const other = generateKeyPairSync('ed25519')
    const service = await county.office.service()
    const key = JSON.stringify(own.publicKey.export({ format: 'jwk' }))
    const row = { terminal: 'HT-07', key, thumbprint: 'x', enrolled_at: clock.toISOString(), revoked_at: '' }
    await service
      .insertInto('terminals')
      .values({ ...row, revoked_why: '', sequence: 0, heard_at: '', heartbeat: '' })
      .execute()
    const batch = { county: '431225', terminal: 'HT-07', messages: [JSON.stringify(await sealed())] }
    const signed = (by: KeyObject): Promise<string> =>
      new CompactSign(Buffer.from(JSON.stringify(batch)))
        .setProtectedHeader({ alg: 'EdDSA', typ: 'sunhall-messages+jws', kid: 'HT-07' })
        .sign(by)
    const handIn = async (body: string, type = 'application/jose'): Promise<[number, string]> => {
      const answer = await fetch(`${county.url}/terminal/messages`, {
        ...{ method: 'POST', body, headers: { 'content-type': type } },
      })
      const { code = '' }: { code?: string } = JSON.parse(await answer.text())
      return [answer.status, code]
    }
    expect(await handIn(JSON.stringify(batch), 'application/json')).toEqual([403, 'E-FORBIDDEN'])
    expect((await handIn(await signed(other.privateKey)))[1]).toBe('E-SIGNATURE')
    expect(await inbox()).toEqual([])
    expect(await handIn(await signed(own.privateKey))).toEqual([200, ''])
    expect(await inbox()).toHaveLength(1)
    const actor = { login: 'li', name: '李示例', roles: ['technician' as const], township: null }
    await revokeTerminal(service, 'HT-07', '失窃', actor, clock)
    expect(await handIn(await signed(own.privateKey))).toEqual([403, 'E-FORBIDDEN'])
    expect(await inbox()).toHaveLength(1)
  })

  test('is not forgotten for a receipt by another key than the office’s', async () => {
    await post('/host/message', await sealed())
    const real = readFileSync(join(county.office.keys, 'office.pem'))
    writeFileSync(join(county.office.keys, 'office.pem'), readFileSync(join(county.office.keys, 'config.pem')))
    expect(await host.deliver()).toMatchObject({ receipts: 0, refused: 1 })
    expect(host.state().waiting).toBe(1)
    writeFileSync(join(county.office.keys, 'office.pem'), real)
  })

  test('has no way back out of the terminal', async () => {
    await post('/host/message', await sealed())
    for (const path of ['/host/message', '/host/messages', `/host/message/${ID}`])
      expect((await host.handle(new Request(`http://127.0.0.1${path}`))).status).toBe(404)
  })
})

describe('whom a report is sealed to', () => {
  const source = (files: ListFiles) => {
    const at = mkdtempSync(join(folder, 'served-'))
    putList(files, at)
    return folderSource(at)
  }
  const trusted = () =>
    openRecipients(join(folder, 'terminal', 'trust'), openTrust(join(folder, 'terminal', 'trust')).root)

  test('can’t be swapped by whoever serves the files (E-SIGNATURE)', async () => {
    const before = await getRecipients()
    const evil = await makeInspectorsKeys(PASSPHRASE, clock)
    await expect(trusted().update(source(evil.list), clock)).rejects.toMatchObject({ code: 'E-SIGNATURE' })
    expect(await getRecipients()).toEqual(before)
  })

  test('can’t be swapped key by key either (E-HASH, E-LENGTH)', async () => {
    const { active } = await getRecipients()
    const evil = new Map(county.ceremony.list)
    const path = `targets/inspectors/${active.kid}.jwk`
    rmSync(join(folder, 'terminal', 'trust', 'inspectors.json'))
    evil.set(
      path,
      (evil.get(path) ?? '').replace(/"x":"(.)/, (_, x) => `"x":"${x === 'A' ? 'B' : 'A'}`),
    )
    await expect(trusted().update(source(evil), clock)).rejects.toMatchObject({ code: 'E-HASH' })
    evil.set(path, `${county.ceremony.list.get(path)} `)
    await expect(trusted().update(source(evil), clock)).rejects.toMatchObject({ code: 'E-LENGTH' })
    expect(host.state().reporting).toBe(false)
  })

  test('is nobody once the list is past its date: no report key is shown', async () => {
    const later = new Date(clock.getTime() + 401 * 86_400_000)
    expect(trusted().current(clock)).not.toBe(null)
    expect(trusted().current(later)).toBe(null)
    rmSync(join(folder, 'terminal', 'trust', 'inspectors.json'))
    await expect(trusted().update(source(county.ceremony.list), later)).rejects.toMatchObject({ code: 'E-EXPIRED' })
  })
})
