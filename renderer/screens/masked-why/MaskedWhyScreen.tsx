// Why some names are masked: one tap from every masked row and every household. The same words everywhere.
import type { ReactNode } from 'react'
import { Answered } from '../../hall/Answered.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { Ruled, SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './masked-why.css'

export function MaskedWhyScreen(props: ScreenProps<'masked-why'>): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => data.funds(), [data])
  return (
    <Screen name="masked-why" aside={<h1>{text('funds.whyTitle')}</h1>}>
      <Answered asked={asked}>
        {(funds) => {
          const fund = funds.find((row) => row.code === place.fund && row.masked)
          return fund === undefined ? null : (
            <Ruled tone="sun">
              <p className="strong">{text('funds.whyThis', { fund: fund.name })}</p>
              {fund.maskReason === '' ? null : <p>{fund.maskReason}</p>}
            </Ruled>
          )
        }}
      </Answered>
      <p>{text('funds.whyLaw')}</p>
      <Points icon="ticked" title={text('funds.whyShown')} says={[text('funds.whyShown1'), text('funds.whyShown2')]} />
      <Points icon="lock" title={text('funds.whyHidden')} says={[text('funds.whyHidden1'), text('funds.whyHidden2')]} />
      <p>{text('funds.whyHousehold')}</p>
      <Answered asked={asked}>
        {(funds) => (
          <section>
            <SectionHead title={text('funds.whyFunds')} />
            <ul className="masked-funds">
              {funds
                .filter((fund) => fund.masked)
                .map((fund) => (
                  <li key={fund.code} data-more="">
                    {fund.name}
                  </li>
                ))}
            </ul>
          </section>
        )}
      </Answered>
    </Screen>
  )
}

function Points(props: { icon: 'ticked' | 'lock'; title: string; says: readonly string[] }): ReactNode {
  return (
    <section>
      <SectionHead title={props.title} />
      <ul className="masked-points">
        {props.says.map((point) => (
          <li key={point}>
            <Pictogram name={props.icon} />
            {point}
          </li>
        ))}
      </ul>
    </section>
  )
}
