// `npm test`: sets up, then runs everything in the order that fails fastest, and ends with `N passed, N failed`.
// `npm test -- --fast` stops after the unit tests. Each step is run even if an earlier one failed, so that one run
// tells all.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { ROOT, toolEnv } from './node24.mjs'
import { setUp } from './setup.mjs'

const node = setUp({ install: process.argv.includes('--install') })
const env = { ...toolEnv(node), SUNHALL_CHROMIUM: findChromium() ?? '' }
const scratch = mkdtempSync(join(tmpdir(), 'sunhall-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
const skipped = []

function say(name, seconds, outcome) {
  console.log(`\n${outcome} ${name} (${seconds.toFixed(1)} s)\n`)
}

/** A command that passes or fails as one. */
function check(name, args) {
  const started = performance.now()
  const done = spawnSync(node, args, { cwd: ROOT, stdio: 'inherit', env })
  total[done.status === 0 ? 'passed' : 'failed'] += 1
  say(name, (performance.now() - started) / 1000, done.status === 0 ? 'passed:' : 'FAILED:')
}

/** A ring of tests, counted one by one from the runner's own report. */
function suite(name) {
  const started = performance.now()
  const report = join(scratch, `${name}.json`)
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const args = [
    vitest,
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const done = spawnSync(node, args, { cwd: ROOT, stdio: 'inherit', env })
  const said = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null
  const before = total.failed
  total.passed += said?.numPassedTests ?? 0
  total.failed += said?.numFailedTests ?? 0
  total.skipped += said?.numPendingTests ?? 0
  for (const file of said?.testResults ?? []) {
    for (const one of file.assertionResults)
      if (one.status === 'pending' || one.status === 'skipped') skipped.push(one.fullName)
  }
  // A file that can't be loaded, an error outside a test, or no test at all: nothing above has counted it.
  if (total.failed === before && (done.status !== 0 || (said?.numPassedTests ?? 0) === 0)) total.failed += 1
  say(name, (performance.now() - started) / 1000, done.status === 0 ? 'passed:' : 'FAILED:')
}

const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome')
check('format and lint', [biome, 'ci', '.'])
check('types', [join('.ci', 'types.mjs')])
suite('unit')
if (!process.argv.includes('--fast')) {
  suite('browser')
  suite('e2e')
}
rmSync(scratch, { recursive: true, force: true })
if (skipped.length > 0) console.log(`Skipped, each says why:\n${skipped.map((name) => `  ${name}`).join('\n')}`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed === 0 ? 0 : 1)
