// An office on its way from a proposal to a release, in copies that may be killed: its command line as a real process, and
// what has to hold of it afterwards, at whatever moment it died.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { folderSource } from '../../electron/host/source.ts'
import { openTrust } from '../../electron/host/trust/trust.ts'
import { verifyFolder } from '../../electron/host/verify-folder.ts'
import { addAccount } from '../../sync/county/accounts/accounts.ts'
import { checkAudit } from '../../sync/county/audit/check.ts'
import { justify, listFindings, openFindings } from '../../sync/county/checks/findings.ts'
import { runChecks } from '../../sync/county/checks/run.ts'
import { approve } from '../../sync/county/drafts/approve.ts'
import { type Draft, draftFolder, listDrafts } from '../../sync/county/drafts/draft.ts'
import { reconcileDrafts } from '../../sync/county/drafts/finish.ts'
import { nextNumber, propose } from '../../sync/county/drafts/propose.ts'
import { publishDraft, schedule } from '../../sync/county/drafts/publish-draft.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { makeCountyKeys, ROOT_FILE, signer } from '../../sync/county/keys/root.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { changeIn } from '../county/books-file.ts'
import { plantedOffice, VILLAGE } from '../county/planted-office.ts'

export const PASSWORD = '渠水河边有一座风雨桥'
const PEOPLE = [
  ['zhang', '张经办', 'operator'],
  ['li', '李审核', 'reviewer'],
  ['zhao', '赵发布', 'publisher'],
] as const
const person = (at: 0 | 1 | 2) => ({ login: PEOPLE[at][0], name: PEOPLE[at][1] })
const CLI = join(import.meta.dirname, '..', '..', 'sync', 'county', 'cli.ts')
export const KILL_AT = join(import.meta.dirname, 'kill-at.ts')

export interface Stages {
  /** Scratch folder with everything in it. */
  folder: string
  /** Folders of the same office: release 1 public, release 2 not proposed, proposed, approved, and approved with its time come. */
  imported: string
  proposed: string
  approved: string
  due: string
  /** What a terminal trusts that has release 1. */
  trust: string
}

/** Real accounts, real keys; the rows are the planted office's. */
export async function makeStages(): Promise<Stages> {
  const planted = await plantedOffice()
  const { office } = planted
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-kill-'))
  const at = (name: string): string => join(folder, name)
  makeCountyKeys(office, true, new Date())
  const service = await office.service()
  for (const [login, name, role] of PEOPLE) {
    const account = { login, name, password: PASSWORD, roles: [role], township: null, mustChange: false }
    await addAccount(service, account, 'admin', new Date())
  }
  changeIn(office, 'UPDATE allocations SET amount = amount * 1000')
  await settleFindings(office)
  await publishDraft(office, await approved(office, await propose(office, person(0), new Date())), 'zhao', new Date())
  const trust = openTrust(at('trust'))
  trust.provision(readFileSync(join(office.folder, ROOT_FILE), 'utf8'))
  await trust.update(folderSource(office.dist), new Date(), false)
  await pay(office, folder)
  await settleFindings(office)
  cpSync(office.folder, at('imported'), { recursive: true })
  const draft = await propose(office, person(0), new Date())
  cpSync(office.folder, at('proposed'), { recursive: true })
  await approved(office, draft)
  cpSync(office.folder, at('approved'), { recursive: true })
  await schedule(office, draft.id, 'zhao', new Date(Date.now() + 1_000), new Date())
  await pause(1_000)
  await office.close()
  cpSync(office.folder, at('due'), { recursive: true })
  rmSync(planted.folder, { recursive: true })
  return {
    ...{ folder, imported: at('imported'), proposed: at('proposed'), approved: at('approved') },
    ...{ due: at('due'), trust: at('trust') },
  }
}

/** The planted office has warnings, now that it allocates no less than it pays: a person says why they may stand. */
async function settleFindings(office: Office): Promise<void> {
  await runChecks(office, new Date())
  const service = await office.service()
  const { findings } = await listFindings(service)
  const actor = { ...person(1), roles: ['reviewer' as const], township: null }
  for (const rule of new Set(findings.map((one) => one.rule)))
    await justify(service, { what: { rule }, words: '示例数据，已核对' }, actor, new Date())
}

async function approved(office: Office, { id, fingerprint }: Draft): Promise<number> {
  const releaseKey = signer(office, 'release')
  const open = (of: Office) => openFindings(of)
  await approve(office, { id, by: person(1), fingerprint, releaseKey, openFindings: open }, new Date())
  return id
}

async function pay(office: Office, folder: string): Promise<void> {
  const file = join(folder, '发放.csv')
  writeFileSync(file, `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,龙新人,105,2026-04-01\n`)
  const where = { map: new Map<string, string>(), set: new Map<string, string>(), refused: null }
  await importFile(office, { table: 'payments', file, ...where, by: 'zhang', now: new Date() } as Parameters<
    typeof importFile
  >[1])
}

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  /** Changes that it made, where it came to its end. */
  changes: number
  text: string
}

/** The command line as a process, killed before its `killAt`-th change; never where that is 0. */
export function start(
  data: string,
  args: readonly string[],
  login: string,
  killAt: number,
  more: { readonly [name: string]: string } = {},
): ChildProcess {
  const env = { ...process.env, SUNHALL_PASSWORD: PASSWORD, SUNHALL_KILL_AT: String(killAt), ...more }
  const line = ['--import', KILL_AT, CLI, ...args, '--data', data, '--json', ...(login === '' ? [] : ['--as', login])]
  return spawn(process.execPath, line, { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

export async function ended(child: ChildProcess): Promise<Ended> {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  return new Promise((done) => {
    child.on('close', (code, signal) => {
      const changes = Number(/^changes (\d+)$/m.exec(text)?.[1] ?? 0)
      done({ code, signal, changes, text })
    })
  })
}

/** The newest draft as any later verb finds it. */
export async function draftIn(data: string): Promise<Draft | undefined> {
  const office = openOffice(data, new Date())
  try {
    await reconcileDrafts(office, new Date())
    return (await listDrafts(await office.service()))[0]
  } finally {
    await office.close()
  }
}

/** What must hold after any kill. Gives back the number of the public release. */
export async function expectWhole({ folder, trust }: Stages, data: string, hint: string): Promise<number> {
  const dist = join(data, 'dist')
  const verdict = await verifyFolder(dist, readFileSync(join(data, ROOT_FILE), 'utf8'), new Date())
  expect(verdict, hint).toMatchObject({ ok: true })
  const terminal = mkdtempSync(join(folder, 'terminal-'))
  cpSync(trust, terminal, { recursive: true })
  const { record } = await openTrust(terminal).update(folderSource(dist), new Date(), false)
  const office = openOffice(data, new Date())
  try {
    await reconcileDrafts(office, new Date())
    const service = await office.service()
    expect(await checkAudit(service, dist), hint).toMatchObject({ ok: true })
    expect(await nextNumber(office), `${hint}: no number is lost`).toBe(record.number + 1)
    const open = (await listDrafts(service)).filter(({ state }) => state === 'proposed' || state === 'approved')
    expect(open.length, hint).toBeLessThanOrEqual(1)
    expectSwept(office, await listDrafts(service), hint)
  } finally {
    await office.close()
  }
  return record.number
}

/** Nothing half done lies about: no files of drafts that are decided, and the books and the folder say the same. */
function expectSwept(office: Office, drafts: readonly Draft[], hint: string): void {
  for (const { id, state } of drafts.filter((one) => !['proposed', 'approved'].includes(one.state)))
    for (const part of ['stage', 'candidate'])
      expect(existsSync(join(draftFolder(office, id), part)), `${hint}: ${part} of ${state} draft ${id}`).toBe(false)
}

/** Files that were written aside and never put in place. */
export function leftAside(data: string): string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(aside|new)$/.test(path))
}
