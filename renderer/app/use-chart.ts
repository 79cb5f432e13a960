// Runs the chart and does what it says; the chart itself touches nothing.
import { useActorRef, useSelector } from '@xstate/react'
import { useCallback, useEffect, useLayoutEffect } from 'react'
import type { ActorRefFrom, SnapshotFrom } from 'xstate'
import type { TerminalProfile } from '../../sync/contract/host-api.ts'
import { type ChartInput, chart } from '../navigation/chart.ts'
import { forget } from './forget.ts'
import type { AppPorts } from './ports.ts'

export type ChartRef = ActorRefFrom<typeof chart>
export type ChartState = SnapshotFrom<typeof chart>

/** Until a profile is known nobody can start a visit; these only need to be sane. */
const BEFORE: ChartInput = { warnAfterSeconds: 60, resetAfterSeconds: 15, ownVillage: null }

export function useChart(ports: AppPorts): { ref: ChartRef; state: ChartState } {
  const ref = useActorRef(chart, { input: BEFORE })
  const state = useSelector(ref, (snapshot) => snapshot)
  return useObeyed(ref, state, ports)
}

function useObeyed(ref: ChartRef, state: ChartState, ports: AppPorts): { ref: ChartRef; state: ChartState } {
  useEffect(() => {
    // The actor has started before this effect: what it said at boot is done here.
    forget(ports.page)
    ports.sync.post({ type: 'rest' })
    const said = [
      ref.on('forget', () => forget(ports.page)),
      ref.on('rest', () => {
        ports.sync.post({ type: 'rest' })
        ports.program.look()
      }),
      ref.on('visit', () => ports.sync.post({ type: 'visit' })),
      ref.on('apply-app', () => ports.program.apply()),
      ref.on('close-maintenance', () => void ports.host.maintenance({ action: 'close' }).catch(() => undefined)),
    ]
    return () => {
      for (const stop of said) stop.unsubscribe()
    }
  }, [ref, ports])
  return { ref, state }
}

/** Tells the chart of the profile whenever what matters to it has changed. */
export function useProfile(ref: ChartRef, profile: TerminalProfile | null): void {
  const warn = profile?.idle.warnAfterSeconds
  const reset = profile?.idle.resetAfterSeconds
  const village = profile?.village
  const tell = useCallback(() => {
    if (warn === undefined || reset === undefined || village === undefined) return
    const ownVillage = village === '' ? null : village
    ref.send({ type: 'profile', input: { warnAfterSeconds: warn, resetAfterSeconds: reset, ownVillage } })
  }, [ref, warn, reset, village])
  // Before anything is painted with it: else a quick first tap would be undone by the reset that follows.
  useLayoutEffect(tell, [tell])
}
