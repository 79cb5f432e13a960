// Pushes to a store of our own that speaks the S3 protocol over HTTP, and to a folder.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { S3_CREDENTIALS, startS3, type TestS3 } from '../../../test/county/s3-store.ts'
import { pushFolder, targetOf } from './push.ts'

const HASH = 'a'.repeat(64)
let store: TestS3
let dist = ''
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  writeFileSync(join(dist, file), text)
}
const push = () => pushFolder(dist, targetOf('s3://county/huitong', store.url, 'local'), S3_CREDENTIALS)

beforeEach(async () => {
  dist = mkdtempSync(join(tmpdir(), 'push-'))
  store = await startS3()
  write('metadata/timestamp.json', 'one')
  write('metadata/1.targets.json', 'targets')
  write(`packs/${HASH}/431225.gz`, 'pack')
  write('records/1.json', 'record')
})
afterEach(async () => {
  rmSync(dist, { recursive: true, force: true })
  await store.close()
})

it('uploads what is named by its hash first and the pointer last of all', async () => {
  expect(await push()).toEqual({ uploaded: 4, bytes: 'onetargetspackrecord'.length, kept: 0, removed: 0 })
  expect(store.puts).toEqual([
    `huitong/packs/${HASH}/431225.gz`,
    'huitong/records/1.json',
    'huitong/metadata/1.targets.json',
    'huitong/metadata/timestamp.json',
  ])
})

it('sends only what changed, and takes away what the folder no longer has, but nothing else of the bucket', async () => {
  store.objects.set('other/file', Buffer.from('x'))
  store.objects.set('huitong/notes.txt', Buffer.from('somebody’s own'))
  await push()
  rmSync(join(dist, 'packs'), { recursive: true })
  write('metadata/timestamp.json', 'two')
  expect(await push()).toMatchObject({ uploaded: 1, kept: 2, removed: 1 })
  expect(store.objects.get('huitong/metadata/timestamp.json')?.toString()).toBe('two')
  expect(store.objects.has(`huitong/packs/${HASH}/431225.gz`)).toBe(false)
  expect([store.objects.has('other/file'), store.objects.has('huitong/notes.txt')]).toEqual([true, true])
})

it('leaves the old pointer where a file before it fails, and says what to do', async () => {
  await push()
  write('metadata/timestamp.json', 'two')
  write('metadata/2.targets.json', 'targets 2')
  store.failAt = 'huitong/metadata/2.targets.json'
  await expect(push()).rejects.toMatchObject({ code: 'E-SERVER' })
  expect(store.objects.get('huitong/metadata/timestamp.json')?.toString()).toBe('one')
})

it('keeps another web server’s folder the same, and leaves what isn’t a distribution’s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushed-'))
  writeFileSync(join(folder, 'index.html'), 'their own')
  const target = targetOf(folder, null, '')
  expect(await pushFolder(dist, target)).toMatchObject({ uploaded: 4 })
  rmSync(join(dist, 'packs'), { recursive: true })
  write('metadata/timestamp.json', 'two')
  expect(await pushFolder(dist, target)).toMatchObject({ uploaded: 1, kept: 2, removed: 1 })
  expect(readFileSync(join(folder, 'metadata/timestamp.json'), 'utf8')).toBe('two')
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('their own')
  expect(() => readFileSync(join(folder, 'packs', HASH, '431225.gz'))).toThrow('ENOENT')
  rmSync(folder, { recursive: true })
})

it('names a store that isn’t there, and an address that is none', async () => {
  const nowhere = targetOf('s3://county', 'http://127.0.0.1:9', 'local')
  await expect(pushFolder(dist, nowhere, S3_CREDENTIALS)).rejects.toMatchObject({ code: 'E-OFFLINE' })
  expect(() => targetOf('http://county', null, 'local')).toThrow('Expected s3://bucket/prefix')
})
