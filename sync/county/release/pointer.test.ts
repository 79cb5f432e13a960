// The lock between those who move the pointer, each in a real process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeCounty } from '../../../test/county/fake-county.ts'
import { newSigner } from '../../publish/keys.ts'
import { currentTimestamp, signRecord } from '../../publish/tuf.ts'
import { refresh } from '../serve/server.ts'
import { holdingPointer, tryHoldPointer } from './pointer.ts'

vi.setConfig({ testTimeout: 60_000 })

const DAY_MS = 86_400_000
let folder = ''
let dist = ''
let children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-pointer-'))
  dist = join(folder, 'dist')
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(folder, { recursive: true })
})

function start(what: string): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'pointer.fixture.ts'), dist, what])
  children.push(child)
  return child
}
async function holder(): Promise<ChildProcess> {
  const child = start('hold')
  if (child.stdout !== null) await once(child.stdout, 'data')
  return child
}

it('lets three processes move the pointer a hundred times without losing one move', async () => {
  const { signer } = newSigner()
  signRecord(dist, '{}', { release: signer, timestamp: signer }, new Date())
  const movers = [start('34'), start('33'), start('33')]
  const ends = await Promise.all(movers.map((child) => once(child, 'exit')))
  expect(ends.map(([code]) => code)).toEqual([0, 0, 0])
  expect(currentTimestamp(dist)?.signed.version).toBe(101)
})

it('is free again the moment its owner is killed, without waiting and without anybody clearing up', async () => {
  const child = await holder()
  expect(tryHoldPointer(dist)).toBeNull()
  await expect(holdingPointer(dist, () => 'moved', 0)).rejects.toMatchObject({ code: 'E-BUSY' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await holdingPointer(dist, () => 'moved', 0)).toBe('moved')
})

it('is given back after a failure, and holds off others of the same process too', async () => {
  await expect(
    holdingPointer(dist, () => {
      expect(tryHoldPointer(dist)).toBeNull()
      throw new Error('The disk is full')
    }),
  ).rejects.toThrow('The disk is full')
  const held = tryHoldPointer(dist)
  expect(held).not.toBeNull()
  held?.release()
})

it('keeps the daily timestamp from coming between while another process publishes', async () => {
  const county = fakeCounty(folder, { now: new Date(Date.now() - 2 * DAY_MS) })
  await county.publish()
  const { timestamp } = county.keys
  const child = await holder()
  const warnings: string[] = []
  const options = {
    dist,
    timestampKey: () => timestamp,
    now: () => new Date(),
    warn: (line: string) => warnings.push(line),
  }
  expect(refresh(options)).toBe(false)
  expect(currentTimestamp(dist)?.signed.version).toBe(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(refresh(options)).toBe(true)
  expect(currentTimestamp(dist)?.signed.version).toBe(2)
  expect(warnings).toEqual([])
})
