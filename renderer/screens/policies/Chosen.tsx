// What is being looked for, part by part; a tap takes a part away.
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { Query } from './PoliciesScreen.tsx'
import { queryWords } from './words.ts'

export function Chosen(props: { query: Query; onChange: (query: Query) => void }): ReactNode {
  const text = useText()
  const { query, onChange } = props
  const words = queryWords(query.text)
  const parts = words.length + query.tags.length + (query.on === null ? 0 : 1)
  return (
    <section className="stack" aria-label={text('policies.chosen')}>
      <p className="second">{text('policies.chosen')}</p>
      <div className="policies-chosen">
        {words.map((word, at) => (
          <Key
            key={word}
            word={word}
            after="cross"
            onTap={() => onChange({ ...query, text: words.toSpliced(at, 1).join(' ') })}
          />
        ))}
        {query.tags.map((tag, at) => (
          <Key
            key={`${tag.dimension} ${tag.value}`}
            icon="tag"
            word={tag.value}
            after="cross"
            onTap={() => onChange({ ...query, tags: query.tags.toSpliced(at, 1) })}
          />
        ))}
        {query.on === null ? null : (
          <Key
            icon="calendar"
            word={text('policies.onDay', { day: longDay(query.on, text.language) })}
            after="cross"
            onTap={() => onChange({ ...query, on: null })}
          />
        )}
        {parts < 2 ? null : (
          <Key
            icon="erase"
            word={text('policies.clear')}
            onTap={() => onChange({ ...query, text: '', tags: [], on: null })}
          />
        )}
      </div>
    </section>
  )
}
