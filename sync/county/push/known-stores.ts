// The stores that the office has pushed to, so that what is withdrawn can be taken out of each. Never a credential: those
// come from the environment.
import { z } from 'zod'
import type { Office } from '../office.ts'
import { publishedRelease } from '../release/published.ts'
import { readSetting, type Service, writeSetting } from '../service/service.ts'

const NAME = 'push-stores'
const knownStore = z.strictObject({
  address: z.string(),
  endpoint: z.string().nullable(),
  region: z.string(),
  /** What was published at the last push that ended well; 0 where none did. */
  release: z.int().nonnegative(),
  /** When that was; '' where none did. */
  at: z.string(),
})
export type KnownStore = z.infer<typeof knownStore>

export async function knownStores(service: Service): Promise<KnownStore[]> {
  return z.array(knownStore).safeParse(await readSetting(service, NAME)).data ?? []
}

/** Those to which nothing was pushed since the last withdrawal: they may still hold what was withdrawn. */
export async function storesBehind({ dist, service }: Pick<Office, 'dist' | 'service'>): Promise<KnownStore[]> {
  const withdrawn = publishedRelease(dist)?.record.withdrawn ?? []
  // The release that withdraws has a higher number than all that it withdraws.
  const last = Math.max(0, ...withdrawn)
  return (await knownStores(await service())).filter(({ release }) => release <= last && withdrawn.length > 0)
}

/** Puts a store on the list, or what is new about it. */
export async function remember(service: Service, store: KnownStore): Promise<void> {
  const others = (await knownStores(service)).filter((one) => !isSame(one, store))
  const all = [...others, store].sort((a, b) => (a.address < b.address ? -1 : 1))
  await writeSetting(service, NAME, all)
}

/** Takes a store off the list: it is emptied by hand or given up. False where it isn't on it. */
export async function forgetStore(service: Service, address: string): Promise<boolean> {
  const all = await knownStores(service)
  const left = all.filter((one) => one.address !== address)
  if (left.length === all.length) return false
  await writeSetting(service, NAME, left)
  return true
}

type Place = Pick<KnownStore, 'address' | 'endpoint'>

export function isSame(a: Place, b: Place): boolean {
  return a.address === b.address && a.endpoint === b.endpoint
}
