// The places that the developer's page and the measuring test walk through: each screen in each state worth a look.
// One line a state: a name for the picture's file, and the link.
import type { Place } from '../../renderer/navigation/place.ts'

export interface Shown {
  name: string
  place: Place
}

const village = '431225204216'

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
]
