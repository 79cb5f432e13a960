// The sample county: deterministic, lazy, and visibly invented. The same seed, scale and day give the same rows on every
// machine; 1.2 million payments are made one village at a time.
//
//   frame (places, sizes) ─► projects ─► payments ─► allocations (sums of the payments)
//                       └─► policies (versions by year) ─┘
import type { FundsRow, SampleCounty, TableName, Tables } from '../tables.ts'
import { allocationsOf, type Paid, paidOf } from './allocations.ts'
import { fileNames } from './files.ts'
import { type Frame, frameOf, placesOf, type SampleOptions } from './frame.ts'
import { FUND_PLANS } from './fund-plan.ts'
import { assetsOf, contractsOf, debtsOf } from './holdings.ts'
import { ledgerOf } from './ledger.ts'
import { noticesOf } from './notices.ts'
import { paymentsOf } from './payments.ts'
import { departmentPhones, phonesOf, type SamplePhone } from './phones.ts'
import { readPictures } from './pictures.ts'
import { type Policies, policiesOf, wordsOf } from './policies.ts'
import { projectsOf } from './projects.ts'

/** The catalogue as shipped, with the sample's standards, words, policies and phones laid over it. */
function fundsOf(frame: Frame, policies: Policies): FundsRow[] {
  return frame.funds.map((fund, i) => {
    const plan = FUND_PLANS[i]
    const phones = departmentPhones(frame, fund.department)
    const standard = Math.round((plan?.standards[2] ?? 0) * 100)
    return {
      ...fund,
      ...wordsOf(plan?.policy ?? ''),
      standard: standard > 0 ? standard : null,
      policy: policies.indexOf(fund.code),
      contactPhone: phones.contact,
      complaintPhone: phones.complaint,
    }
  })
}

type Makers = { [T in TableName]: () => Iterable<Tables[T]> }

/**
 * Rows by table and pictures by hash. Pure of clock and chance: `today` (last day that data reaches) is an argument.
 * Persons are invented and no ID number has a valid check digit (P5).
 */
export function sampleCounty(options: SampleOptions): SampleCounty {
  const frame = frameOf(options)
  const pictures = readPictures()
  const policies = policiesOf(frame)
  const projects = projectsOf(frame, pictures)
  const payments = (): Iterable<Tables['payments']> => paymentsOf(frame, projects, policies.refOf)
  let paid: Paid | null = null
  const makers: Makers = {
    places: () => placesOf(frame),
    funds: () => fundsOf(frame, policies),
    policies: () => policies.rows,
    allocations() {
      // One pass over the payments, kept: allocations are their sums.
      paid ??= paidOf(payments())
      return allocationsOf(frame, paid)
    },
    projects: () => [...projects.values()].flat().map((project) => project.row),
    payments,
    ledger: () => ledgerOf(frame, pictures),
    assets: () => assetsOf(frame),
    contracts: () => contractsOf(frame),
    debts: () => debtsOf(frame),
    notices: () => noticesOf(frame),
  }
  return {
    rows: (table) => makers[table](),
    pictures: () => pictures.all(),
    fileOf: fileNames(frame),
  }
}

/** The office's approved telephone list of the sample (P5): every number that its public fields hold. */
export function samplePhones(options: SampleOptions): SamplePhone[] {
  return phonesOf(frameOf(options))
}
