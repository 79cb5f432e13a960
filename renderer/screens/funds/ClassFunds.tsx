// The funds of one class: those with money in this village first, then all the others.
import type { ReactNode } from 'react'
import type { FundRow } from '../../../sync/contract/rows.ts'
import { PaidRow, UnpaidRow } from './FundRows.tsx'
import type { PaidFund } from './FundsScreen.tsx'

export interface ClassFundsProps {
  name: string
  funds: readonly FundRow[]
  paid: readonly PaidFund[]
  year: number
  onFund: (fund: string) => void
}

export function ClassFunds(props: ClassFundsProps): ReactNode {
  const paid = props.paid.filter((entry) => entry.fund.class === props.name)
  const codes = new Set(paid.map((entry) => entry.fund.code))
  const others = props.funds.filter((fund) => fund.class === props.name && !codes.has(fund.code))
  return (
    <div>
      {paid.map((entry) => (
        <PaidRow key={entry.fund.code} entry={entry} onTap={() => props.onFund(entry.fund.code)} />
      ))}
      {others.map((fund) => (
        <UnpaidRow key={fund.code} fund={fund} year={props.year} onTap={() => props.onFund(fund.code)} />
      ))}
    </div>
  )
}
