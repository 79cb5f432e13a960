// Four answers in one box: the release on screen, the next sync, the network, the age of the data.
import type { ReactNode } from 'react'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { daysBetween } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import { bytesInWords, clockTime } from './facts.ts'
import type { MachineView } from './TechnicianScreen.tsx'

export function Summary(props: MachineView): ReactNode {
  return (
    <div className="tech-summary">
      <ReleaseCell {...props} />
      <NextCell {...props} />
      <NetworkCell {...props} />
      <AgeCell {...props} />
    </div>
  )
}

function Cell(props: { name: string; figure: ReactNode; note: string; wrong?: boolean }): ReactNode {
  return (
    <p className="tech-cell">
      <span className="second">{props.name}</span>
      <span className="tech-figure" data-wrong={props.wrong === true ? '' : undefined}>
        {props.figure}
      </span>
      <span className="tech-note">{props.note}</span>
    </p>
  )
}

function ReleaseCell(props: MachineView): ReactNode {
  const text = useText()
  const { host, status } = props
  const shown = status?.shown ?? null
  if (shown === null) {
    const phase = text(`tech.phase.${status?.phase ?? 'starting'}`)
    return <Cell name={text('tech.release')} figure={text('tech.releaseNone')} note={phase} wrong />
  }
  const at = clockTime(shown.signedAt, host.now)
  const days = daysBetween(shown.signedAt.slice(0, 10), host.now.slice(0, 10))
  return (
    <Cell
      name={text('tech.release')}
      figure={text('tech.releaseNumber', { number: shown.number })}
      note={days < 0 ? text('tech.signedAt', { at }) : text('tech.signed', { at, days })}
    />
  )
}

function NextCell(props: MachineView): ReactNode {
  const text = useText()
  const { host, status } = props
  const schedule = host.profile?.schedule
  const hours = (schedule?.largeLoads ?? []).map((span) => `${span.from}–${span.to}`).join('、')
  const when = hours === '' ? text('tech.anyHour') : text('tech.onlyHours', { hours })
  const next = status?.nextSlot ?? null
  return (
    <Cell
      name={text('tech.next')}
      figure={next === null ? text('tech.nextNone') : clockTime(next, host.now)}
      note={text('tech.nextNote', { minutes: schedule?.everyMinutes ?? 0, hours: when })}
    />
  )
}

function NetworkCell(props: MachineView): ReactNode {
  const text = useText()
  const { host, status } = props
  const last = status?.last ?? null
  const note =
    last === null
      ? text('tech.neverSync')
      : text('tech.lastSync', {
          at: clockTime(last.at, host.now),
          bytes: bytesInWords(last.bytes),
          seconds: Math.max(1, Math.round(last.ms / 1_000)),
        })
  const word = { reachable: 'tech.reachable', unreachable: 'tech.unreachable', unknown: 'tech.unknown' } as const
  const figure = (
    <>
      <Pictogram name={host.office === 'unreachable' ? 'unplugged' : 'wifi'} />
      {text(word[host.office])}
    </>
  )
  return <Cell name={text('tech.network')} figure={figure} note={note} wrong={host.office === 'unreachable'} />
}

function AgeCell(props: MachineView): ReactNode {
  const text = useText()
  const { host, status } = props
  const shown = status?.shown ?? null
  const limit = host.profile?.staleAfterDays ?? 0
  const days = shown === null ? null : daysBetween(shown.dataUntil, host.now.slice(0, 10))
  return (
    <Cell
      name={text('tech.age')}
      figure={days === null ? text('tech.releaseNone') : text('tech.days', { days })}
      note={text('tech.ageNote', { days: limit })}
      wrong={days === null || days > limit}
    />
  )
}
