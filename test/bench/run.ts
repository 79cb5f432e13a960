// npm run bench: measures what the design's "Budgets" sets, in one run, and prints it as a table. It never fails on a
// figure: a shared machine is no place for a timed test. What each line means: docs/benchmarks.md.
import { spawn } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { SunhallError } from '../../sync/contract/errors.ts'
import { type BenchLine, tableOf } from './figures.ts'
import { benchImport } from './import.bench.ts'
import { benchLoad } from './load.ts'
import { benchMatch } from './match.bench.ts'
import { benchVisit } from './visit.bench.ts'

const HELP = `npm run bench [-- OPTIONS]

  --scale N     size of the county (default 1: 1.2 million payments; budgets hold at 1 only)
  --only PART   import, match, publish, load or visit alone
  --json        the last line is one JSON object

import: a CSV of payments beside SQLite's own bulk insert. match: payments against registers. publish: time and memory of a publication. load: releases into a store, look-ups, and other stores on the same rows.
visit: the built page of dist/renderer over a host and an office, with a slowed processor.
`
const PARTS = ['import', 'match', 'publish', 'load', 'visit'] as const
type Part = (typeof PARTS)[number]

const lines = z.array(z.custom<BenchLine>((value) => typeof value === 'object' && value !== null && 'what' in value))

/** In a process of its own, so that its memory is publication's and nobody else's. */
async function benchPublishApart(scale: number): Promise<BenchLine[]> {
  const args = ['--expose-gc', join(import.meta.dirname, 'publish.bench.ts'), String(scale), '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new SunhallError('E-STATE', `Expected the publication to be measured, it ended with ${code}`)
  return lines.parse(JSON.parse(out))
}

const RUNS: Record<Part, (scale: number) => Promise<BenchLine[]>> = {
  import: benchImport,
  match: benchMatch,
  publish: benchPublishApart,
  load: benchLoad,
  visit: benchVisit,
}

/** Errors: E-INPUT. */
function readArguments(): { scale: number; parts: readonly Part[]; json: boolean } {
  const { values } = parseArgs({
    options: {
      scale: { type: 'string', default: '1' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(HELP)
    process.exit(0)
  }
  const scale = Number(values.scale)
  if (!(scale > 0)) throw new SunhallError('E-INPUT', `Expected a size above 0, got --scale ${values.scale}`)
  const parts = PARTS.filter((part) => values.only === undefined || values.only === part)
  if (parts.length === 0)
    throw new SunhallError('E-INPUT', `Expected one of ${PARTS.join(', ')}, got --only ${values.only}`)
  return { scale, parts, json: values.json }
}

/** How busy the machine is with everything, ourselves included: figures of a busy one say little. */
const busy = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10

const { scale, parts, json } = readArguments()
const machine = { cores: cpus().length, node: process.versions.node, at: new Date().toISOString(), busyBefore: busy() }
console.log(`${machine.at}, ${machine.cores} cores, load ${machine.busyBefore} before the run, Node ${machine.node}`)
const found: Partial<Record<Part, BenchLine[]>> = {}
for (const part of parts) {
  const measured = await RUNS[part](scale)
  found[part] = measured
  console.log(`\n${part}, scale ${scale}\n${tableOf(measured)}`)
}
console.log(`\nload ${busy()} at the end`)
if (json) console.log(JSON.stringify({ scale, machine, ...found }))
