// The funds that rest on a policy; each row leads to the fund.
import type { ReactNode } from 'react'
import type { FundCode, FundRow } from '../../../sync/contract/rows.ts'
import { WayRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'

export function Funds(props: { funds: readonly FundRow[]; onFund: (fund: FundCode) => void }): ReactNode {
  const text = useText()
  return (
    <section>
      <SectionHead
        title={text('policies.fundsHead')}
        note={text('policies.fundsNote', { count: props.funds.length })}
      />
      {props.funds.map((fund) => (
        <WayRow
          key={fund.code}
          title={fund.name}
          meta={
            <>
              <span>{fund.department}</span>
              <span>{fund.class}</span>
            </>
          }
          onTap={() => props.onFund(fund.code)}
        />
      ))}
    </section>
  )
}
