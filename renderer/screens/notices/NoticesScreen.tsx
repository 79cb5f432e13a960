// Notices, open days and published answers, newest first: read only, whole text.
import type { ReactNode } from 'react'
import type { NoticeRow } from '../../../sync/contract/rows.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Chip } from '../../hall/Chip.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { Fact } from '../../hall/Row.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { noticeSubject } from '../../hall/subjects.ts'
import { useAnswer } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './notices.css'

export function NoticesScreen(props: ScreenProps<'notices'>): ReactNode {
  const text = useText()
  const { data, visit } = props
  const asked = useAnswer(() => data.notices(visit.village), [data, visit.village])
  return (
    <Screen name="notices" moreUnit={text('notices.unit')}>
      <h1>{text('notices.title')}</h1>
      <Answered asked={asked}>
        {(notices) => notices.map((notice) => <Notice key={notice.id} notice={notice} />)}
      </Answered>
    </Screen>
  )
}

function Notice(props: { notice: NoticeRow }): ReactNode {
  const text = useText()
  const { notice } = props
  return (
    <article className="notice" data-more="">
      <p className="notice-over">
        <Chip
          tone="off"
          icon={notice.kind === 'open-day' ? 'calendar' : 'notice'}
          word={text(`notices.kind.${notice.kind}`)}
        />
        <span className="second">{longDay(notice.date, text.language)}</span>
      </p>
      <h2>{notice.title}</h2>
      <p className="notice-body">{notice.body}</p>
      <dl>
        {notice.time === '' ? null : <Fact name={text('notices.when')}>{notice.time}</Fact>}
        {notice.venue === '' ? null : <Fact name={text('notices.where')}>{notice.venue}</Fact>}
        {notice.contactPhone === '' ? null : <Fact name={text('notices.phone')}>{notice.contactPhone}</Fact>}
      </dl>
      <ReportKey subject={() => noticeSubject(text, notice)} word={text('hall.report')} layout="row" />
    </article>
  )
}
