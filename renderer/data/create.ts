// Composes the read side: one CountyData over one reader, for one release (P1). Nothing here asks the network (P3).

import type { PlaceCode } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import type { BlockReader } from '../../sync/store/interface.ts'
import { createCatalogue } from './catalogue.ts'
import type { CountyData } from './county-data.ts'
import { createFinance } from './finance.ts'
import { createFunds } from './funds.ts'
import { createHouseholds } from './households.ts'
import { createPlaces, villageIn } from './places.ts'
import { createPolicies } from './policies.ts'
import { projectByCode, projectsOf } from './projects.ts'
import { createShelf, here, NONE, once, PENDING } from './shelf.ts'

/**
 * @param own township of this terminal, whose villages come first in a search over the county; null where it has none.
 * Errors: E-DAMAGED and E-STORE of the reader come through; the screen offers to try again.
 */
export function createCountyData(reader: BlockReader, own: PlaceCode | null = null): CountyData {
  const shelf = createShelf(reader)
  const places = createPlaces(shelf)
  const catalogue = createCatalogue(shelf)
  const origins = async () => (await shelf.own('funds', COUNTY, 'origins')) ?? []
  const funds = createFunds(shelf, places, catalogue, origins)
  const households = createHouseholds(shelf, places, catalogue, origins)
  const finance = createFinance(shelf, places)
  const policies = createPolicies(shelf, catalogue)
  return {
    record: reader.record,
    places,
    village: async (code) => villageIn(await places(), code),
    async funds() {
      const rows = await catalogue.funds()
      return rows === null ? PENDING : rows.length === 0 ? NONE : here(rows)
    },
    fundsOf: funds.of,
    years: funds.years,
    fund: funds.fund,
    fundFlow: funds.flow,
    fundSpread: funds.spread,
    fundPayments: funds.payments,
    projects: (fund, year, village) => projectsOf(shelf, fund, year, village),
    project: (code) => projectByCode(shelf, code),
    households: households.wall,
    household: households.household,
    findName: (name) => households.findName(name, own),
    month: finance.month,
    assets: (village) => finance.holdings(village, 'assets'),
    contracts: (village) => finance.holdings(village, 'contracts'),
    debts: (village) => finance.holdings(village, 'debts'),
    policyTags: policies.tags,
    policyWords: once(() => policies.words(reader.record.dataUntil)),
    // Without a chosen day, "in force first" means on the last day the data reaches: no clock on the read side.
    policies: (query, limit) => policies.search(query, limit, reader.record.dataUntil),
    policy: policies.policy,
    async notices(place) {
      const rows = await shelf.own('notices', COUNTY, 'notices')
      if (rows === null) return PENDING
      const chosen = rows.filter((row) => place === null || row.place === COUNTY || place.startsWith(row.place))
      return chosen.length === 0 ? NONE : here(chosen.sort((a, b) => (a.date < b.date ? 1 : -1)))
    },
    async answer(label) {
      const rows = await shelf.own('notices', COUNTY, 'answers')
      if (rows === null) return PENDING
      const row = rows.find((one) => one.label === label)
      return row === undefined ? NONE : here(row)
    },
    origin: catalogue.origin,
    picture: (hash) => reader.media(hash),
  }
}
