// The frame of a screen: masthead, dateline, what the screen shows (the only part that scrolls), keys of the screen,
// low bar. In landscape `aside` stands at the left and stays while the rest scrolls.
//
//   masthead 136 │ dateline 64 │ content … │ (往下滑，还有 N 个村) │ foot │ low bar 183
import { type ReactNode, useRef } from 'react'
import type { AskSubject } from '../navigation/report.ts'
import { useText } from '../text/use-text.tsx'
import { Dateline } from './Dateline.tsx'
import { useFrame } from './frame-value.tsx'
import { LowBar } from './LowBar.tsx'
import { Masthead } from './Masthead.tsx'
import { Pictogram } from './Pictogram.tsx'
import { useStanding } from './Standing.tsx'
import './screen.css'
import { useScrollMemory, useTopWhen } from './scroll-memory.ts'
import { useTap } from './tap.ts'
import { type Below, useBelow } from './use-below.ts'

export interface ScreenProps {
  /** Name of the screen, for tests and styles: the place's `screen`. */
  name: string
  children: ReactNode
  /** Title, sum, choices: above the rest in portrait, beside it in landscape. */
  aside?: ReactNode
  /** Keys fixed above the low bar. */
  foot?: ReactNode
  /** What the rows below are called in 往下滑，还有 N …: '笔', '个村'. Rows are the elements with `data-more`. */
  moreUnit?: string
  masthead?: ReactNode
  lowBar?: ReactNode
  /** What this screen is about: the report key of the low bar carries it. */
  subject?: AskSubject
  /** Whenever this changes the page starts from its top again (another township opened in place). */
  topWhen?: string
}

/** Within a visit the frame stands already (`Standing`), and this is the page in it. */
export function Screen(props: ScreenProps): ReactNode {
  const stands = useStanding(props.subject)
  if (stands) return <Page {...props} />
  return (
    <div className="screen" data-screen={props.name}>
      {props.masthead ?? <Masthead />}
      <Dateline />
      <Page {...props} />
      {props.lowBar ?? <LowBar {...(props.subject === undefined ? {} : { subject: props.subject })} />}
    </div>
  )
}

function Page(props: ScreenProps): ReactNode {
  const { scroll } = useFrame()
  const content = useRef<HTMLDivElement>(null)
  const below = useBelow(content)
  useScrollMemory(content, scroll)
  useTopWhen(content, props.topWhen)
  return (
    <div className="screen-page">
      <main className="screen-main">
        <div className="content" data-aside={props.aside === undefined ? undefined : ''} ref={content}>
          {props.aside === undefined ? null : <div className="content-aside">{props.aside}</div>}
          <div className="content-main">{props.children}</div>
        </div>
        {below === null ? null : (
          <MoreBar below={below} unit={props.moreUnit} onTap={() => scrollPage(content.current)} />
        )}
      </main>
      {props.foot === undefined ? null : <div className="screen-foot">{props.foot}</div>}
    </div>
  )
}

/** A tap on the bar scrolls by most of a page: for those who don't know that a page can be pushed. */
function scrollPage(content: HTMLElement | null): void {
  content?.scrollBy({ top: content.clientHeight * 0.8 })
}

function MoreBar(props: { below: Below; unit: string | undefined; onTap: () => void }): ReactNode {
  const text = useText()
  const tap = useTap(props.onTap)
  const count = props.below.rows
  const unit = props.unit ?? text('hall.moreRows')
  return (
    <button type="button" className="more-bar" {...tap}>
      <Pictogram name="down" />
      {count === 0 ? text('hall.moreContent') : text('hall.more', { count, unit })}
    </button>
  )
}
