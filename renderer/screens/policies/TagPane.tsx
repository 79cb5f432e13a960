// Kinds by tiles: one dimension after the other. Values of one dimension are alternatives, dimensions must all hold.
import type { ReactNode } from 'react'
import type { CountyData } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { Query } from './PoliciesScreen.tsx'

export function TagPane(props: { data: CountyData; query: Query; onChoose: (query: Query) => void }): ReactNode {
  const text = useText()
  const { data, query } = props
  const asked = useAnswer(() => data.policyTags(), [data])
  const toggle = (dimension: string, value: string): void => {
    const rest = query.tags.filter((tag) => tag.dimension !== dimension || tag.value !== value)
    const tags = rest.length === query.tags.length ? [...rest, { dimension, value }] : rest
    props.onChoose({ ...query, tags })
  }
  const has = (dimension: string, value: string): boolean =>
    query.tags.some((tag) => tag.dimension === dimension && tag.value === value)
  return (
    <Answered asked={asked}>
      {(dimensions) =>
        dimensions.map(({ dimension, values }) => (
          <section key={dimension} className="stack">
            <p className="strong">{text('policies.tagsHead', { dimension })}</p>
            <div className="policies-words">
              {values.map(({ value, count }) => (
                <Key
                  key={value}
                  word={value}
                  note={text('policies.tagCount', { count })}
                  chosen={has(dimension, value)}
                  onTap={() => toggle(dimension, value)}
                />
              ))}
            </div>
          </section>
        ))
      }
    </Answered>
  )
}
