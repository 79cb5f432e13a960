// A terminal meets the office of a later program: a record of a higher format, a record with a field more, a tree with blocks of
// an unknown kind. It keeps the release that it has, says that its software needs an update, and the office sees it (P2, P9).
// Real office, real host, real HTTP between them; the release comes as from a stick.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../electron/host/hash.ts'
import type { Host } from '../../electron/host/host.ts'
import { alarmInWords, whyInWords } from '../../sync/console/fleet/words.ts'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { joinPack, splitPack } from '../../sync/core/pack.ts'
import { listAlarms } from '../../sync/county/fleet/alarms.ts'
import { readTerminal } from '../../sync/county/fleet/board.ts'
import { patrol } from '../../sync/county/fleet/patrol.ts'
import { countyRoot, signer } from '../../sync/county/keys/root.ts'
import { publishRelease } from '../../sync/publish/publish.ts'
import { signRecord } from '../../sync/publish/tuf.ts'
import { smallSource } from '../county/small-source.ts'
import { fixtureStatus } from '../pages/machine.ts'
import { type FleetOffice, fleetOffice, TECHNICIAN } from '../unit/fleet-office.ts'
import { fileAt, filesOf } from './fuzz-county.ts'
import { treeWith } from './fuzz-trees.ts'

const NOW = new Date('2026-11-24T04:00:00Z')
const NAME = 'HT-17'

let folder = ''
let fleet: FleetOffice
let host: Host
let first: ReleaseRecord
const later = (): string => join(folder, 'later')
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-later-'))
  fleet = await fleetOffice(folder, NOW)
  host = await fleet.host(NAME)
  const root = countyRoot(fleet.office, NOW)
  const keys = { root, release: signer(fleet.office, 'release'), timestamp: signer(fleet.office, 'timestamp') }
  const { dist } = fleet.office
  const options = { source: smallSource(), dist, keys, number: 1, previous: null, now: NOW }
  first = (await publishRelease(options)).record
  // What the later program publishes lies beside what this program's office has.
  cpSync(dist, later(), { recursive: true })
  expect(await check()).toMatchObject({ result: 'release', record: { number: 1 } })
}, 60_000)
afterEach(async () => {
  await fleet.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function post(path: string, body: unknown): Promise<Response> {
  return host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
}
const check = async (): Promise<unknown> => (await post('/host/check', { reason: 'stick', folder: later() })).json()

/** What a later office signs; today's types don't know it. */
function sign(change: Record<string, unknown>): void {
  const keys = { release: signer(fleet.office, 'release'), timestamp: signer(fleet.office, 'timestamp') }
  signRecord(later(), canonicalJson({ ...first, number: 2, ...change }), keys, NOW)
}

/** The board names the terminal and what is to be done, in the administrators' words; an alarm stands. */
async function expectSeenByOffice(): Promise<void> {
  expect(await host.beat()).toMatchObject({ result: 'taken' })
  const { line, heartbeat } = await readTerminal(fleet.office, NAME, TECHNICIAN, fleet.now)
  expect(heartbeat?.refusal).toMatchObject({ code: 'E-UPDATE' })
  expect(line.state).toBe('refusing')
  expect(whyInWords(line.why)).toContain('终端软件太旧，要升级')
  await patrol(fleet.office, fleet.now)
  const [alarm] = await listAlarms(fleet.service, [NAME])
  expect(alarmInWords(alarm?.kind ?? 'silent', alarm?.detail ?? '')).toContain('要升级')
}

describe('a record of a later program', () => {
  it.each([
    ['of a higher format', { format: 2 }],
    ['of a higher format whose fields are others', { format: 2, packs: undefined, parts: [] }],
    ['with a field more', { summaries: [] }],
    [
      'with a dataset more',
      { datasets: { funds: 1, notices: 1, places: 1, policies: 1, 'village-finance': 1, water: 1 } },
    ],
  ])('%s is refused with E-UPDATE, the old release stays, and the office sees it', async (_, change) => {
    sign(JSON.parse(JSON.stringify(change)))
    const refused = { code: 'E-UPDATE', message: expect.stringContaining('update this terminal') }
    expect(await check()).toMatchObject({ result: 'refused', error: refused })
    expect(host.state().trusted).toMatchObject({ number: 1, root: first.root })
    await expectSeenByOffice()
    // Once the office publishes what this program reads, or the program is renewed, all is well.
    sign({ number: 3 })
    expect(await check()).toMatchObject({ result: 'release', record: { number: 3 } })
  })
})

describe('a tree of a later program', () => {
  /** A release whose first block is of a kind that came later; only its tree file lies there. */
  function publishLaterTree(): ReleaseRecord {
    const files = filesOf(fleet.office.dist)
    const { head } = splitPack(gunzipSync(fileAt(files, paths.tree(first.root))))
    const at = head.nodes.findIndex((text) => text.includes('"payments"'))
    const nodes = treeWith(head.nodes, at, (head.nodes[at] ?? '').replace('"payments"', '"zz-water"'))
    const root = sha256(nodes[0] ?? '')
    const raw = joinPack({ ...head, root, nodes }, [])
    const wire = gzipSync(raw)
    const file = join(later(), paths.tree(root))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, wire)
    const more = { root, rootLength: Buffer.byteLength(nodes[0] ?? ''), tree: { wire: wire.length, raw: raw.length } }
    sign(more)
    return { ...first, ...more, number: 2 }
  }

  it('is refused with E-UPDATE before a block of it is fetched; what the worker then says reaches the office', async () => {
    const { root } = publishLaterTree()
    expect(await check()).toMatchObject({ result: 'release', record: { number: 2 } })
    const answer = await host.handle(new Request(`http://127.0.0.1/county/${paths.tree(root)}`))
    expect([answer.status, answer.headers.get('sunhall-error')]).toEqual([502, 'E-UPDATE'])
    const lastFailure = {
      code: 'E-UPDATE',
      message: 'Expected blocks of known kinds',
      number: 2,
      at: NOW.toISOString(),
    }
    await post('/host/status', { ...fixtureStatus, shown: first, lastFailure })
    await expectSeenByOffice()
    const { heartbeat } = await readTerminal(fleet.office, NAME, TECHNICIAN, fleet.now)
    expect(heartbeat).toMatchObject({ shown: { number: 1, root: first.root }, refusal: { number: 2 } })
  })
})
