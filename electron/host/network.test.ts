// A bad line between office and host, over real HTTP: cut after every n-th byte of each file, slow to answer, an office
// that starts anew in mid-file or is away for sixty days. What is stored is never asked for again (P3, P10).
import { createServer, type Server } from 'node:http'
import { describe, expect, it } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { hostForEachTest } from '../../test/e2e/host-bench.ts'
import { type Fault, TOWNSHIP } from '../../test/e2e/host-office.ts'
import { publishWithPatch } from '../../test/faults/host-county.ts'

const at = hostForEachTest()
const DAY_MS = 86_400_000
/** Bytes from one cut to the next: such that a file of metadata and a pack are both cut a hundred times. */
const EVERY = 9

const file = (path: string): Buffer => at.office.repository.files.get(path) ?? expect.fail(`nothing at ${path}`)
const release = (number: number) => at.office.builds[number - 1]?.record ?? expect.fail(`no release ${number}`)

/** The line goes dead after so many bytes, or a proxy ends the file there as if it were all. */
function cutAt(wire: Buffer, place: number, how: 'dead' | 'ended'): Fault {
  return (response) => {
    if (how === 'ended') {
      response.writeHead(200).end(wire.subarray(0, place))
      return
    }
    response.writeHead(200, { 'content-length': wire.length })
    response.write(wire.subarray(0, place), () => response.destroy())
  }
}
/** Asks over and over, each time with one cut, then once without. Returns how many cuts there were. */
async function cutEverywhere(path: string, ask: () => Promise<void>): Promise<number> {
  const wire = file(path)
  let cuts = 0
  for (let place = 0; place < wire.length; place += EVERY) {
    at.served.faults.set(path, cutAt(wire, place, cuts % 2 === 0 ? 'dead' : 'ended'))
    await ask()
    cuts += 1
  }
  at.served.faults.delete(path)
  return cuts
}

describe('a line that is cut after every n-th byte', () => {
  it('of metadata and record keeps the old release, until a check comes through', async () => {
    await at.check()
    at.office.publish(2, 'second')
    const { repository } = at.office
    const [record = ''] = [...repository.files.keys()].filter((path) => path.startsWith('targets/')).slice(-1)
    const files = ['metadata/timestamp.json', repository.fileOf('snapshot'), repository.fileOf('targets'), record]
    for (const path of files) {
      const cuts = await cutEverywhere(path, async () => {
        const result = await at.check()
        expect([path, result.result]).not.toContain('release')
        expect(at.trustedNumber()).toBe(1)
      })
      expect(cuts).toBeGreaterThan(30)
    }
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
  }, 120_000)

  it('of packs, tree, block, delta and patch stores nothing of them, and what is stored is never asked for again', async () => {
    await at.check()
    const [first, block = ''] = [release(1), ...(at.office.builds[0]?.blocks.keys() ?? [])]
    publishWithPatch(at.office, 2, 'secnd')
    await at.check()
    const { root } = release(2)
    const all = [
      // Before the packs: later the mirror has the block in them.
      paths.block(block),
      ...[COUNTY, TOWNSHIP].map((part) => paths.pack(first.root, part)),
      ...[paths.tree(root), paths.delta(root, first.root), paths.patch(root, first.root)],
    ]
    for (const path of all) {
      at.served.requests.length = 0
      const cuts = await cutEverywhere(path, async () => expect((await at.county(path)).ok).toBe(false))
      const response = await at.county(path)
      expect([path, Buffer.from(await response.arrayBuffer())]).toEqual([path, file(path)])
      for (const stored of all.slice(0, all.indexOf(path) + 1)) expect((await at.county(stored)).status).toBe(200)
      expect(at.served.requests).toEqual(Array.from({ length: cuts + 1 }, () => path))
    }
  }, 120_000)
})

describe('a proxy that ends a file early', () => {
  const pack = (): string => paths.pack(release(1).root, COUNTY)
  /** No length beforehand: the answer is whole as far as HTTP can tell. */
  const ended = (place: number): Fault => cutAt(file(pack()), place, 'ended')
  const ask = async (): Promise<string> => {
    const response = await at.county(pack())
    return response.ok ? 'whole' : at.codeOf(response)
  }

  it('is a cut line, E-OFFLINE, so that the file is asked for again, and no longer way is taken', async () => {
    await at.check()
    for (const place of [0, 1, 20, file(pack()).length - 1]) {
      at.served.faults.set(pack(), ended(place))
      expect([place, await ask()]).toEqual([place, 'E-OFFLINE'])
    }
    at.served.faults.clear()
    expect(await ask()).toBe('whole')
  })

  it('at the same byte again keeps a broken copy: E-FORMAT, and another way is taken', async () => {
    await at.check()
    at.served.faults.set(pack(), ended(40))
    expect([await ask(), await ask()]).toEqual(['E-OFFLINE', 'E-FORMAT'])
  })

  it('whose page stands in the file’s place is no cut line', async () => {
    await at.check()
    at.served.faults.set(pack(), (response) => response.writeHead(200).end('<html>log in</html>'))
    expect(await ask()).toBe('E-FORMAT')
  })
})

describe('a slow line', () => {
  it('whose every answer takes a tenth of the patience, as 2 s are of 20 s, is no fault', async () => {
    await at.host.close()
    at.host = await at.open({ httpLimits: { idleMs: 2_000, minBytesPerSecond: 2_000 } })
    for (const path of at.office.repository.files.keys()) {
      at.served.faults.set(path, (response) => setTimeout(() => response.writeHead(200).end(file(path)), 200))
    }
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 1 } })
    // Each costs a round: the next root, which isn't there, then timestamp, snapshot, targets and record.
    expect(at.served.requests).toHaveLength(5)
    for (const part of [COUNTY, TOWNSHIP]) expect((await at.county(paths.pack(release(1).root, part))).status).toBe(200)
    expect(at.served.requests).toHaveLength(7)
  })
})

describe('an office', () => {
  it('that stops in mid-file and starts anew is asked for what is lacking, and for nothing else', async () => {
    await at.check()
    const [county, township] = [COUNTY, TOWNSHIP].map((part) => paths.pack(release(1).root, part))
    expect((await at.county(county ?? '')).status).toBe(200)
    const stopped = new Promise<void>((done) => {
      at.served.faults.set(township ?? '', (response) => {
        response.writeHead(200, { 'content-length': 900 }).write('x')
        void at.served.stop().then(done)
      })
    })
    expect(await at.codeOf(await at.county(township ?? ''))).toBe('E-OFFLINE')
    await stopped
    expect(await at.codeOf(await at.county(township ?? ''))).toBe('E-OFFLINE')
    const again = await startAgain()
    try {
      for (const path of [county, township]) expect((await at.county(path ?? '')).status).toBe(200)
      expect(again.asked).toEqual([`/${township}`])
    } finally {
      again.server.close()
      again.server.closeAllConnections()
    }
  })

  it('P3: that is away for sixty days is missed by nobody, and its next release is taken, though the old timestamp has run out', async () => {
    await at.check()
    const packs = [COUNTY, TOWNSHIP].map((part) => paths.pack(release(1).root, part))
    for (const path of packs) await at.county(path)
    for (const path of at.office.repository.files.keys()) {
      at.served.faults.set(path, (response) => response.destroy())
    }
    for (let day = 1; day <= 60; day += 1) {
      at.clock = new Date(at.clock.getTime() + DAY_MS)
      expect(await at.check()).toMatchObject({ result: 'unavailable', error: { code: 'E-OFFLINE' } })
    }
    await at.host.close()
    at.host = await at.open()
    for (const path of packs) expect((await at.county(path)).status).toBe(200)
    at.served.faults.clear()
    await at.expectRefused('E-EXPIRED')
    at.office.repository.now = at.clock
    at.office.publish(61, 'sixty days later')
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 61 } })
  })
})

/** The same files on the same port. */
async function startAgain(): Promise<{ server: Server; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end(file((request.url ?? '').slice(1)))
  })
  await new Promise<void>((ready) => server.listen(Number(new URL(at.served.url).port), '127.0.0.1', ready))
  return { server, asked }
}
