import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FakeCounty, fakeCounty } from '../../test/county/fake-county.ts'
import { PICTURE } from '../../test/county/small-source.ts'
import { paths } from '../contract/release.ts'
import { sha256 } from './blocks.ts'
import { exportTo, publishedRecord } from './export.ts'

let folder = ''
let county: FakeCounty
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-export-'))
  county = fakeCounty(folder)
  await county.publish()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a stick holds one release whole, with its picture', async () => {
  const record = await county.publishChanged()
  const stick = join(folder, 'stick')
  await exportTo(county.dist, record.root, stick)
  expect(publishedRecord(stick)).toEqual(record)
  expect(readdirSync(join(stick, 'packs'))).toEqual([record.root])
  expect(sha256(readFileSync(join(stick, paths.media(PICTURE.hash))))).toBe(PICTURE.hash)
  expect(existsSync(join(stick, 'metadata', '1.root.json'))).toBe(true)
})

test('the terminal’s own verifier accepts a stick and the distribution it came from', async () => {
  const stick = join(folder, 'stick')
  await exportTo(county.dist, county.records[0]?.root ?? '', stick)
  writeFileSync(join(folder, 'root.json'), county.root)
  for (const place of [stick, county.dist]) {
    const verifier = join(import.meta.dirname, '../../electron/host/verify-folder.ts')
    const line = execFileSync(process.execPath, [verifier, place, '--root', join(folder, 'root.json'), '--json'], {
      encoding: 'utf8',
    })
    expect(JSON.parse(line.trim().split('\n').at(-1) ?? '')).toMatchObject({ ok: true, release: 1 })
  }
}, 30_000)

test('a release that is not the published one is not exported', async () => {
  const [first] = county.records
  await county.publishChanged()
  await expect(exportTo(county.dist, first?.root ?? '', join(folder, 'stick'))).rejects.toMatchObject({
    code: 'E-STATE',
  })
})

test('a pack that is gone is named', async () => {
  const record = publishedRecord(county.dist)
  rmSync(join(county.dist, paths.pack(record.root, '431225204')))
  await expect(exportTo(county.dist, record.root, join(folder, 'stick'))).rejects.toMatchObject({ code: 'E-MISSING' })
  expect(existsSync(join(folder, 'stick', 'metadata', 'timestamp.json'))).toBe(false)
})
