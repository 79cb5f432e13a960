// `npm run setup`: installs what package-lock.json names, finds Node 24 and Chromium, builds the pages. Needs no package
// and runs under Node 18, so that a fresh clone can start with it. What is done already is not done again.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findChromium } from './chromium.mjs'
import { findNode, NEEDED, ROOT, toolEnv } from './node24.mjs'

/** Debian's names: a browser, and a CJK face for what lies outside our own pages. */
const SYSTEM_PACKAGES = ['chromium', 'fonts-noto-cjk']

function fail(message) {
  console.error(message)
  process.exit(1)
}

function run(command, args, options) {
  const windows = process.platform === 'win32'
  const done = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: windows, ...options })
  if (done.status !== 0) fail(`\`${command} ${args.join(' ')}\` failed${done.error ? `: ${done.error.message}` : ''}`)
}

const digest = (text) => createHash('sha256').update(text).digest('hex')

function installPackages() {
  const stamp = join(ROOT, 'node_modules', '.sunhall-lock')
  const lock = digest(readFileSync(join(ROOT, 'package-lock.json')))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const modules = join(ROOT, 'node_modules')
  // npm empties that folder first, and with it the Node that it is running on.
  if (process.execPath.startsWith(modules))
    fail(`Expected a Node outside ${modules} to install with, got that one; run this with the system's Node`)
  console.log('Installing packages')
  // Electron fetches its binary when it is first run; where that is impossible the system's Chromium is used.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  })
  writeFileSync(stamp, lock)
}

function installSystem(allowed) {
  if (findChromium() !== null) return
  const root = process.getuid?.() === 0
  const apt = process.platform === 'linux' && spawnSync('apt-get', ['--version']).status === 0
  if (apt && (root || allowed)) {
    console.log(`Installing ${SYSTEM_PACKAGES.join(', ')} (apt)`)
    const prefix = root ? [] : ['sudo']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...SYSTEM_PACKAGES],
    ]) {
      const [command, ...rest] = [...prefix, 'apt-get', ...args]
      run(command, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    }
  }
  if (findChromium() === null) console.warn(missingChromium())
}

function missingChromium() {
  const how = {
    linux: `Install it with \`apt-get install ${SYSTEM_PACKAGES.join(' ')}\` (as root), or run again with --install`,
    win32: 'Install Microsoft Edge or Google Chrome',
    darwin: 'Install Google Chrome',
  }
  return `No Chromium was found: the terminal's screen and its tests need one. ${how[process.platform] ?? ''}. Set SUNHALL_CHROMIUM to use one elsewhere`
}

/** Newest change below these, in ms. */
function newest(paths) {
  let latest = 0
  for (const path of paths) {
    const at = statSync(path)
    if (!at.isDirectory()) latest = Math.max(latest, at.mtimeMs)
    else latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))))
  }
  return latest
}

const PAGES = [
  {
    what: 'the page',
    room: 'renderer',
    built: 'dist/renderer',
    sources: ['renderer', 'sync/contract', 'sync/core', 'sync/store', 'sync/terminal', 'assets', 'package-lock.json'],
  },
  {
    what: "the office's console",
    room: 'sync/console',
    built: 'dist/console',
    sources: ['sync/console', 'sync/contract', 'package-lock.json'],
  },
]

function buildPage(node, { what, room, built, sources }) {
  const page = join(ROOT, built, 'index.html')
  if (existsSync(page) && statSync(page).mtimeMs > newest(sources.map((path) => join(ROOT, path)))) return
  console.log(`Building ${what}`)
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  run(node, [vite, 'build', '--config', join(room, 'vite.config.ts'), '--logLevel', 'warn'], {
    env: toolEnv(node),
    shell: false,
  })
}

/** Does all of it and gives back the Node to go on with. */
export function setUp({ install }) {
  installPackages()
  const node = findNode()
  if (node === null) {
    fail(
      `Expected Node ${NEEDED} or later, got ${process.version}, and there is none in node_modules for ${process.platform} ${process.arch}. Install Node 24 and run this again`,
    )
  }
  installSystem(install)
  for (const page of PAGES) buildPage(node, page)
  return node
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const node = setUp({ install: process.argv.includes('--install') })
  console.log(
    `Ready: Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}, ${findChromium() ?? 'no Chromium'}`,
  )
}
