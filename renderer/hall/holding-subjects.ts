// What a report key carries on the rows of 三资: an asset or resource, a contract, a debt. Shown words only. Pure.
import type { AssetRow, ContractRow, Day, DebtRow, OriginRow } from '../../sync/contract/rows.ts'
import type { Village } from '../data/county-data.ts'
import type { ReportSubject } from '../navigation/report.ts'
import { longDay } from '../text/dates.ts'
import type { Text } from '../text/text.ts'
import { quantity, yuan } from './money.ts'
import { fromOf, placed, type Shown, subject } from './subjects.ts'

export function assetSubject(
  text: Text,
  asset: AssetRow,
  village: Village | null,
  origin: OriginRow | null,
): ReportSubject {
  const value = asset.netValue ?? asset.originalValue
  const shown: Shown = [
    [text(asset.kind === 'asset' ? 'report.shown.asset' : 'report.shown.resource'), asset.name],
    [text('report.shown.place'), placed(village)],
    [text('report.shown.class'), asset.class],
    [text('report.shown.worth'), value === null ? '' : yuan(value)],
    [text('report.shown.area'), asset.area === null ? '' : text('finance.mu', { quantity: quantity(asset.area) })],
    [text('report.shown.boundaries'), asset.boundaries],
    [text('report.shown.user'), asset.user],
    [text('report.shown.number'), asset.number],
  ]
  return subject('asset', asset.village, shown, fromOf(asset, origin), [])
}

export function contractSubject(
  text: Text,
  contract: ContractRow,
  village: Village | null,
  origin: OriginRow | null,
): ReportSubject {
  const { start, end } = contract
  const shown: Shown = [
    [text('report.shown.contract'), contract.subject],
    [text('report.shown.place'), placed(village)],
    [text('report.shown.lessee'), contract.lessee],
    [text('report.shown.rent'), yuan(contract.yearlyRent)],
    [text('report.shown.owed'), yuan(contract.owed)],
    [text('report.shown.term'), [start, end].map((day) => written(text, day)).join(' – ')],
    [text('report.shown.number'), contract.number],
  ]
  return subject('contract', contract.village, shown, fromOf(contract, origin), [])
}

export function debtSubject(
  text: Text,
  debt: DebtRow,
  village: Village | null,
  origin: OriginRow | null,
): ReportSubject {
  const shown: Shown = [
    [text('report.shown.counterpart'), debt.counterpart],
    [text('report.shown.place'), placed(village)],
    [text('report.shown.why'), debt.reason],
    [text(debt.direction === 'receivable' ? 'report.shown.receivable' : 'report.shown.payable'), yuan(debt.amount)],
    [text('report.shown.day'), debt.date === null ? '' : written(text, debt.date)],
    [text('report.shown.dueDay'), debt.dueDate === null ? '' : written(text, debt.dueDate)],
    [text('report.shown.number'), debt.number],
  ]
  return subject('debt', debt.village, shown, fromOf(debt, origin), [])
}

function written(text: Text, day: Day | null): string {
  return day === null ? text('finance.dayUnknown') : longDay(day, text.language)
}
