// The packaged shell in the real Electron. Its binary may be absent on a development machine: then this is skipped, by
// name, and the adapter's behaviour rests on the typed fake (test/unit/shell-*.test.ts). A stand-in is never started.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright'
import { beforeAll, describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
/** Bytes: the real one has far more, a stand-in far fewer. */
const REAL_BYTES = 50_000_000

/** Path of the real binary below node_modules; null where it was never fetched. */
function realElectron(): string | null {
  const folder = join(ROOT, 'node_modules/electron')
  const name = join(folder, 'path.txt')
  if (!existsSync(name)) return null
  const binary = join(folder, 'dist', readFileSync(name, 'utf8').trim())
  return existsSync(binary) && statSync(binary).size > REAL_BYTES ? binary : null
}
const executablePath = realElectron()
const display = process.platform !== 'linux' || (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== ''
const absent = executablePath === null || !display

const title = absent
  ? `In the real Electron (SKIPPED: ${executablePath === null ? "Electron's binary is not on this machine" : 'no display here'})`
  : 'In the real Electron'

describe.skipIf(absent)(title, () => {
  beforeAll(() => {
    const forge = join(ROOT, 'node_modules/@electron-forge/cli/dist/electron-forge.js')
    execFileSync(process.execPath, [forge, 'package'], { cwd: ROOT, env: { ...process.env, SUNHALL_SAMPLE: '1' } })
  })

  test('the page opens at app://kiosk without Node, with its two functions, and talks to the host', async () => {
    const data = mkdtempSync(join(tmpdir(), 'sunhall-electron-'))
    const args = [ROOT, '--data', data, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
    const app = await _electron.launch({ executablePath: executablePath ?? '', args })
    try {
      const page = await app.firstWindow()
      expect(page.url()).toBe('app://kiosk/')
      const seen = await page.evaluate(async () => ({
        node: typeof (globalThis as { process?: unknown }).process,
        functions: Object.keys((globalThis as unknown as { sunhall: object }).sunhall).sort(),
        state: (await (await fetch('/host/state')).json()) as { shell: string },
        outside: await fetch('https://example.com').then(
          () => 'reached',
          () => 'blocked',
        ),
      }))
      expect(seen).toMatchObject({ node: 'undefined', functions: ['applyPage', 'pageState'], outside: 'blocked' })
      expect(seen.state.shell).toBe('electron')
    } finally {
      await app.close()
    }
  })
})
