// Publication of invented payments: time, memory, bytes, and what one changed village costs. A process of its own, so that
// its memory is publication's: node --expose-gc test/bench/office/publish.bench.ts ROWS; the last line is JSON.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import { type PublishFigures, publishRelease } from '../../../sync/publish/publish.ts'
import type { ReleaseSource, VillageRows } from '../../../sync/publish/source.ts'
import { makeRoot } from '../../../sync/publish/tuf.ts'
import { fakeKeys } from '../../county/fake-county.ts'
import type { ArraySource } from '../../county/small-source.ts'
import type { Unit } from '../figures.ts'
import { CORRECTION_ROWS, type Correction } from '../invented-county.ts'
import { type BenchCounty, benchCounty } from '../store/releases.ts'

export interface PublishMeasured {
  rows: number
  lines: [metric: string, value: number, unit: Unit][]
}
interface Published {
  record: ReleaseRecord
  figures: PublishFigures
  /** Publication's own, what making the rows took being off. */
  ms: number
  buildMs: number
  cpuMs: number
}

async function measure(rows: number): Promise<PublishMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-publish-'))
  try {
    const keys = fakeKeys()
    const now = new Date(Date.now() - 60_000)
    const signing = { root: makeRoot(keys, { sample: true, now }), release: keys.release, timestamp: keys.timestamp }
    const county = benchCounty(rows)
    const publish = (number: number, corrections: readonly Correction[], previous: ReleaseRecord | null) =>
      timed(county.source(corrections), (source) =>
        publishRelease({ dist: join(folder, 'dist'), keys: signing, now, source, number, previous }),
      )
    const heap = watchMemory()
    const first = await publish(1, [], null)
    const megabytes = heap.stop()
    const village = { villages: county.villages.slice(0, 1), rows: CORRECTION_ROWS, month: null }
    const second = await publish(2, [village], first.record)
    return { rows: county.rows, lines: linesOf(county, first, second, megabytes) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function linesOf(
  county: BenchCounty,
  first: Published,
  second: Published,
  megabytes: number,
): PublishMeasured['lines'] {
  return [
    ['publication, all files new', first.ms, 'ms'],
    ['publication: blocks and tree', first.buildMs, 'ms'],
    ['publication: processor time, all threads', first.cpuMs, 'ms'],
    ['publication: memory', megabytes, 'MB'],
    ['publication: highest memory of the process', process.resourceUsage().maxRSS / 1e3, 'MB'],
    ['publication: wire', first.figures.wireBytes / 1e6, 'MB'],
    ['publication: wire a row', first.figures.wireBytes / county.rows, 'B'],
    ['publication: raw', first.figures.rawBytes / 1e6, 'MB'],
    ['publication: blocks', first.figures.blocks, 'count'],
    ['publication, one village changed', second.ms, 'ms'],
    ['publication, one village changed: processor time', second.cpuMs, 'ms'],
    ['publication, one village changed: new blocks', second.figures.newBlocks, 'count'],
    ['publication, one village changed: delta', (second.record.deltas[0]?.wire ?? 0) / 1e3, 'kB'],
  ]
}

/** With a clock on the source: making invented rows isn't publication. Reading them from a database: `screen`. */
async function timed(
  source: ArraySource,
  publish: (source: ReleaseSource) => Promise<{ record: ReleaseRecord; figures: PublishFigures }>,
): Promise<Published> {
  let ms = 0
  let cpuMs = 0
  const villageRows = (village: string): VillageRows => {
    const [start, cpuStart] = [performance.now(), cpu()]
    const rows = source.villageRows(village)
    ms += performance.now() - start
    cpuMs += cpu() - cpuStart
    return rows
  }
  const before = cpu()
  const done = await publish({ ...source, villageRows })
  const { figures } = done
  return { ...done, ms: figures.ms - ms, buildMs: figures.buildMs - ms, cpuMs: cpu() - before - cpuMs }
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
    stop() {
      clearInterval(timer)
      look()
      return (highest - before) / 1e6
    },
  }
}

if (import.meta.main) console.log(JSON.stringify(await measure(Number(process.argv[2]))))
