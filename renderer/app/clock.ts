// The day and hour by the host's clock: the page's own clock plus the difference it saw when the host last spoke.
import { useEffect, useState } from 'react'
import type { HostState, TerminalProfile } from '../../sync/contract/host-api.ts'
import type { Day } from '../../sync/contract/rows.ts'

export interface Now {
  today: Day
  /** Local 'HH:MM'. */
  time: string
}

const two = (part: number): string => String(part).padStart(2, '0')

/** Local day and time of a moment in ms. */
export function nowOf(ms: number): Now {
  const at = new Date(ms)
  return {
    today: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  }
}

/** True inside the evening of the config; it may pass midnight. */
export function isEvening(evening: TerminalProfile['evening'], time: string): boolean {
  if (evening === null) return false
  const { from, to } = evening
  return from <= to ? from <= time && time < to : from <= time || time < to
}

const MINUTE_MS = 60_000

export function useNow(host: HostState | null): Now {
  const [now, setNow] = useState(() => nowOf(Date.now()))
  useEffect(() => {
    const ahead = host === null ? 0 : Date.parse(host.now) - Date.now()
    const look = () =>
      setNow((was) => {
        const next = nowOf(Date.now() + ahead)
        return next.today === was.today && next.time === was.time ? was : next
      })
    look()
    const timer = setInterval(look, MINUTE_MS)
    return () => clearInterval(timer)
  }, [host])
  return now
}
