// What report keys carry, over the fixture's rows: shown words only, and never more than the contract takes.
import { describe, expect, it } from 'vitest'
import { reportedObject } from '../../sync/contract/report.ts'
import { fixtureData } from '../../test/county/fixture-data.ts'
import type { ReportSubject } from '../navigation/report.ts'
import { createText } from '../text/text.ts'
import { assetSubject, contractSubject, debtSubject } from './holding-subjects.ts'
import {
  fundSubject,
  noticeSubject,
  paymentSubject,
  policySubject,
  projectSubject,
  voucherSubject,
} from './subjects.ts'

const VILLAGE = '431225204216'
const text = createText('zh')
const data = fixtureData()

async function here<T>(asked: Promise<{ state: 'here'; value: T } | { state: 'pending' | 'none' }>): Promise<T> {
  const answer = await asked
  if (answer.state !== 'here') throw new Error(`Expected an answer, got ${answer.state}`)
  return answer.value
}
function whole({ object }: ReportSubject) {
  return reportedObject.parse({ ...object, place: object.place ?? VILLAGE, release: 47 })
}
const valuesOf = (subject: ReportSubject) => whole(subject).snapshot.map(({ value }) => value)

describe('what a report key carries', () => {
  it('of a payment: fund, household, place, amount, status, day and origin, but no number of a person', async () => {
    const household = await here(data.household(VILLAGE, 1))
    const payment = household.years[0]?.payments[0]
    if (payment === undefined) throw new Error('Expected a payment in the fixture, got none')
    const subject = paymentSubject(text, payment, household.head.name, household.village)
    expect(valuesOf(subject)).toContain('441.00')
    expect(valuesOf(subject)).toContain(`${household.head.name} 户`)
    expect(whole(subject)).toMatchObject({ kind: 'payment', place: VILLAGE, origin: { row: payment.row.row } })
    expect(subject.names).toContain(household.head.name)
    expect(Object.keys(subject.object).sort()).toEqual(['kind', 'origin', 'place', 'snapshot'])
  })

  it('of a voucher, a project, a policy, a fund and a notice fits the contract', async () => {
    const month = await here(data.month(VILLAGE, null))
    const [entry] = month.entries
    const project = await here(data.project('XM-2025-031'))
    const policy = await here(data.policy('HT-2025-003'))
    const fund = await here(data.fund('F001', 2025))
    const [notice] = await here(data.notices(null))
    if (entry === undefined || notice === undefined) throw new Error('Expected an entry and a notice, got none')
    const subjects = [
      voucherSubject(text, entry, VILLAGE, month.village, await data.origin(entry.origin)),
      projectSubject(text, project, month.village, null),
      policySubject(text, policy.document, null),
      fundSubject(text, fund.fund, 2025),
      noticeSubject(text, notice),
    ]
    expect(subjects.map((subject) => whole(subject).kind)).toEqual(['voucher', 'project', 'policy', 'fund', 'notice'])
    for (const subject of subjects) expect(valuesOf(subject)).not.toContain('')
  })

  it('of an asset, a contract and a debt: what it is, where, its money and its origin', async () => {
    const village = await data.village(VILLAGE)
    const [[asset], [contract], [debt]] = await Promise.all([
      here(data.assets(VILLAGE)),
      here(data.contracts(VILLAGE)),
      here(data.debts(VILLAGE)),
    ])
    if (asset === undefined || contract === undefined || debt === undefined)
      throw new Error('Expected one of each, got fewer')
    const subjects = [
      assetSubject(text, asset, village, await data.origin(asset.origin)),
      contractSubject(text, contract, village, await data.origin(contract.origin)),
      debtSubject(text, debt, village, await data.origin(debt.origin)),
    ]
    expect(subjects.map((subject) => whole(subject).kind)).toEqual(['asset', 'contract', 'debt'])
    for (const subject of subjects) {
      expect(valuesOf(subject).join()).toContain('翁高村')
      expect(valuesOf(subject)).not.toContain('')
      expect(whole(subject).snapshot.some(({ label }) => label.includes('元'))).toBe(true)
      expect(whole(subject)).toMatchObject({ place: VILLAGE })
    }
  })

  it('is cut where a shown word is longer than a message takes', async () => {
    const [notice] = await here(data.notices(null))
    if (notice === undefined) throw new Error('Expected a notice, got none')
    expect(valuesOf(noticeSubject(text, { ...notice, title: '长'.repeat(900) }))[0]).toHaveLength(200)
  })
})
