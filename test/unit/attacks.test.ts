// Each attack of the fake county is refused by the terminal's own trust and verifier with a right code, and the release
// that was trusted before stays trusted (P2).
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderSource } from '../../electron/host/source.ts'
import { openTrust, type Trust } from '../../electron/host/trust/trust.ts'
import { verifyFolder } from '../../electron/host/verify-folder.ts'
import { codeOf } from '../../sync/contract/errors.ts'
import { ATTACKS, keepMetadata, replayMetadata, replayTimestamp } from '../county/attacks.ts'
import { type FakeCounty, fakeCounty } from '../county/fake-county.ts'

let folder = ''
let county: FakeCounty
let trust: Trust
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-attacks-'))
  county = fakeCounty(folder)
  trust = openTrust(join(folder, 'trust'))
  trust.provision(county.root)
  await county.publish()
  keepMetadata(county.dist, join(folder, 'old'))
  await county.publishChanged()
  expect(await answer()).toBe('')
}, 60_000)
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The code with which a terminal refuses what is served; '' where it takes it whole. */
async function answer(): Promise<string> {
  try {
    await trust.update(folderSource(county.dist), new Date(), false)
  } catch (error) {
    return codeOf(error, 'E-STATE')
  }
  const verdict = await verifyFolder(county.dist, county.root, new Date())
  return verdict.ok ? '' : verdict.code
}

describe('P2: a terminal refuses', () => {
  test.each(ATTACKS)(
    '$name',
    async ({ codes, mount }) => {
      mount(county)
      expect(codes).toContain(await answer())
      expect(trust.record()).toEqual(county.records.at(-1))
    },
    60_000,
  )

  test('the whole metadata of an earlier day', async () => {
    replayMetadata(county.dist, join(folder, 'old'))
    expect(await answer()).toBe('E-NUMBER')
  }, 60_000)

  test('the timestamp of an earlier day', async () => {
    replayTimestamp(county.dist, join(folder, 'old'))
    expect(await answer()).toBe('E-NUMBER')
  }, 60_000)
})

test('a timestamp signed anew over the same release is taken', async () => {
  county.refresh()
  expect(await answer()).toBe('')
}, 60_000)
