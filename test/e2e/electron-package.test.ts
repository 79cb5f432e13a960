// Packaging, with a stand-in for Electron's binary: what is built, what travels along, which fuses are set. In a folder
// of its own, with a small page, so that it neither waits for the real one nor disturbs what is built here.
import { execFile } from 'node:child_process'
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
import { beforeAll, expect, test } from 'vitest'
import { fusesOf, standInBinary, writeZip } from './electron-stand-in.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const project = mkdtempSync(join(tmpdir(), 'sunhall-package-'))
const packaged = join(project, 'out', 'sunhall-linux-x64')
const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as {
  version: string
}

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
}

beforeAll(async () => {
  copyProject()
  const zips = join(project, 'zips')
  mkdirSync(zips)
  writeZip(join(zips, `electron-v${version}-linux-x64.zip`), {
    electron: standInBinary(),
    version: Buffer.from(version),
    'resources/default_app.asar': Buffer.from('stand-in'),
  })
  const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  const env = { ...process.env, PATH: path, SUNHALL_ELECTRON_ZIP_DIR: zips, CI: '1', NODE_ENV: 'production' }
  const forge = join(ROOT, 'node_modules/@electron-forge/cli/dist/electron-forge.js')
  const args = [forge, 'package', '--platform', 'linux', '--arch', 'x64']
  await promisify(execFile)(process.execPath, args, { cwd: project, env }).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`Packaging failed: ${error.message}\n${error.stdout}\n${error.stderr}`)
    },
  )
})

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

test('The package holds the built files in one archive, the program by its own name, and nothing of the sources', () => {
  expect(existsSync(join(packaged, 'sunhall'))).toBe(true)
  const resources = readdirSync(join(packaged, 'resources'))
  expect(resources).toContain('app.asar')
  expect(resources).not.toContain('default_app.asar')
  const archive = readFileSync(join(packaged, 'resources/app.asar'))
  const header = JSON.parse(archive.subarray(16, 16 + archive.readUInt32LE(12)).toString('utf8')) as {
    files: Record<string, unknown>
  }
  expect(Object.keys(header.files).sort()).toEqual(['.vite', 'package.json'])
})

test('The fuses are set: no Node, no NODE_OPTIONS, no inspector, integrity checked, only the archive, no file rights', () => {
  const fuses = fusesOf(readFileSync(join(packaged, 'sunhall')))
  expect(fuses.slice(0, 6)).toBe('010011')
  expect(fuses[7]).toBe('0')
})

test('A package is production, unless it is built for trying out', () => {
  const main = readFileSync(join(project, '.vite/build/main.cjs'), 'utf8')
  expect(main).toMatch(/production:(!0|true)/)
  expect(main).not.toContain('SUNHALL_PRODUCTION')
})

function isBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined
}
