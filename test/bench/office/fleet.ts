// Simulated terminals through one publication: each asks in its own slot, as the engine's schedule says, for what a terminal
// one release behind asks for. Three hours pass in a minute; the requests are real, their answers are read and dropped.
import { Agent, get } from 'node:http'
import { paths, type ReleaseRecord } from '../../../sync/contract/release.ts'
import { nextSlot } from '../../../sync/core/schedule.ts'
import { quantile } from '../figures.ts'

/** As the delivered profiles have it. */
const EVERY_MINUTES = 180
const MINUTE = 60_000

export interface Spread {
  requests: number
  /** Requests in each simulated minute of the three hours. */
  perMinute: number[]
  /** ms of the answers. */
  p50: number
  p95: number
  bytes: number
  failed: number
}

/** Metadata by their versioned names, the record, and the delta from the release before. */
export function filesOf(record: ReleaseRecord, metadata: readonly string[]): string[] {
  const [delta] = record.deltas
  return [
    'metadata/timestamp.json',
    ...metadata,
    ...(delta === undefined ? [] : [paths.delta(record.root, delta.root)]),
  ]
}

/** `seconds`: what the three hours take here. */
export async function throughPublication(
  url: string,
  files: readonly string[],
  fleet: number,
  seconds: number,
): Promise<Spread> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const published = Date.UTC(2026, 10, 24, 2)
  const spread: Spread = { requests: 0, perMinute: Array(EVERY_MINUTES).fill(0), p50: 0, p95: 0, bytes: 0, failed: 0 }
  const ms: number[] = []
  const began = performance.now()
  const speed = (EVERY_MINUTES * MINUTE) / (seconds * 1_000)
  const terminal = async (slot: number): Promise<void> => {
    const { at } = nextSlot({
      everyMinutes: EVERY_MINUTES,
      slot,
      fleet,
      now: published,
      offsetMinutes: 480,
      largeLoads: [],
      pendingLarge: false,
      failures: 0,
      retryAfterSeconds: null,
      random: 0,
    })
    await new Promise((go) => setTimeout(go, (at - published) / speed))
    for (const file of files) {
      const start = performance.now()
      const minute = Math.floor(((start - began) * speed) / MINUTE)
      const bytes = await read(`${url}${file}`, agent)
      ms.push(performance.now() - start)
      spread.requests += 1
      spread.bytes += bytes
      if (bytes === 0) spread.failed += 1
      const at = Math.min(minute, EVERY_MINUTES - 1)
      spread.perMinute[at] = (spread.perMinute[at] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: fleet }, (_, slot) => terminal(slot)))
  agent.destroy()
  return { ...spread, p50: quantile(ms, 0.5), p95: quantile(ms, 0.95) }
}

/** Bytes of the body; 0 for what isn't answered with 200. */
function read(url: string, agent: Agent): Promise<number> {
  return new Promise((done) => {
    get(url, { agent }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => done(response.statusCode === 200 ? bytes : 0))
      response.on('error', () => done(0))
    }).on('error', () => done(0))
  })
}
