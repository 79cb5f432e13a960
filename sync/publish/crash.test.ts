import { spawn } from 'node:child_process'
import type { KeyObject } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fakeCounty } from '../../test/county/fake-county.ts'
import { paths } from '../contract/release.ts'
import { splitPack } from '../core/pack.ts'
import { sha256 } from './blocks.ts'
import { publishedRecord } from './export.ts'
import { newSigner } from './keys.ts'

const KILLS = 5

// P1: whatever moment the power goes, what is published is one release, whole.
test('a publication killed at any moment leaves the old release or the new one, whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-crash-'))
  try {
    const { dist, keys } = await office(folder)
    const before = publishedRecord(dist)
    const whole = await run(dist, keys, null)
    expect(publishedRecord(dist).number).toBe(before.number + 1)
    for (let kill = 0; kill < KILLS; kill++) {
      const old = publishedRecord(dist)
      await run(dist, keys, (whole * (kill + 0.5)) / KILLS)
      const now = publishedRecord(dist)
      expect([old.number, old.number + 1]).toContain(now.number)
      for (const [part, length] of Object.entries(now.packs)) {
        const raw = gunzipSync(readFileSync(join(dist, paths.pack(now.root, part))))
        expect(raw.length).toBe(length.raw)
        for (const [name, bytes] of splitPack(raw).blocks) expect(sha256(bytes)).toBe(name)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)

async function office(folder: string): Promise<{ dist: string; keys: string }> {
  const pairs = { release: newSigner(), timestamp: newSigner() }
  const root = [newSigner().signer, newSigner().signer, newSigner().signer]
  const signers = { root, release: pairs.release.signer, timestamp: pairs.timestamp.signer, config: newSigner().signer }
  const county = fakeCounty(folder, { keys: signers })
  await county.publish()
  const keys = join(folder, 'keys')
  mkdirSync(keys)
  writeFileSync(join(keys, 'root.json'), county.root)
  const pem = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString()
  writeFileSync(join(keys, 'release.pem'), pem(pairs.release.privateKey))
  writeFileSync(join(keys, 'timestamp.pem'), pem(pairs.timestamp.privateKey))
  return { dist: county.dist, keys }
}

/** Publishes in a process of its own, killed after `killAfter` ms of publishing; null lets it finish. Returns its ms. */
function run(dist: string, keys: string, killAfter: number | null): Promise<number> {
  const script = join(import.meta.dirname, '../../test/county/publish-once.ts')
  const child = spawn(process.execPath, [script, dist, keys], { stdio: ['ignore', 'pipe', 'inherit'] })
  let start = 0
  child.stdout.once('data', () => {
    start = performance.now()
    if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      if (killAfter === null && code !== 0) reject(new Error(`Expected publication to end with 0, got ${code}`))
      else resolve(performance.now() - start)
    })
  })
}
