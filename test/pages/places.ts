// The places that the developer's page and the measuring test walk through: each screen in each state worth a look.
// One line a state: a name for the picture's file, and the link.
import type { LinkedPlace } from '../../renderer/navigation/place.ts'

export interface Shown {
  name: string
  place: LinkedPlace
}

const village = '431225204216'
/** A fund with masked names, a project and an opened payment of the fixture. */
const MASKED = 'F058'
const PROJECT = 'XM-2025-031'
const OPENED = 'F001~2025-01~1~34~2025-04-28~1~37'

export const SHOWN: Shown[] = [
  { name: 'home', place: { screen: 'home' } },
  { name: 'place', place: { screen: 'place', tab: 'townships', township: null, letters: '', onward: 'funds' } },
  {
    name: 'place-township',
    place: { screen: 'place', tab: 'townships', township: '431225100', letters: '', onward: 'funds' },
  },
  { name: 'place-letters', place: { screen: 'place', tab: 'letters', township: null, letters: 'w', onward: 'funds' } },
  { name: 'notices', place: { screen: 'notices' } },
  { name: 'finance', place: { screen: 'finance', village, month: null } },
  { name: 'finance-months', place: { screen: 'finance-months', village } },
  {
    name: 'finance-class',
    place: { screen: 'finance-class', village, month: '2025-09', direction: 'expense', class: '公益支出' },
  },
  { name: 'voucher', place: { screen: 'voucher', village, month: '2025-09', voucher: '202509-001' } },
  { name: 'compare', place: { screen: 'compare', village, month: '2025-09' } },
  { name: 'finance-unpublished', place: { screen: 'finance', village, month: '1999-01' } },
  { name: 'voucher-gone', place: { screen: 'voucher', village, month: '2025-09', voucher: 'none' } },
  { name: 'holdings', place: { screen: 'holdings', village, tab: 'contracts' } },
  { name: 'holdings-assets', place: { screen: 'holdings', village, tab: 'assets' } },
  { name: 'holdings-debts', place: { screen: 'holdings', village, tab: 'debts' } },
  { name: 'picture', place: { screen: 'picture', hash: 'a'.repeat(64), caption: '水渠' } },
  { name: 'picture-not-kept', place: { screen: 'picture', hash: 'f'.repeat(64), caption: '水渠' } },
  { name: 'policies', place: { screen: 'policies', text: '', tags: [], on: null } },
  {
    name: 'policies-found',
    place: {
      screen: 'policies',
      text: '耕地',
      tags: [{ dimension: '领域', value: '农业' }],
      on: '2025-01-01',
    },
  },
  { name: 'policies-none', place: { screen: 'policies', text: '龙舟', tags: [], on: null } },
  { name: 'policy', place: { screen: 'policy', index: 'HT-2025-003', because: 'F001' } },
  { name: 'policy-plain', place: { screen: 'policy', index: 'HT-2024-104', because: null } },
  { name: 'policy-versions', place: { screen: 'policy-versions', left: 'HT-2023-005', right: 'HT-2025-003' } },
  { name: 'funds', place: { screen: 'funds', class: null, year: 2025 } },
  { name: 'funds-class', place: { screen: 'funds', class: '涉农', year: 2025 } },
  { name: 'fund-from', place: { screen: 'fund', fund: 'F001', year: 2025, question: 1 } },
  { name: 'fund-where', place: { screen: 'fund', fund: 'F001', year: 2025, question: 2 } },
  { name: 'fund-done', place: { screen: 'fund', fund: 'F001', year: 2025, question: 3 } },
  { name: 'fund-results', place: { screen: 'fund', fund: 'F001', year: 2025, question: 4 } },
  { name: 'fund-problems', place: { screen: 'fund', fund: 'F001', year: 2025, question: 5 } },
  { name: 'fund-unpublished', place: { screen: 'fund', fund: 'F003', year: 2025, question: 2 } },
  { name: 'fund-pending', place: { screen: 'fund', fund: 'F100', year: 2025, question: 1 } },
  { name: 'fund-masked', place: { screen: 'fund', fund: MASKED, year: 2025, question: 2 } },
  { name: 'spread-county', place: { screen: 'fund-spread', fund: 'F001', year: 2025, place: '431225' } },
  { name: 'spread-township', place: { screen: 'fund-spread', fund: 'F001', year: 2025, place: '431225204' } },
  { name: 'spread-village', place: { screen: 'fund-spread', fund: 'F001', year: 2025, place: village } },
  { name: 'spread-masked', place: { screen: 'fund-spread', fund: MASKED, year: 2025, place: '431225' } },
  { name: 'payments-groups', place: { screen: 'fund-payments', fund: 'F001', year: 2025, village, group: null } },
  { name: 'payments', place: { screen: 'fund-payments', fund: 'F001', year: 2025, village, group: '第3组' } },
  { name: 'project', place: { screen: 'project', project: PROJECT } },
  { name: 'households', place: { screen: 'households', village, group: null, surname: null } },
  { name: 'households-surnames', place: { screen: 'households', village, group: '第3组', surname: null } },
  { name: 'households-names', place: { screen: 'households', village, group: '第3组', surname: '粟' } },
  { name: 'household', place: { screen: 'household', village, head: 1, year: null, open: null } },
  { name: 'household-open', place: { screen: 'household', village, head: 1, year: 2025, open: OPENED } },
  { name: 'household-returned', place: { screen: 'household', village, head: 1, year: 2024, open: null } },
  { name: 'household-less', place: { screen: 'household', village, head: 1, year: 2023, open: null } },
  { name: 'source', place: { screen: 'source', village, head: 1, payment: OPENED } },
  { name: 'answers', place: { screen: 'answers' } },
  { name: 'masked-why', place: { screen: 'masked-why', fund: MASKED } },
]

/** Steps of a message, which no link leads to; and home on a terminal that takes none. */
export const STEPS: { name: string; query: string }[] = [
  { name: 'report-reason', query: '?report=reason' },
  { name: 'report-reason-none', query: '?report=reason&draft=none' },
  { name: 'report-details', query: '?report=details&draft=payment' },
  { name: 'report-details-named', query: '?report=details&draft=written' },
  { name: 'report-write', query: '?report=write&draft=written' },
  { name: 'report-look', query: '?report=look&draft=written' },
  { name: 'receipt', query: '?report=receipt' },
  { name: 'home-mute', query: '?mute' },
]

/** What is no place on the way; `letters`: whether the 字 key's sizes can reach it. */
export const STANDING: { name: string; letters: boolean }[] = [
  { name: 'attract', letters: false },
  { name: 'idle', letters: true },
  { name: 'technician', letters: false },
  { name: 'pin', letters: false },
  { name: 'setup', letters: false },
  { name: 'no-data', letters: false },
  { name: 'broken', letters: false },
]
