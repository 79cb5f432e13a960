// Packaging, with a stand-in for Electron's binary: what is built, what travels along, which fuses are set. In a folder
// of its own, with a small page, so that it neither waits for the real one nor disturbs what is built here.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { archiveOf, fusesOf, integrityOf, standInBinary, standInWindows, writeZip } from './electron-stand-in.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const project = mkdtempSync(join(tmpdir(), 'sunhall-package-'))
const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as {
  version: string
}
const PLATFORMS = ['linux', 'win32'] as const
type Platform = (typeof PLATFORMS)[number]
const packaged = (platform: Platform, ...path: string[]): string =>
  join(project, 'out', `sunhall-${platform}-x64`, ...path)
const program = (platform: Platform): Buffer =>
  readFileSync(packaged(platform, platform === 'win32' ? 'sunhall.exe' : 'sunhall'))

/** What lies about in a working repository and must never travel: the office, its keys, tests, a terminal's data. */
const STRAYS = [
  'sync/county/stray.ts',
  'data/county/keys/config.pem',
  'data/terminal/config/config.jws',
  'test/e2e/stray.test.ts',
  'dist/renderer/stray.html',
  'docs/stray.md',
  '.env',
]

function copyProject(): void {
  const parts = ['electron', 'kiosk-config', 'sync/contract', 'sync/core', 'assets/places.json', 'forge.config.ts']
  for (const part of [...parts, 'package.json', 'tsconfig.json', '.ci'])
    cpSync(join(ROOT, part), join(project, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  mkdirSync(join(project, 'renderer'))
  writeFileSync(
    join(project, 'renderer/vite.config.ts'),
    "export default { root: 'renderer', build: { outDir: '../dist/renderer' } }\n",
  )
  writeFileSync(join(project, 'renderer/index.html'), '<!doctype html><title>会同县</title>')
  for (const stray of STRAYS) {
    mkdirSync(dirname(join(project, stray)), { recursive: true })
    writeFileSync(join(project, stray), 'must not travel')
  }
}

function standIns(): string {
  const zips = join(project, 'zips')
  mkdirSync(zips)
  const common = { version: Buffer.from(version), 'resources/default_app.asar': Buffer.from('stand-in') }
  writeZip(join(zips, `electron-v${version}-linux-x64.zip`), { electron: standInBinary(), ...common })
  writeZip(join(zips, `electron-v${version}-win32-x64.zip`), { 'electron.exe': standInWindows(), ...common })
  return zips
}

/** `electron-forge make`: packages, then makes the zips. The deb needs dpkg, and is made where that is. */
async function make(platform: Platform, zips: string): Promise<void> {
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  const env = { ...process.env, PATH: path, SUNHALL_ELECTRON_ZIP_DIR: zips, CI: '1', NODE_ENV: 'production' }
  const forge = join(ROOT, 'node_modules/@electron-forge/cli/dist/electron-forge.js')
  const args = [forge, 'make', '--platform', platform, '--arch', 'x64', '--targets', '@electron-forge/maker-zip']
  await promisify(execFile)(process.execPath, args, { cwd: project, env }).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`Packaging failed: ${error.message}\n${error.stdout}\n${error.stderr}`)
    },
  )
}

beforeAll(async () => {
  copyProject()
  const zips = standIns()
  for (const platform of PLATFORMS) await make(platform, zips)
}, 300_000)

test('Main and preload are one CommonJS file each, and the page lies where the shell looks for it', () => {
  const built = readdirSync(join(project, '.vite/build')).sort()
  expect(built).toEqual(['main.cjs', 'preload.cjs'])
  const main = readFileSync(join(project, '.vite/build/main.cjs'), 'utf8')
  const required = [...main.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(([, name = '']) => name)
  // `debug` asks for it only if it happens to be there.
  const given = new Set(['electron', 'supports-color'])
  expect(required.filter((name) => !given.has(name) && !isBuiltin(name))).toEqual([])
  const preload = readFileSync(join(project, '.vite/build/preload.cjs'), 'utf8')
  expect([...preload.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name)).toEqual(['electron'])
  expect(existsSync(join(project, '.vite/renderer/main_window/index.html'))).toBe(true)
})

describe.each(PLATFORMS)('The package for %s', (platform) => {
  test('holds the built files in one archive, the program by its own name, and nothing of the sources', () => {
    expect(existsSync(packaged(platform, platform === 'win32' ? 'sunhall.exe' : 'sunhall'))).toBe(true)
    expect(readdirSync(packaged(platform, 'resources'))).toEqual(['app.asar'])
    const archive = readFileSync(packaged(platform, 'resources/app.asar'))
    expect(archiveOf(archive).paths).toEqual([
      '.vite/build/main.cjs',
      '.vite/build/preload.cjs',
      '.vite/renderer/main_window/index.html',
      'package.json',
    ])
    expect(archive.includes('must not travel')).toBe(false)
  })

  test('has its fuses set: no Node, no NODE_OPTIONS, no inspector, integrity checked, only the archive, no file rights', () => {
    const fuses = fusesOf(program(platform))
    expect(fuses.slice(0, 6)).toBe('010011')
    expect(fuses[7]).toBe('0')
  })

  test('is made into a zip with all of it', () => {
    const made = join(project, 'out/make/zip', platform, 'x64')
    const [zip = ''] = readdirSync(made)
    expect(zip).toMatch(new RegExp(`^sunhall-${platform}-x64-[0-9.]+\\.zip$`))
    // A zip's directory holds its members' names as they are.
    expect(readFileSync(join(made, zip)).includes(`sunhall-${platform}-x64/resources/app.asar`)).toBe(true)
  })
})

test('The program for Windows names the hash of its archive, without which the integrity fuse lets nothing start (P2)', () => {
  const { header } = archiveOf(readFileSync(packaged('win32', 'resources/app.asar')))
  const value = createHash('sha256').update(header).digest('hex')
  expect(integrityOf(program('win32'))).toEqual([{ file: 'resources\\app.asar', alg: 'SHA256', value }])
})

test('A package is production, unless it is built for trying out', () => {
  const main = readFileSync(join(project, '.vite/build/main.cjs'), 'utf8')
  expect(main).toMatch(/production:(!0|true)/)
  expect(main).not.toContain('SUNHALL_PRODUCTION')
})

function isBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined
}
