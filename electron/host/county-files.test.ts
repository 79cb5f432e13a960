// The county's files through the host: verified, mirrored, served with the office dead, damaged, attacked, from a stick.
import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { splitPack } from '../../sync/core/pack.ts'
import { flood, hostForEachTest } from '../../test/e2e/host-bench.ts'
import { TOWNSHIP } from '../../test/e2e/host-office.ts'
import { sha256 } from './hash.ts'

const at = hostForEachTest()

describe('the county’s files', () => {
  const built = () => at.office.builds.at(-1) ?? expect.fail('nothing was published')
  const pack = (part: string): string => paths.pack(built().record.root, part)
  const file = (path: string): Buffer => at.office.repository.files.get(path) ?? Buffer.alloc(0)
  beforeEach(() => at.check())

  it('are served as the very .gz file, without Content-Encoding', async () => {
    const response = await at.county(pack(COUNTY))
    expect(response.headers.get('content-encoding')).toBe(null)
    expect(response.headers.get('content-type')).toBe('application/gzip')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(file(pack(COUNTY)))
  })

  it('are all served: township’s pack, tree, single block, picture', async () => {
    const { record, blocks, picture } = built()
    const [block = ''] = blocks.keys()
    for (const path of [pack(TOWNSHIP), paths.tree(record.root), paths.block(block), paths.media(picture)]) {
      const response = await at.county(path)
      expect([path, response.status]).toEqual([path, 200])
      expect(Buffer.from(await response.arrayBuffer())).toEqual(file(path))
    }
  })

  it('P3: are served from the mirror with the office dead, also after a restart', async () => {
    for (const part of [COUNTY, TOWNSHIP]) await at.county(pack(part))
    await at.served.stop()
    await at.host.close()
    at.host = await at.open()
    for (const part of [COUNTY, TOWNSHIP]) {
      const response = await at.county(pack(part))
      expect(Buffer.from(await response.arrayBuffer())).toEqual(file(pack(part)))
    }
    const [block = '', bytes = new Uint8Array()] = [...built().blocks][0] ?? []
    const single = await at.county(paths.block(block))
    expect(sha256(gunzipSync(Buffer.from(await single.arrayBuffer())))).toBe(sha256(bytes))
  })

  it('P10: a damaged mirror file is dropped and fetched again', async () => {
    await at.county(pack(COUNTY))
    const mirrored = join(at.folder, 'data', 'mirror', built().record.root, `${COUNTY}.gz`)
    truncateSync(mirrored, 40)
    expect(Buffer.from(await (await at.county(pack(COUNTY))).arrayBuffer())).toEqual(file(pack(COUNTY)))
    expect(readFileSync(mirrored)).toEqual(file(pack(COUNTY)))
  })

  it('are fetched once for two askers at a time', async () => {
    await Promise.all([at.county(pack(COUNTY)), at.county(pack(COUNTY)), at.county(pack(TOWNSHIP))])
    expect(at.served.requests.filter((path) => path === pack(COUNTY))).toHaveLength(1)
  })

  it('pass 503 and Retry-After on', async () => {
    at.served.faults.set(pack(COUNTY), (response) => response.writeHead(503, { 'retry-after': '9' }).end())
    const response = await at.county(pack(COUNTY))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '9'])
    expect(await at.codeOf(response)).toBe('E-BUSY')
  })

  it('never include metadata, foreign roots or paths outside', async () => {
    const foreign = 'ab'.repeat(32)
    const wrong = [
      'metadata/timestamp.json',
      'targets/release.json',
      paths.pack(foreign, COUNTY),
      '../trust/record.json',
    ]
    for (const path of wrong) expect((await at.county(path)).status).toBe(404)
  })

  const changed = (path: string, change: (raw: Buffer) => Buffer): void => {
    at.office.repository.files.set(path, gzipSync(change(gunzipSync(file(path)))))
  }
  it.each<[string, RegExp, () => void]>([
    [
      'a changed block',
      /E-HASH|E-LENGTH/,
      () => changed(pack(COUNTY), (raw) => Buffer.concat([raw.subarray(0, -2), Buffer.from('zz')])),
    ],
    [
      'the pack of another part',
      /E-MIXED|E-LENGTH/,
      () => at.office.repository.files.set(pack(COUNTY), file(pack(TOWNSHIP))),
    ],
    ['a cut file', /E-FORMAT/, () => at.office.repository.files.set(pack(COUNTY), file(pack(COUNTY)).subarray(0, -9))],
    [
      'a longer file',
      /E-LENGTH/,
      () => at.office.repository.files.set(pack(COUNTY), Buffer.concat([file(pack(COUNTY)), Buffer.alloc(9)])),
    ],
    ['a gzip bomb', /E-LENGTH/, () => at.office.repository.files.set(pack(COUNTY), gzipSync(Buffer.alloc(200_000)))],
    ['an endless file', /E-LENGTH/, () => void at.served.faults.set(pack(COUNTY), flood)],
    ['no gzip', /E-FORMAT/, () => at.office.repository.files.set(pack(COUNTY), Buffer.from('<html>'))],
  ])('P2: refuse %s, and neither serve nor store it', async (_, code, attack) => {
    attack()
    const response = await at.county(pack(COUNTY))
    expect(response.ok).toBe(false)
    expect(await at.codeOf(response)).toMatch(code)
    expect(existsSync(join(at.folder, 'data', 'mirror', built().record.root, `${COUNTY}.gz`))).toBe(false)
  })

  it('P1: refuse the pack of an earlier release under the new address', async () => {
    const old = file(pack(COUNTY))
    at.office.publish(2, 'secnd')
    await at.check()
    at.office.repository.files.set(pack(COUNTY), old)
    expect(await at.codeOf(await at.county(pack(COUNTY)))).toMatch(/E-MIXED|E-LENGTH/)
  })

  it('P2: refuse a block or picture with other bytes', async () => {
    const [block = ''] = built().blocks.keys()
    at.office.repository.files.set(paths.block(block), gzipSync(Buffer.from('other')))
    at.office.repository.files.set(paths.media(built().picture), Buffer.from('other'))
    expect(await at.codeOf(await at.county(paths.block(block)))).toBe('E-HASH')
    expect(await at.codeOf(await at.county(paths.media(built().picture)))).toBe('E-HASH')
  })

  it('after a delta, the mirror makes the new packs itself and drops the old release', async () => {
    for (const part of [COUNTY, TOWNSHIP]) await at.county(pack(part))
    await at.county(paths.media(built().picture))
    const old = built().record.root
    at.office.publish(2, 'second')
    await at.check()
    expect((await at.county(paths.delta(built().record.root, old))).status).toBe(200)
    const before = at.served.requests.length
    await at.post('/host/shown', { root: built().record.root, previous: null })
    const mirror = join(at.folder, 'data', 'mirror')
    await vi.waitFor(() => expect(existsSync(join(mirror, old))).toBe(false))
    expect(at.served.requests.length).toBe(before)
    expect(readdirSync(join(mirror, built().record.root)).sort()).toEqual([
      `${COUNTY}.gz`,
      `${TOWNSHIP}.gz`,
      'record.json',
    ])
    expect(readdirSync(join(mirror, 'media'))).toHaveLength(1)
    await at.served.stop()
    const response = await at.county(pack(COUNTY))
    expect(splitPack(gunzipSync(Buffer.from(await response.arrayBuffer()))).head.root).toBe(built().record.root)
  })

  it('are all in the mirror when the host has said goodbye, and nothing is written after it', async () => {
    for (const part of [COUNTY, TOWNSHIP]) await at.county(pack(part))
    at.office.publish(2, 'second')
    await at.check()
    await at.county(paths.delta(built().record.root, at.office.builds[0]?.record.root ?? ''))
    await at.post('/host/shown', { root: built().record.root, previous: null })
    await at.host.close()
    const log = readFileSync(join(at.folder, 'data', 'logs', 'host.log'), 'utf8')
      .trim()
      .split('\n')
    expect(log.map((line) => JSON.parse(line).event).slice(-2)).toEqual(['mirror-whole', 'stop'])
  })

  it('come from a stick, which the office need not reach', async () => {
    at.office.publish(2, 'second')
    const stick = join(at.folder, 'usb')
    at.office.writeTo(stick)
    await at.served.stop()
    expect(await at.check('stick')).toMatchObject({ result: 'release', record: { number: 2 } })
    for (const part of [COUNTY, TOWNSHIP]) expect((await at.county(pack(part))).status).toBe(200)
    const { folders } = await (await at.get('/host/folders')).json()
    expect(folders).toContainEqual({ folder: stick, config: false, release: true })
  })
})
