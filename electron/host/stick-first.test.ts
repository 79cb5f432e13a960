// A technician with a stick doesn't wait for an office that answers in drips: neither for its metadata nor for a file.
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { hostForEachTest } from '../../test/e2e/host-bench.ts'
import { TOWNSHIP } from '../../test/e2e/host-office.ts'

const at = hostForEachTest()
/** The line is patient for 20 s; a stick must be through long before. */
const SOON_MS = 5_000

let drips: NodeJS.Timeout[] = []
afterEach(() => {
  for (const drip of drips) clearInterval(drip)
  drips = []
})
function drip(response: ServerResponse): void {
  response.writeHead(200)
  drips.push(setInterval(() => response.write(' '), 100))
}
const asked = (path: string): Promise<void> =>
  expect
    .poll(() => at.served.requests.includes(path))
    .toBe(true)
    .then(() => undefined)
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const began = Date.now()
  const result = await work
  expect(Date.now() - began).toBeLessThan(ms)
  return result
}

function stickWith(number: number, text: string): string {
  const stick = join(at.folder, 'usb')
  at.office.publish(number, text)
  at.office.writeTo(stick)
  return stick
}

describe('a stick', () => {
  it('is looked at within seconds while the office drips its timestamp, and the office isn’t called dead for it', async () => {
    await at.check()
    const stick = stickWith(2, 'second')
    at.served.requests.length = 0
    at.served.faults.set('metadata/timestamp.json', drip)
    const office = at.check()
    await asked('metadata/timestamp.json')
    expect(await within(SOON_MS, at.check('stick', stick))).toMatchObject({ result: 'release', record: { number: 2 } })
    expect(await within(SOON_MS, office)).toMatchObject({ result: 'unavailable', error: { code: 'E-OFFLINE' } })
    expect(at.trustedNumber()).toBe(2)
    expect(at.host.state()).toMatchObject({ lastCheck: { ok: true }, office: 'reachable' })
    at.served.faults.clear()
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
  })

  it('serves the very file that the office is dripping', async () => {
    const stick = stickWith(2, 'second')
    await at.check()
    const { root } = at.office.builds[1]?.record ?? expect.fail('nothing was published')
    const [county, township] = [paths.pack(root, COUNTY), paths.pack(root, TOWNSHIP)]
    at.served.faults.set(county, drip)
    const dripping = at.county(county)
    await asked(county)
    await within(SOON_MS, at.check('stick', stick))
    for (const path of [county, township]) expect((await within(SOON_MS, at.county(path))).status).toBe(200)
    expect((await dripping).status).toBe(200)
    expect(at.served.requests).not.toContain(township)
  })
})
