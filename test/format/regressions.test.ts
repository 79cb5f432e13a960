// What fuzzing and reading under fire have found, each as a case of its own, so that it stays mended.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gunzipAtMost } from '../../electron/host/gateway/verify.ts'
import { folderSource } from '../../electron/host/source.ts'
import { readConfigFolder } from '../../kiosk-config/load.ts'
import { gunzipExactly } from '../../renderer/worker/gunzip.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'

it('canonical JSON refuses what is nested without end (E-FORMAT), and is not broken by it', () => {
  const deep: unknown = JSON.parse(`${'[{"a":'.repeat(30_000)}1${'}]'.repeat(30_000)}`)
  expect(() => canonicalJson(deep)).toThrow(expect.objectContaining({ code: 'E-FORMAT' }))
  expect(canonicalJson({ b: [[1]], a: null })).toBe('{"a":null,"b":[[1]]}')
})

const RAW = Buffer.from('one block')

describe('gzip: the host refuses what the page would, so that its mirror never stands between the page and a release', () => {
  it.each([
    ['a second stream behind the first', [gzipSync(RAW), gzipSync(Buffer.of())]],
    ['an empty stream before the first', [gzipSync(Buffer.of()), gzipSync(RAW)]],
    ['zeros behind the stream', [gzipSync(RAW), Buffer.alloc(40)]],
    ['a login page behind the stream', [gzipSync(RAW), Buffer.from('<html>')]],
  ])('%s (E-FORMAT)', async (_, parts) => {
    const wire = Buffer.concat(parts)
    await expect(gunzipAtMost(wire, 1_000)).rejects.toMatchObject({ code: 'E-FORMAT' })
    const body = new Response(new Uint8Array(wire)).body ?? new ReadableStream()
    await expect(gunzipExactly(body, RAW.length, () => undefined)).rejects.toBeInstanceOf(Error)
  })
})

describe.skipIf(process.platform === 'win32')('a prepared stick never holds the host up', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sunhall-stick-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const plant: Readonly<Record<string, (path: string) => void>> = {
    'a pipe that nobody writes to': (path) => void execFileSync('mkfifo', [path]),
    'a link to an endless device': (path) => symlinkSync('/dev/zero', path),
    'a link to a terminal device': (path) => symlinkSync('/dev/tty', path),
    'a link to itself': (path) => symlinkSync(path, path),
  }
  it.each(Object.keys(plant))('%s in place of the timestamp and of a config', async (name) => {
    plant[name]?.(join(folder, 'timestamp.json'))
    await expect(folderSource(folder).read('timestamp.json', 1_000)).rejects.toMatchObject({
      code: expect.stringMatching(/^E-(MISSING|OFFLINE)$/),
    })
    plant[name]?.(join(folder, 'config.jws'))
    expect(readConfigFolder(folder)).toMatchObject({
      ok: false,
      errors: [{ path: 'config.jws' }, { path: 'root.json' }],
    })
  })
})
