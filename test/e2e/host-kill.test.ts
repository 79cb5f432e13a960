// P1: a host killed with SIGKILL at any moment of replacing metadata and writing its mirror leaves a usable state; a
// disk without room gives E-QUOTA and leaves one too. Real processes, real files, real HTTP.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHost, type Host } from '../../electron/host/host.ts'
import { checkResult } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'
import { newOffice, type Office, type Served, serve } from './host-office.ts'

const CHILD = join(import.meta.dirname, 'host-child.ts')
const KILLS = 12

let folder: string
let office: Office
let served: Served
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-kill-'))
  office = newOffice()
  office.publish(1, 'release 1')
  served = await serve(office.repository.files)
  await office.provision(join(folder, 'stick'), served.url)
})
afterEach(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})
const config = (): string => join(folder, 'stick', 'config.jws')

function openAgain(): Promise<Host> {
  const options = { clock: () => new Date(), shell: 'browser', appVersion: '0', production: false } as const
  return createHost({ ...options, dataFolder: join(folder, 'data'), stickPlaces: [] })
}
async function checked(host: Host) {
  const body = JSON.stringify({ reason: 'now', folder: null })
  const response = await host.handle(new Request('http://127.0.0.1/host/check', { method: 'POST', body }))
  return checkResult.parse(await response.json())
}

it('P1: kill -9 at any moment leaves one whole trusted release, and the next check goes on', async () => {
  for (let round = 1; round <= KILLS; round += 1) {
    const child = spawn(process.execPath, [CHILD, join(folder, 'data'), config(), 'loop'])
    let number = office.builds.length
    // New releases come while the host works, so that the kill falls into replacing them.
    child.stdout.on('data', () => {
      number += 1
      office.publish(number, `release ${number}`)
    })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120))
    child.kill('SIGKILL')
    // Its last words may be read after its end, and each of them publishes a release.
    await new Promise((resolve) => child.once('close', resolve))
    const host = await openAgain()
    expect(host.state()).toMatchObject({ mode: 'terminal', uncleanStop: true })
    const before = host.state().trusted
    expect(office.builds.some(({ record }) => record.root === before?.root)).toBe(true)
    const result = await checked(host)
    expect(result).toMatchObject({ result: 'release', record: { number: office.builds.length } })
    const { root, packs } = result.result === 'release' ? result.record : expect.fail('no release')
    for (const part of Object.keys(packs)) {
      const response = await host.handle(new Request(`http://127.0.0.1/county/${paths.pack(root, part)}`))
      expect(response.status).toBe(200)
    }
    await host.close()
  }
})

it('E-QUOTA: a disk without room refuses the release, keeps the old one, and recovers', async () => {
  const first = await createHost({
    ...{
      dataFolder: join(folder, 'data'),
      clock: () => new Date(),
      shell: 'browser',
      appVersion: '0',
      production: false,
    },
    configFile: config(),
    stickPlaces: [],
  })
  expect(await checked(first)).toMatchObject({ result: 'release', record: { number: 1 } })
  await first.close()
  office.publish(2, 'release 2')
  // A limit on file size answers writes with EFBIG, as a full disk does with ENOSPC. The office must go on answering,
  // so the child is awaited, not blocked on.
  const limited = `ulimit -f 1; exec "$0" "$@"`
  const child = spawn('bash', ['-c', limited, process.execPath, CHILD, join(folder, 'data'), '', 'once'])
  let printed = ''
  child.stdout.on('data', (text: Buffer) => {
    printed += text.toString()
  })
  await new Promise((resolve) => child.once('close', resolve))
  expect(JSON.parse(printed)).toMatchObject({ result: 'refused', error: { code: 'E-QUOTA' } })
  const host = await openAgain()
  expect(host.state().trusted?.number).toBe(1)
  expect(await checked(host)).toMatchObject({ result: 'release', record: { number: 2 } })
  await host.close()
})

it('verifies a folder whole from the command line, and names where it is wrong', async () => {
  const stick = join(folder, 'usb')
  office.writeTo(stick)
  const verify = join(import.meta.dirname, '..', '..', 'electron', 'host', 'verify-folder.ts')
  const run = () => spawnSync(process.execPath, [verify, stick, '--root', join(folder, 'stick', 'root.json'), '--json'])
  const good = run()
  expect(JSON.parse(good.stdout.toString())).toMatchObject({
    ok: true,
    release: 1,
    counts: { packs: 2, blocks: 3, singleBlocks: 3, media: 1, nodes: 10, rows: 4 },
  })
  expect(good.status).toBe(0)
  const [block = ''] = office.builds[0]?.blocks.keys() ?? []
  rmSync(join(stick, paths.block(block)))
  const bad = run()
  expect(JSON.parse(bad.stdout.toString())).toMatchObject({ ok: false, code: 'E-MISSING', where: paths.block(block) })
  expect(bad.status).toBe(1)
})
