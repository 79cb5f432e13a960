// The years with payments, always in sight: which year is read is a choice, never a guess.
import type { ReactNode } from 'react'
import type { CountyData } from '../../data/county-data.ts'
import { Key } from '../../hall/Key.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'

export function YearKeys(props: { data: CountyData; year: number; onYear: (year: number) => void }): ReactNode {
  const text = useText()
  const published = useValue(() => props.data.years(), [props.data]) ?? []
  const years = published.includes(props.year) ? published : [props.year, ...published]
  return (
    <div className="funds-years">
      {years.map((year) => (
        <Key
          key={year}
          word={text('hall.year', { year })}
          chosen={year === props.year}
          onTap={() => props.onYear(year)}
        />
      ))}
    </div>
  )
}
