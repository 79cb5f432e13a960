// What the first villager is likely to ask, asked beforehand while nobody waits: the blocks of the own township are at
// hand then, and the code that reads them has run. The first look-ups of a process take several times as long as later ones.
import type { PlaceCode } from '../../sync/contract/rows.ts'
import type { CountyData } from './county-data.ts'

/** Households looked up: after three or so a look-up takes what it will always take (docs/performance.md). */
const HOUSEHOLDS = 4

/** `isOver`: somebody has come, and asks for himself. Never fails: what fails here is met again, and told, by whoever asks. */
export async function warmUp(data: CountyData, own: PlaceCode | null, isOver: () => boolean): Promise<void> {
  try {
    await data.policyWords()
    const { villages } = await data.places()
    const village = villages.find(({ code }) => own === null || code.startsWith(own))
    const [year] = await data.years()
    if (village === undefined || year === undefined) return
    for await (const _ of asked(data, village.code, year)) if (isOver()) return
  } catch {
    // Nobody has asked, so nobody is told.
  }
}

/** One question after the other, each once the one before is answered and the next is wanted. */
async function* asked(data: CountyData, village: PlaceCode, year: number): AsyncGenerator<unknown> {
  const wall = await data.households(village)
  yield wall
  const heads = wall.state === 'here' ? wall.value.slice(0, HOUSEHOLDS) : []
  for (const { head } of heads) yield await data.household(village, head.number)
  const funds = await data.fundsOf(village, year)
  yield funds
  const [largest] = funds.state === 'here' ? funds.value : []
  if (largest !== undefined) yield await data.fundPayments(largest.fund.code, year, village)
  yield await data.month(village, null)
}
