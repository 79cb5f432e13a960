// What a report key carries: the thing's shown words as a snapshot, its place, and where its figure came from (P8).
// Nothing goes in that the screen doesn't show. Pure.
import type { ObjectKind } from '../../sync/contract/report.ts'
import type {
  DocumentRow,
  EntryRow,
  FundCode,
  FundRow,
  NoticeRow,
  OriginRow,
  PlaceCode,
  ProjectRow,
  Sourced,
} from '../../sync/contract/rows.ts'
import type { CountyData, PaymentView, Village } from '../data/county-data.ts'
import { type AskSubject, NOTHING_PARTICULAR, type ReportSubject } from '../navigation/report.ts'
import { longDay } from '../text/dates.ts'
import type { Text } from '../text/text.ts'
import { yuan } from './money.ts'

/** Characters of one shown word that a snapshot keeps, at most (the contract's limit). */
const LONGEST = 200

export type Shown = readonly (readonly [label: string, value: string])[]

/** Labels with their shown words; empty ones are left out, long ones cut. Also for `holding-subjects.ts`. */
export function subject(
  kind: ObjectKind,
  place: PlaceCode | null,
  shown: Shown,
  from: From,
  names: string[],
): ReportSubject {
  const snapshot = shown
    .filter(([, value]) => value !== '')
    .map(([label, value]) => ({ label, value: [...value].slice(0, LONGEST).join('') }))
  const { origin, row } = from
  return {
    object: { kind, place, snapshot, origin: origin === null ? null : { file: origin.file.slice(0, LONGEST), row } },
    names: [...new Set(names)],
  }
}

interface From {
  origin: OriginRow | null
  row: number
}
const NOWHERE: From = { origin: null, row: 0 }
export const fromOf = (sourced: Sourced, origin: OriginRow | null): From => ({ origin, row: sourced.row })

export function placed(village: Village | null, group = ''): string {
  if (village === null) return ''
  return `${village.township.name} ${village.place.name} ${group}`.trim()
}

/** A payment as it stands under its household. `head`: the household's name; the payee's where it is another. */
export function paymentSubject(text: Text, payment: PaymentView, head: string, village: Village): ReportSubject {
  const { row, fund, person, origin } = payment
  const shown: Shown = [
    [text('report.shown.fund'), `${fund.name}，${text('hall.year', { year: row.date.slice(0, 4) })}`],
    [text('report.shown.household'), text('funds.household', { name: head })],
    [text('report.shown.payee'), person.name === head ? '' : person.name],
    [text('report.shown.place'), placed(village, person.group)],
    [text('report.shown.amount'), yuan(row.amount)],
    [text('report.shown.status'), text(`hall.status.${row.status}`)],
    [text('report.shown.day'), longDay(row.date, text.language)],
  ]
  return subject('payment', village.place.code, shown, fromOf(row, origin), [person.name, head])
}

export function voucherSubject(
  text: Text,
  entry: EntryRow,
  village: PlaceCode,
  named: Village | null,
  origin: OriginRow | null,
): ReportSubject {
  const shown: Shown = [
    [text('report.shown.voucher'), entry.summary],
    [text('report.shown.place'), placed(named)],
    [text(entry.direction === 'income' ? 'report.shown.income' : 'report.shown.expense'), yuan(entry.amount)],
    [text('report.shown.number'), entry.voucher],
    [text('report.shown.counterpart'), entry.counterpart],
    [text('report.shown.approver'), entry.approver],
    [text('report.shown.day'), longDay(entry.date, text.language)],
  ]
  return subject('voucher', village, shown, fromOf(entry, origin), [])
}

export function projectSubject(
  text: Text,
  project: ProjectRow,
  village: Village | null,
  origin: OriginRow | null,
): ReportSubject {
  const shown: Shown = [
    [text('report.shown.project'), project.name],
    [text('report.shown.place'), placed(village) || project.place],
    [text('report.shown.budget'), yuan(project.budget)],
    [text('report.shown.paid'), yuan(project.paid)],
    [text('report.shown.contractor'), project.contractor],
    [text('report.shown.number'), project.code],
  ]
  return subject('project', project.village || project.township || null, shown, fromOf(project, origin), [])
}

export function policySubject(text: Text, document: DocumentRow, origin: OriginRow | null): ReportSubject {
  const shown: Shown = [
    [text('report.shown.policy'), document.title],
    [text('report.shown.number'), document.number || document.index],
    [text('report.shown.issuer'), document.issuer],
  ]
  return subject('policy', null, shown, fromOf(document, origin), [])
}

/** A fund as a whole: also the only key that a masked list has, because its rows lead to nobody. */
export function fundSubject(text: Text, fund: FundRow, year: number): ReportSubject {
  const shown: Shown = [
    [text('report.shown.fund'), `${fund.name}，${text('hall.year', { year })}`],
    [text('report.shown.department'), fund.department],
  ]
  return subject('fund', null, shown, NOWHERE, [])
}

/** The fund of a list or a chart, asked for at the tap; nothing particular where it isn't published. */
export function askFund(text: Text, data: CountyData, fund: FundCode, year: number): AskSubject {
  return async () => {
    const found = await data.fund(fund, year)
    return found.state === 'here' ? fundSubject(text, found.value.fund, year) : NOTHING_PARTICULAR
  }
}

export function noticeSubject(text: Text, notice: NoticeRow): ReportSubject {
  const shown: Shown = [
    [text('report.shown.notice'), notice.title],
    [text('report.shown.day'), longDay(notice.date, text.language)],
  ]
  return subject('notice', notice.place, shown, NOWHERE, [])
}
