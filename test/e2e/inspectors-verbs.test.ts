// The inspectors' and the people's verbs as somebody types them: whole processes, real files, a real pseudo-terminal.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealMessage } from '../../renderer/app/report/seal.ts'
import { recipients, reportMessage } from '../../sync/contract/report.ts'
import { receiptSigner } from '../../sync/county/inbox/receipts.ts'
import { takeBatch } from '../../sync/county/inbox/take.ts'
import { type KeyList, listFilesIn, readKeyList } from '../../sync/county/keys/inspectors-list.ts'
import { readPrivate } from '../../sync/county/keys/keys.ts'
import { namedKeys, rootTextIn } from '../../sync/county/keys/named.ts'
import { openOffice } from '../../sync/county/office.ts'

const CLI = join(import.meta.dirname, '..', '..', 'sync', 'county', 'cli.ts')
const MINUTES = 60_000
const ADMIN = '渠水河边有一座风雨桥'
const OWN = '井水清甜四季长流不断'
const SECRET = '检举只给纪委看，钥匙在抽屉里'
const ID = '0123456789A'
let folder = ''
const at = (...path: string[]): string => join(folder, ...path)

interface Run {
  code: number | null
  json: Record<string, unknown>
  text: string
}
function county(args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [CLI, ...args, '--data', at('office'), '--json'], {
    env: { ...process.env, SUNHALL_PASSPHRASE: SECRET, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  return new Promise((done) => {
    child.on('close', (code) => {
      const last = text.split('\n').find((line) => line.startsWith('{')) ?? '{}'
      done({ code, json: JSON.parse(last), text })
    })
  })
}
const as = (login: string, password = OWN) => ({ args: ['--as', login], env: { SUNHALL_PASSWORD: password } })
async function ok(args: readonly string[], who = as('admin', ADMIN), env = {}): Promise<Record<string, unknown>> {
  const run = await county([...args, ...who.args], { ...who.env, ...env })
  expect(run.code, run.text).toBe(0)
  return run.json
}
async function codeOf(args: readonly string[], who = as('admin', ADMIN), env = {}): Promise<unknown> {
  const run = await county([...args, ...who.args], { ...who.env, ...env })
  expect(run.code, run.text).toBe(1)
  return run.json.code
}
/** A new account, and the password that it chooses itself. */
async function person(login: string, role: string): Promise<void> {
  await ok(['users', 'add', login, '--role', role], undefined, { SUNHALL_NEW_PASSWORD: `${ADMIN}一` })
  const own = { SUNHALL_PASSWORD: `${ADMIN}一`, SUNHALL_NEW_PASSWORD: OWN }
  expect((await county(['users', 'password', login], own)).code).toBe(0)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-verbs-'))
  expect((await county(['keys', 'make', '--sample'])).code).toBe(0)
  const first = ['users', 'add', 'admin', '--role', 'administrator']
  expect((await county(first, { SUNHALL_NEW_PASSWORD: ADMIN })).code).toBe(0)
  await person('ji', 'inspector')
  await person('fabu', 'publisher')
}, 5 * MINUTES)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const served = (): KeyList => {
  const { inspectors } = namedKeys(rootTextIn(at('office')))
  const files = listFilesIn(at('office', 'dist'))
  if (inspectors === null || files === null) throw new Error('Expected a list that is served, found none')
  return readKeyList(files, inspectors)
}
const kidOf = (purpose: string): string => served().keys.find((key) => key.purpose === purpose)?.kid ?? ''

/** A report sealed to the list that is served, as a terminal's page seals it, and taken by the office. */
async function handIn(id: string): Promise<void> {
  const jwkOf = (purpose: string) => {
    const key = served().keys.find((one) => one.purpose === purpose)
    return { kid: key?.kid, jwk: { kty: 'OKP', crv: 'X25519', x: key?.x } }
  }
  const to = recipients.parse({ version: served().version, active: jwkOf('active'), recovery: jwkOf('recovery') })
  const report = reportMessage.parse({
    ...{ format: 1, id, queryCode: '白云-青山-稻田-水车-木桥', kind: 'report', reason: 'not-received' },
    object: { kind: 'payment', place: '431225100201', snapshot: [], origin: null, release: 1 },
    ...{ words: '低保钱没收到', named: null, terminal: 'HT-07', day: '2026-11-24' },
  })
  const office = openOffice(at('office'), new Date())
  const messages = [JSON.stringify(await sealMessage(report, to))]
  const batch = { county: '431225', terminal: 'HT-07', messages }
  await takeBatch(await office.service(), batch, receiptSigner(readPrivate(office.keys, 'office')), new Date())
  await office.close()
}

describe('keys inspectors and inbox, one after the other', () => {
  it(
    'makes the keys, names them in the root, publishes the list and shows it',
    async () => {
      const made = await ok(['keys', 'inspectors', 'make', '--out', at('stick')], as('fabu'))
      expect(readdirSync(at('stick')).sort()).toEqual([
        ...['opening-key.jwe', 'public', 'share-1.json', 'share-2.json', 'share-3.json', 'signing-key.jwe'],
      ])
      await ok(['keys', 'add', 'inspectors', '--public', String(made.public)], as('fabu'))
      await ok(['keys', 'inspectors', 'publish', '--from', at('stick', 'public')], as('fabu'))
      expect(await ok(['keys', 'inspectors', 'show'], as('fabu'))).toMatchObject({ list: { version: 1 } })
      // The same list again is no newer one.
      expect(await codeOf(['keys', 'inspectors', 'publish', '--from', at('stick', 'public')], as('fabu'))).toBe(
        'E-NUMBER',
      )
      expect(await codeOf(['keys', 'inspectors', 'make', '--out', at('stick')], as('fabu'))).toBe('E-STATE')
      expect(await codeOf(['keys', 'inspectors', 'make', '--out', at('x')], as('ji'))).toBe('E-FORBIDDEN')
    },
    5 * MINUTES,
  )

  it(
    'lists, receipts, exports and opens a message for the inspector, and for nobody else',
    async () => {
      await handIn(ID)
      mkdirSync(at('messages'))
      expect(await ok(['inbox', 'list'], as('ji'))).toMatchObject({ envelopes: [{ id: ID, terminal: 'HT-07' }] })
      expect((await ok(['inbox', 'receipt', ID], as('ji'))).receipt).toMatch(/^eyJ/)
      expect(await ok(['inbox', 'export', '--out', at('messages')], as('ji'))).toMatchObject({ messages: 1 })
      expect(readdirSync(at('messages'))).toEqual([`${ID}.json`])
      expect(readFileSync(at('messages', `${ID}.json`), 'utf8')).not.toContain('低保')
      for (const args of [
        ['list'],
        ['receipt', ID],
        ['export', '--out', at('messages')],
        ['open', ID, '--key', at('stick', 'opening-key.jwe')],
      ])
        expect(await codeOf(['inbox', ...args], as('fabu')), args[0]).toBe('E-FORBIDDEN')
      expect(await codeOf(['inbox', 'receipt', '0000000000Z'], as('ji'))).toBe('E-MISSING')
      const key = ['--key', at('stick', 'opening-key.jwe')]
      expect(await ok(['inbox', 'open', ID, ...key], as('ji'))).toMatchObject({ message: { words: '低保钱没收到' } })
      // On the inspectors' own machine there is no office: the file is enough.
      const alone = await county(['inbox', 'open', at('messages', `${ID}.json`), ...key])
      expect(alone.json).toMatchObject({ ok: true, message: { id: ID } })
      expect(
        (
          await county(['inbox', 'open', at('messages', `${ID}.json`), ...key], {
            SUNHALL_PASSPHRASE: 'eine falsche Losung',
          })
        ).json,
      ).toMatchObject({ code: 'E-KEYS' })
    },
    5 * MINUTES,
  )

  it(
    'rotates the opening key, renews the list, and puts a new recovery key in place of one that was used',
    async () => {
      const old = kidOf('active')
      const key = ['--key', at('stick')]
      await ok(['keys', 'inspectors', 'rotate', ...key, '--out', at('second')], as('fabu'))
      await ok(['keys', 'inspectors', 'publish', '--from', at('second', 'public')], as('fabu'))
      expect(kidOf('retired')).toBe(old)
      expect(readdirSync(at('second')).sort()).toEqual(['opening-key.jwe', 'public'])
      // The new key file opens what came before it.
      const opened = await ok(['inbox', 'open', ID, '--key', at('second', 'opening-key.jwe')], as('ji'))
      expect(opened).toMatchObject({ message: { id: ID } })
      writeFileSync(at('second', 'signing-key.jwe'), readFileSync(at('stick', 'signing-key.jwe')))
      const active = kidOf('active')
      await ok(['keys', 'inspectors', 'renew', '--key', at('second'), '--out', at('third')], as('fabu'))
      await ok(['keys', 'inspectors', 'publish', '--from', at('third', 'public')], as('fabu'))
      expect([served().version, kidOf('active')]).toEqual([3, active])
      const shares = ['--share', at('stick', 'share-1.json'), '--share', at('stick', 'share-3.json')]
      await ok(['keys', 'inspectors', 'recover', ...shares, '--out', at('recovered')], as('fabu'))
      const byRecovery = await ok(['inbox', 'open', ID, '--key', at('recovered', 'recovered-key.jwe')], as('ji'))
      expect(byRecovery).toMatchObject({ message: { id: ID } })
      const used = kidOf('recovery')
      const anew = ['keys', 'inspectors', 'rotate', '--recovery', '--key', at('second'), '--out', at('fourth')]
      await ok(anew, as('fabu'))
      await ok(['keys', 'inspectors', 'publish', '--from', at('fourth', 'public')], as('fabu'))
      expect(readdirSync(at('fourth')).filter((name) => name.startsWith('share'))).toHaveLength(3)
      expect(kidOf('recovery')).not.toBe(used)
      const one = ['keys', 'inspectors', 'recover', '--share', at('stick', 'share-1.json'), '--out', at('one')]
      expect(await codeOf(one, as('fabu'))).toBe('E-KEYS')
    },
    10 * MINUTES,
  )
})

describe('users', () => {
  it(
    'changes, disables and enables an account, never the last administrator',
    async () => {
      await person('cha', 'operator')
      const changed = await ok([
        'users',
        'change',
        'cha',
        '--name',
        '查示例',
        '--role',
        'reviewer',
        '--township',
        '431225100',
      ])
      expect(changed).toMatchObject({ user: { name: '查示例', roles: ['reviewer'], township: '431225100' } })
      expect(await ok(['users', 'change', 'cha', '--township', 'county'])).toMatchObject({ user: { township: null } })
      await ok(['users', 'disable', 'cha'])
      expect(await codeOf(['draft', 'list'], as('cha'))).toBe('E-LOGIN')
      await ok(['users', 'enable', 'cha'])
      await ok(['draft', 'list'], as('cha'))
      expect(await codeOf(['users', 'disable', 'admin'])).toBe('E-STATE')
      expect(await codeOf(['users', 'change', 'admin', '--role', 'operator'])).toBe('E-STATE')
      expect(await codeOf(['users', 'change', 'cha', '--name', 'x'], as('cha'))).toBe('E-FORBIDDEN')
    },
    5 * MINUTES,
  )

  it(
    'recovers a lost administrator’s password at the machine, nobody else’s, and the trail says so',
    async () => {
      const fresh = { SUNHALL_NEW_PASSWORD: `${ADMIN}二` }
      expect((await county(['users', 'recover', 'cha'], fresh)).json).toMatchObject({ code: 'E-INPUT' })
      expect((await county(['users', 'recover', 'admin'], fresh)).code).toBe(0)
      expect(await codeOf(['users', 'list'])).toBe('E-LOGIN')
      await ok(['users', 'list'], as('admin', `${ADMIN}二`))
      const office = openOffice(at('office'), new Date())
      const service = await office.service()
      const entry = await service
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'password')
        .orderBy('seq', 'desc')
        .executeTakeFirst()
      expect(entry).toMatchObject({ actor: 'system', object: 'user admin' })
      expect((await county(['users', 'recover', 'admin'], { SUNHALL_NEW_PASSWORD: ADMIN })).code).toBe(0)
      await office.close()
    },
    5 * MINUTES,
  )
})

const hasScript = spawnSync('script', ['--version']).status === 0

describe.skipIf(!hasScript)('the prompt (skipped where util-linux’s script is missing)', () => {
  /** Types `password` at a pseudo-terminal once it is asked for; gives back all that the screen showed. */
  function typed(password: string): Promise<{ code: number | null; screen: string }> {
    const line = `'${process.execPath}' '${CLI}' draft list --as cha --data '${at('office')}'`
    const env = { ...process.env }
    delete env.SUNHALL_PASSWORD
    const child = spawn('script', ['-qec', line, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'pipe'] })
    let screen = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const asked = screen.includes('Password:')
      screen += chunk.toString()
      if (!asked && screen.includes('Password:')) child.stdin.write(`${password}\n`)
    })
    return new Promise((done) => child.on('close', (code) => done({ code, screen })))
  }

  it(
    'takes a password at a terminal and shows nothing of it',
    async () => {
      const { code, screen } = await typed(OWN)
      expect(code, screen).toBe(0)
      expect(screen).toContain('Password:')
      for (const sign of OWN) expect(screen).not.toContain(sign)
    },
    2 * MINUTES,
  )

  it(
    'refuses a wrong one the same way',
    async () => {
      const { code, screen } = await typed('ein falsches Kennwort')
      expect(code).toBe(1)
      expect(screen).toContain('E-LOGIN')
      expect(screen).not.toContain('falsches')
    },
    2 * MINUTES,
  )
})
