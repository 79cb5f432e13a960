// What stands while a visit walks through its screens: masthead, dateline and low bar are drawn once a visit, and a step
// changes only the page between them. Half of what a tap would draw is thereby there already (P7).
import { createContext, type ReactNode, useCallback, useContext, useLayoutEffect, useRef } from 'react'
import { type AskSubject, NOTHING_PARTICULAR } from '../navigation/report.ts'
import { Dateline } from './Dateline.tsx'
import { LowBar } from './LowBar.tsx'
import { Masthead } from './Masthead.tsx'

/** Takes what the page on screen is about. */
type About = (subject: AskSubject) => void

const StandingContext = createContext<About | null>(null)

/** `name`: the place's screen, for tests and styles. */
export function Standing(props: { name: string; children: ReactNode }): ReactNode {
  const about = useRef<AskSubject>(nothing)
  const tell = useCallback((subject: AskSubject) => {
    about.current = subject
  }, [])
  const subject = useCallback(() => about.current(), [])
  return (
    <div className="screen" data-screen={props.name}>
      <Masthead />
      <Dateline />
      <StandingContext value={tell}>{props.children}</StandingContext>
      <LowBar subject={subject} />
    </div>
  )
}

/** Whether the frame stands already. Tells its report key what this page is about, for as long as the page is there. */
export function useStanding(subject: AskSubject = nothing): boolean {
  const tell = useContext(StandingContext)
  useLayoutEffect(() => {
    if (tell === null) return
    tell(subject)
    return () => tell(nothing)
  }, [tell, subject])
  return tell !== null
}

function nothing(): ReturnType<AskSubject> {
  return NOTHING_PARTICULAR
}
