// The host asks for a release: what it trusts, and what attacks on the metadata come to (P2, P3).
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { hostState } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { flood, hostForEachTest, IMPATIENT } from '../../test/e2e/host-bench.ts'
import { newKey } from '../../test/e2e/host-tuf.ts'

const at = hostForEachTest()

describe('checking for a release', () => {
  it('trusts the signed release and says so in its state', async () => {
    const result = await at.check()
    expect(result).toMatchObject({ result: 'release', record: { number: 1 } })
    const state = hostState.parse(await (await at.get('/host/state')).json())
    expect(state).toMatchObject({ mode: 'terminal', office: 'reachable', lastCheck: { ok: true }, clockTrusted: true })
    expect(state.timestampExpires).toBe(at.office.repository.expires('timestamp'))
  })

  it('P3: answers that the office is unreachable, and keeps what is trusted', async () => {
    await at.check()
    await at.served.stop()
    expect(await at.check()).toMatchObject({ result: 'unavailable', error: { code: 'E-OFFLINE' } })
    expect(at.host.state()).toMatchObject({ office: 'unreachable', trusted: { number: 1 } })
  })

  it('passes Retry-After on', async () => {
    at.served.faults.set('metadata/timestamp.json', (response) =>
      response.writeHead(503, { 'retry-after': '77' }).end(),
    )
    const expected = { result: 'unavailable', error: { code: 'E-BUSY' }, retryAfterSeconds: 77 }
    expect(await at.check()).toMatchObject(expected)
  })

  it.each<[string, string, (response: ServerResponse) => void]>([
    ['never begins', 'E-OFFLINE', () => undefined],
    ['stops in the middle', 'E-OFFLINE', (response) => response.writeHead(200).write('{"signed"')],
    ['drips for ever', 'E-OFFLINE', drip],
    ['never ends', 'E-LENGTH', flood],
  ])('gives up a body that %s', async (_, code, fault) => {
    await at.host.close()
    at.host = await at.open(code === 'E-OFFLINE' ? { httpLimits: IMPATIENT } : {})
    at.served.faults.set('metadata/timestamp.json', fault)
    // The test's own time runs out before the longest allowed file has come at the slowest allowed speed.
    const result = await at.check()
    expect(result.result === 'release' ? null : result.error.code).toBe(code)
  })
})
/** A body that never ends, a byte now and then. */
function drip(response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
}

describe('P2: attacks on the metadata are refused and the old release stays', () => {
  beforeEach(() => at.check())

  it('E-SIGNATURE: signed by another key', async () => {
    at.office.repository.signers.timestamp = [newKey()]
    at.office.publish(2, 'evil')
    await at.expectRefused('E-SIGNATURE')
  })
  it('E-SIGNATURE: targets signed by another key, behind a good timestamp', async () => {
    at.office.repository.signers.targets = [newKey()]
    at.office.publish(2, 'evil')
    await at.expectRefused('E-SIGNATURE')
  })
  it('E-SIGNATURE: snapshot signed by another key, behind a good timestamp', async () => {
    at.office.repository.signers.snapshot = [newKey()]
    at.office.publish(2, 'evil')
    await at.expectRefused('E-SIGNATURE')
  })
  it('E-NUMBER: an old timestamp is replayed', async () => {
    const old = at.office.repository.files.get('metadata/timestamp.json') ?? Buffer.alloc(0)
    at.office.publish(2, 'second')
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
    at.office.repository.files.set('metadata/timestamp.json', old)
    await at.expectRefused('E-NUMBER', 2)
  })
  it('E-NUMBER: an old release is signed again under new versions', async () => {
    at.office.publish(2, 'second')
    await at.check()
    at.office.publish(1, 'first')
    await at.expectRefused('E-NUMBER', 2)
  })
  it('E-NUMBER: a second release bears the same number', async () => {
    at.office.publish(1, 'another first')
    await at.expectRefused('E-NUMBER')
  })
  it.each(['timestamp', 'snapshot', 'targets'] as const)(
    'E-EXPIRED: %s past its date; reading goes on',
    async (role) => {
      await at.county(paths.pack(at.office.builds[0]?.record.root ?? '', COUNTY))
      at.office.repository.lifetimes[role] = -1
      at.office.publish(2, 'late')
      await at.expectRefused('E-EXPIRED')
      expect((await at.county(paths.pack(at.office.builds[0]?.record.root ?? '', COUNTY))).status).toBe(200)
    },
  )
  it('E-HASH: the snapshot has other bytes of the same length', async () => {
    at.office.publish(2, 'second')
    const path = at.office.repository.fileOf('snapshot')
    const text = (at.office.repository.files.get(path) ?? Buffer.alloc(0)).toString()
    at.office.repository.files.set(path, Buffer.from(text.replace('"snapshot"', '"snapshoT"')))
    await at.expectRefused('E-HASH')
  })
  it('E-LENGTH: the targets file is cut short', async () => {
    at.office.publish(2, 'second')
    const path = at.office.repository.fileOf('targets')
    at.office.repository.files.set(path, (at.office.repository.files.get(path) ?? Buffer.alloc(0)).subarray(0, 50))
    await at.expectRefused('E-LENGTH')
  })
  it('E-HASH: the record is another one of the same length', async () => {
    const built = at.office.publish(2, 'second')
    const good = Buffer.from(JSON.stringify(built.record))
    at.office.repository.putTarget('release.json', Buffer.from(good.toString().replace('2026', '2025')), good)
    await at.expectRefused('E-HASH')
  })
  it('E-FORMAT: a login page answers for the timestamp', async () => {
    at.office.repository.files.set('metadata/timestamp.json', Buffer.from('<html>'))
    await at.expectRefused('E-FORMAT')
  })
  it('E-FORMAT: the record is of another county', async () => {
    at.office.publish(2, 'second', (record) => ({ ...record, county: '431226' }))
    await at.expectRefused('E-FORMAT')
  })
  it('E-CLOCK: this machine lives before its newest release, or 400 days after it', async () => {
    const now = at.clock
    at.clock = new Date(now.getTime() - 86_400_000)
    await at.expectRefused('E-CLOCK')
    expect(at.host.state().clockTrusted).toBe(false)
    at.clock = new Date(now.getTime() + 401 * 86_400_000)
    await at.expectRefused('E-CLOCK')
  })
  it('E-CLOCK: a release is dated ahead of this machine', async () => {
    at.office.repository.now = new Date(at.clock.getTime() + 3_600_000)
    at.office.publish(2, 'from the future')
    await at.expectRefused('E-CLOCK')
  })
  it('judges expiry by the host’s clock, fixed for the update', async () => {
    at.clock = new Date(at.clock.getTime() + 46 * 86_400_000)
    await at.expectRefused('E-EXPIRED')
  })
  it('keeps a rotated root though the new timestamp is refused', async () => {
    const old = at.office.repository.keys.root
    at.office.repository.keys.root = [newKey(), newKey(), newKey()]
    at.office.repository.signRoot(old.slice(0, 2))
    at.office.repository.signers.timestamp = [newKey()]
    at.office.publish(2, 'second')
    await at.expectRefused('E-SIGNATURE')
    const root = JSON.parse(readFileSync(join(at.folder, 'data', 'trust', 'tuf', 'root.json'), 'utf8'))
    expect(root.signed.version).toBe(2)
    at.office.repository.signers = {}
    at.office.repository.signAll()
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
  })
})
