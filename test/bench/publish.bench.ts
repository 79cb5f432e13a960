// Publication of 1.2 million payment rows: time, memory over the start, bytes a row, and what a change costs.
// Run: node --expose-gc test/bench/publish.bench.ts [scale] [--json]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { buildBlocks } from '../../sync/publish/build.ts'
import { type PublishFigures, publishRelease } from '../../sync/publish/publish.ts'
import type { ReleaseSource, VillageRows } from '../../sync/publish/source.ts'
import { makeRoot } from '../../sync/publish/tuf.ts'
import { fakeKeys } from '../county/fake-county.ts'
import type { ArraySource } from '../county/small-source.ts'
import { type BenchLine, lineMaker, tableOf } from './figures.ts'
import { CORRECTION_ROWS, inventedCounty } from './invented-county.ts'

/** Publishes twice: everything, then one month of one township changed. */
export async function benchPublish(scale = 1): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-bench-'))
  try {
    const keys = fakeKeys()
    const now = new Date(Date.now() - 60_000)
    const signing = { root: makeRoot(keys, { sample: true, now }), release: keys.release, timestamp: keys.timestamp }
    const common = { dist: join(folder, 'dist'), keys: signing, now }
    const villages = inventedCounty(scale).villages('431225100')
    const correction = { villages, rows: CORRECTION_ROWS, month: '2026-06' }
    const source = timed(inventedCounty(scale))
    const heap = watchMemory()
    const before = cpu()
    const first = await publishRelease({ ...common, source: source.source, number: 1, previous: null })
    const megabytes = heap.stop()
    const firstMs = source.ms()
    const cpuMs = cpu() - before - source.cpuMs()
    const next = timed(inventedCounty(scale, [correction]))
    const second = await publishRelease({ ...common, source: next.source, number: 2, previous: first.record })
    const own = {
      first: first.figures.ms - firstMs,
      second: second.figures.ms - next.ms(),
      build: first.figures.buildMs - firstMs,
    }
    return lines(scale, first, second, { megabytes, cpuMs, ...own }, await kindsOf(source.source))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Published {
  record: ReleaseRecord
  figures: PublishFigures
}

function lines(
  scale: number,
  first: Published,
  second: Published,
  own: { megabytes: number; cpuMs: number; first: number; second: number; build: number },
  kinds: Map<string, number>,
): BenchLine[] {
  const rows = z.number().parse(first.record.kinds.payments)
  const line = lineMaker(scale)
  return [
    line('payment rows', rows, 'rows'),
    line('publication from memory, all files new', own.first, 'ms', 2_000),
    line('  processor time, all threads', own.cpuMs, 'ms'),
    line('  of which blocks and tree', own.build, 'ms'),
    line('publication, 1,000 rows of a township’s month changed', own.second, 'ms', 2_000),
    line('memory over the start', own.megabytes, 'MB', 400),
    line('highest memory of the process', process.resourceUsage().maxRSS / 1e3, 'MB'),
    line('wire, payments with indexes', first.figures.wireBytes / 1e6, 'MB', 6),
    line('wire a row', first.figures.wireBytes / rows, 'B'),
    line('raw on the terminal’s disk', first.figures.rawBytes / 1e6, 'MB'),
    line('blocks', first.figures.blocks, 'blocks'),
    line('delta of one township’s month', (second.record.deltas[0]?.wire ?? 0) / 1e3, 'kB'),
    ...[...kinds].map(([kind, bytes]) => line(`  raw of ${kind}`, bytes / 1e6, 'MB')),
  ]
}

async function kindsOf(source: ReleaseSource): Promise<Map<string, number>> {
  const kinds = new Map<string, number>()
  for (const { leaf } of await buildBlocks(source)) kinds.set(leaf[0], (kinds.get(leaf[0]) ?? 0) + leaf[5])
  return kinds
}

/** The source with a clock on it: making invented rows isn't publication. A database's time: the office's benchmark. */
function timed(source: ArraySource): { source: ReleaseSource; ms(): number; cpuMs(): number } {
  let sum = 0
  let cpuSum = 0
  const villageRows = (village: string): VillageRows => {
    const start = performance.now()
    const cpuStart = cpu()
    const rows = source.villageRows(village)
    sum += performance.now() - start
    cpuSum += cpu() - cpuStart
    return rows
  }
  return { source: { ...source, villageRows }, ms: () => sum, cpuMs: () => cpuSum }
}

/** ms of processor time that this process has used so far: what a busy machine leaves as it is. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e3
}

/** Highest resident memory over the start, in MB. */
function watchMemory(): { stop(): number } {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let highest = before
  const look = (): void => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }
  const timer = setInterval(look, 20)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return (highest - before) / 1e6
    },
  }
}

if (process.argv[1]?.endsWith('publish.bench.ts')) {
  const measured = await benchPublish(Number(process.argv[2] ?? 1))
  console.log(process.argv.includes('--json') ? JSON.stringify(measured) : tableOf(measured))
}
