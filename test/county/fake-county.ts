// A county office in a folder: fresh sample keys, real publication of the small county, further releases, and the means
// to mount attacks on what it serves (`attacks.ts`). Real files, real signatures; only the data is invented.
import { join } from 'node:path'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { newSigner, type Signer } from '../../sync/publish/keys.ts'
import { type PublishOptions, publishRelease } from '../../sync/publish/publish.ts'
import { makeRoot, refreshTimestamp } from '../../sync/publish/tuf.ts'
import { type SmallCounty, smallCounty, smallSource } from './small-source.ts'

export interface FakeKeys {
  root: Signer[]
  release: Signer
  timestamp: Signer
  config: Signer
}
export interface FakeCounty {
  /** Distribution folder; any static server over it is the office's. */
  readonly dist: string
  readonly keys: FakeKeys
  /** Text of the root metadata: what a terminal trusts first. */
  readonly root: string
  /** Published so far, oldest first. */
  readonly records: ReleaseRecord[]
  /** The county's rows; change them before the next release. */
  small: SmallCounty
  /** Date of the next signature; each release moves it on by a day. */
  now: Date
  publish(options?: Partial<PublishOptions>): Promise<ReleaseRecord>
  /** Changes some amounts of 2026 in one village and publishes. */
  publishChanged(village?: string): Promise<ReleaseRecord>
  /** Signs the timestamp anew, as the office does daily. */
  refresh(): void
}

const DAY_MS = 86_400_000

export function fakeKeys(): FakeKeys {
  const signer = (): Signer => newSigner().signer
  return { root: [signer(), signer(), signer()], release: signer(), timestamp: signer(), config: signer() }
}

/**
 * A county without a release yet. `folder`: an empty scratch folder. `now`: the first signature's date, ten days before
 * the machine's clock where not given, so that several releases have room before it.
 */
export function fakeCounty(
  folder: string,
  options: { now?: Date; sample?: boolean; keys?: FakeKeys } = {},
): FakeCounty {
  const keys = options.keys ?? fakeKeys()
  const now = options.now ?? new Date(Date.now() - 10 * DAY_MS)
  const dist = join(folder, 'dist')
  const root = makeRoot(keys, { sample: options.sample ?? true, now })
  const small = smallCounty()
  small.dataUntil = now.toISOString().slice(0, 10)
  const county: FakeCounty = {
    dist,
    keys,
    root,
    records: [],
    small,
    now,
    publish: async (rest = {}) => {
      const previous = county.records.at(-1) ?? null
      const number = (previous?.number ?? 0) + 1
      const source = smallSource(county.small)
      const signing = { root, release: keys.release, timestamp: keys.timestamp }
      const published = await publishRelease({
        source,
        dist,
        keys: signing,
        number,
        previous,
        now: county.now,
        ...rest,
      })
      county.records.push(published.record)
      county.now = new Date(county.now.getTime() + DAY_MS)
      return published.record
    },
    publishChanged: (village = '431225100201') => {
      changeAmounts(county.small, village)
      return county.publish()
    },
    refresh: () => refreshTimestamp(dist, keys.timestamp, county.now),
  }
  return county
}

/** Adds a yuan to each tenth payment of this year in one village. */
export function changeAmounts(small: SmallCounty, village: string): void {
  const rows = small.villages.get(village)
  if (rows === undefined) throw new Error(`The small county has no village ${village}`)
  const open = rows.payments.filter(({ date }) => date.startsWith('2026'))
  const chosen = new Set(open.filter((_, at) => at % 10 === 0))
  rows.payments = rows.payments.map((row) => (chosen.has(row) ? { ...row, amount: row.amount + 100 } : row))
}
