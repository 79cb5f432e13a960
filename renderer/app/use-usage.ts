// Follows the chart and tells the host what is to be counted. Nothing waits for it (P7).
import { useEffect } from 'react'
import type { UsageRequest } from '../../sync/contract/host-api.ts'
import { current } from '../navigation/way.ts'
import type { AppPorts } from './ports.ts'
import { counted, type Moment, NOTHING_SEEN } from './usage.ts'
import type { ChartRef, ChartState } from './use-chart.ts'

export function useUsage(ref: ChartRef, ports: Pick<AppPorts, 'count'>): void {
  useEffect(() => {
    let seen = NOTHING_SEEN
    const look = (state: ChartState): void => {
      const now = counted(seen, momentOf(state))
      seen = now.seen
      for (const event of now.events) ports.count(event)
    }
    look(ref.getSnapshot())
    const following = ref.subscribe(look)
    return () => following.unsubscribe()
  }, [ref, ports])
}

function momentOf(state: ChartState): Moment {
  const { id, place } = current(state.context.way)
  const inVisit = state.matches({ visit: 'active' }) || state.matches({ visit: 'warning' })
  const phase = inVisit ? 'visit' : state.matches({ visit: 'attract' }) ? 'attract' : 'other'
  return { phase, visit: state.context.visit, step: id, screen: place.screen }
}

/** ms after which a count is told although the page was never idle. */
const AT_LAST_MS = 2_000

/** A page without a host, as on a phone, counts nothing. Told when the page is idle: beginning a request takes time of the tap. */
export function tellHost(event: UsageRequest): void {
  const tell = (): void => {
    const headers = { 'content-type': 'application/json' }
    void fetch('/host/usage', { method: 'POST', body: JSON.stringify(event), headers }).catch(() => undefined)
  }
  requestIdleCallback(tell, { timeout: AT_LAST_MS })
}
