// The numbers of the first question's picture: shares of each level, and where the own share stands. Pure.
import type { Fen, PlaceCode } from '../../../sync/contract/rows.ts'
import type { FlowStep, FundFlow } from '../../data/county-data.ts'

export interface PlaceShare {
  code: PlaceCode
  name: string
  amount: Fen
  own: boolean
}
/** Where the own share stands in its level, in thousandths of the whole width. */
export interface Span {
  start: number
  end: number
}

export function stepOf(flow: FundFlow, level: FlowStep['level']): FlowStep | null {
  return flow.steps.find((step) => step.level === level) ?? null
}

/** Shares of a level by receiving place, the own one marked. */
export function sharesOf(step: FlowStep, own: PlaceCode | undefined): PlaceShare[] {
  return step.places
    .filter(({ amount }) => amount > 0)
    .map(({ place, amount }) => ({ code: place.code, name: place.name, amount, own: place.code === own }))
}

/** null where the own share isn't published. */
export function ownSpan(shares: readonly PlaceShare[]): Span | null {
  const total = shares.reduce((sum, share) => sum + share.amount, 0)
  const at = shares.findIndex((share) => share.own)
  const own = shares[at]
  if (own === undefined || total <= 0) return null
  const before = shares.slice(0, at).reduce((sum, share) => sum + share.amount, 0)
  return { start: (before * 1000) / total, end: ((before + own.amount) * 1000) / total }
}

/** How many times the last level is drawn larger than the own piece of the level above it. */
export function magnification(span: Span): number {
  return Math.max(1, Math.round(1000 / (span.end - span.start)))
}

/** Whole percent of each share, adding up to 100: the largest takes what rounding leaves. */
export function percents(amounts: readonly Fen[]): number[] {
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  if (total <= 0) return amounts.map(() => 0)
  const rounded = amounts.map((amount) => Math.round((amount * 100) / total))
  const largest = amounts.indexOf(Math.max(...amounts))
  const rest = 100 - rounded.reduce((sum, percent) => sum + percent, 0)
  return rounded.map((percent, at) => (at === largest ? percent + rest : percent))
}
