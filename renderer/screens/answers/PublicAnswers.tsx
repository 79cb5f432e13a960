// Answers that are public: questions and suggestions of anyone, with what the office replied.
import type { ReactNode } from 'react'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function PublicAnswers(props: { data: CountyData; village: PlaceCode | null }): ReactNode {
  const text = useText()
  const { data, village } = props
  const asked = useAnswer(() => data.notices(village), [data, village])
  const answers = asked.state === 'here' ? asked.value.filter((notice) => notice.kind === 'answer') : []
  return (
    <section className="stack">
      <SectionHead title={text('answers.public')} />
      {answers.length === 0 ? <p className="second">{text('answers.publicNone')}</p> : null}
      {answers.map((notice) => (
        <article key={notice.id} className="answers-entry" data-more="">
          <h2>{notice.title}</h2>
          <p className="second">{longDay(notice.date, text.language)}</p>
          <p className="answers-text">{notice.body}</p>
        </article>
      ))}
    </section>
  )
}
