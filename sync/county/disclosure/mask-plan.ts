// Decides which villages show a masked fund's rows and which totals are published, so that no subtraction, within a
// release or between two, leaves fewer than five payees (`domain.md`, masked funds; P5). Pure.
//
//   village, fund, year ── 5 payees ──► shown      its rows are published, and its money is in its group's total
//                       └─ fewer ────► counted    only in the total, with at least five such payees beside it
//                                   └► out        neither, until enough others stand beside it
//
// Invariants: shown and counted are for ever once published, and so are groups of townships; payees counted together,
// and payees added to what is counted by a later release, are none or at least five.
import { MASK_CROWD } from '../../contract/limits.ts'

export type MaskState = 'shown' | 'counted' | 'out'

/** Payees and money of one fund and year in one village. */
export interface MaskCell {
  village: string
  township: string
  payees: number
  /** Fen received. */
  amount: number
}
export interface EarlierDecisions {
  /** By village. */
  states: ReadonlyMap<string, 'shown' | 'counted'>
  groups: readonly (readonly string[])[]
}
export interface MaskGroup {
  townships: string[]
  payees: number
  amount: number
}
export interface FundPlan {
  states: Map<string, MaskState>
  groups: MaskGroup[]
}

/** The plan of one fund and year. `mayShow` is false for tier A and for villages without a crowd. */
export function planMask(
  cells: readonly MaskCell[],
  earlier: EarlierDecisions,
  mayShow: (village: string) => boolean,
): FundPlan {
  const states = new Map<string, MaskState>()
  for (const cell of cells) {
    const before = earlier.states.get(cell.village)
    states.set(cell.village, before ?? (cell.payees >= MASK_CROWD && mayShow(cell.village) ? 'shown' : 'out'))
  }
  const kept = earlier.groups.map((townships) => [...townships])
  for (const townships of kept) countWhereEnough(cellsIn(cells, townships), states)
  const grouped = new Set(kept.flat())
  const fresh = newGroups(cells.filter((cell) => !grouped.has(cell.township)))
  for (const townships of fresh) settleNewGroup(cellsIn(cells, townships), states, earlier)
  const groups = [...kept, ...fresh].map((townships) => totalOf(cells, townships, states))
  return { states, groups: groups.filter((group) => group.payees >= MASK_CROWD) }
}

/** Villages left out so far are counted once five payees of theirs come together. */
function countWhereEnough(cells: readonly MaskCell[], states: Map<string, MaskState>): void {
  const out = cells.filter((cell) => states.get(cell.village) === 'out')
  if (payeesOf(out) >= MASK_CROWD) for (const cell of out) states.set(cell.village, 'counted')
}

/** Townships in code order, merged until each group holds five payees; a rest joins the last group or stays out. */
function newGroups(cells: readonly MaskCell[]): string[][] {
  const townships = [...new Set(cells.map((cell) => cell.township))].sort()
  const groups: string[][] = []
  let open: string[] = []
  for (const township of townships) {
    open.push(township)
    if (payeesOf(cellsIn(cells, open)) >= MASK_CROWD) {
      groups.push(open)
      open = []
    }
  }
  groups.at(-1)?.push(...open)
  return groups
}

/** Where one to four payees would be the difference between a total and what is shown, the smallest village hides too. */
function settleNewGroup(cells: readonly MaskCell[], states: Map<string, MaskState>, earlier: EarlierDecisions): void {
  const out = cells.filter((cell) => states.get(cell.village) === 'out')
  const hidden = payeesOf(out)
  if (hidden > 0 && hidden < MASK_CROWD) {
    const shown = cells.filter((cell) => states.get(cell.village) === 'shown' && !earlier.states.has(cell.village))
    const [smallest] = shown.sort((a, b) => a.payees - b.payees || (a.village < b.village ? -1 : 1))
    if (smallest !== undefined) states.set(smallest.village, 'out')
  }
  countWhereEnough(cells, states)
}

function totalOf(cells: readonly MaskCell[], townships: string[], states: ReadonlyMap<string, MaskState>): MaskGroup {
  const inside = cellsIn(cells, townships).filter((cell) => states.get(cell.village) !== 'out')
  return {
    townships: [...townships].sort(),
    payees: payeesOf(inside),
    amount: inside.reduce((sum, cell) => sum + cell.amount, 0),
  }
}

function cellsIn(cells: readonly MaskCell[], townships: readonly string[]): MaskCell[] {
  return cells.filter((cell) => townships.includes(cell.township))
}

function payeesOf(cells: readonly MaskCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.payees, 0)
}
