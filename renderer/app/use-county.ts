// The release on screen: one reader, opened at the start and anew when the chart says so; the old one closes after.
//
//   opening ─► open │ empty │ failed ──10 s──► opening
import { useCallback, useEffect, useRef, useState } from 'react'
import { codeOf, type ErrorCode } from '../../sync/contract/errors.ts'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import type { OpenReader } from '../../sync/store/interface.ts'
import type { CountyData } from '../data/county-data.ts'

export interface OpenCounty {
  data: CountyData
  /** Until it is closed, cleaning spares its release. */
  reader: Pick<OpenReader, 'close'>
}
export type County =
  | { state: 'opening' }
  | { state: 'empty' }
  | { state: 'failed'; code: ErrorCode }
  | ({ state: 'open' } & OpenCounty)

/** ms before a store that couldn't be opened is tried again (P10). */
const RETRY_MS = 10_000

export type OpenData = (own: PlaceCode | null) => Promise<OpenCounty | null>

/** `own`: the terminal's township; undefined while not known, and nothing is opened yet. `open` opens anew; what is on screen stays until the new one is there. */
export function useCounty(openData: OpenData, own: PlaceCode | null | undefined): { county: County; open: () => void } {
  const [county, setCounty] = useState<County>({ state: 'opening' })
  const held = useRef<OpenCounty['reader'] | null>(null)
  const turn = useRef(0)
  const open = useCallback(() => {
    if (own === undefined) return
    turn.current += 1
    const mine = turn.current
    openData(own).then(
      (opened) => {
        // A later call has overtaken this one.
        if (mine !== turn.current) return opened?.reader.close()
        const before = held.current
        held.current = opened?.reader ?? null
        setCounty(opened === null ? { state: 'empty' } : { state: 'open', ...opened })
        // Answers under way may still read the old one; it goes when they are done.
        if (before !== null) setTimeout(() => before.close(), RETRY_MS)
      },
      (error: unknown) => {
        // What is on screen stays readable whatever happens to a newer one.
        if (mine === turn.current && held.current === null)
          setCounty({ state: 'failed', code: codeOf(error, 'E-STORE') })
      },
    )
  }, [openData, own])
  useEffect(open, [open])
  const failed = county.state === 'failed'
  useEffect(() => {
    if (!failed) return
    const timer = setInterval(open, RETRY_MS)
    return () => clearInterval(timer)
  }, [failed, open])
  return { county, open }
}
