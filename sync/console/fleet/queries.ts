// What the terminals' pages ask the office. The board is asked for again every half minute.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import {
  alarmList,
  board,
  type FleetSettings,
  issuedToken,
  terminalPage,
  usageReport,
} from '../../contract/console/fleet.ts'
import type { AskKind } from '../../contract/fleet.ts'
import { useApi } from '../parts/session.tsx'

export const FLEET = '/console/api/fleet'
const EVERY_MS = 30_000
const nothing = z.object({})

export function useBoard() {
  const api = useApi()
  return useQuery({
    queryKey: ['fleet', 'board'],
    queryFn: () => api.get(`${FLEET}/board`, board),
    refetchInterval: EVERY_MS,
  })
}

export function useTerminal(terminal: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['fleet', 'terminal', terminal],
    queryFn: () => api.get(`${FLEET}/terminals/${terminal}`, terminalPage),
    refetchInterval: EVERY_MS,
  })
}

export function useAlarms() {
  const api = useApi()
  return useQuery({
    queryKey: ['fleet', 'alarms'],
    queryFn: () => api.get(`${FLEET}/alarms`, alarmList),
    refetchInterval: EVERY_MS,
  })
}

export function useUsageReport(from: string, to: string, terminal: string) {
  const api = useApi()
  const place = terminal === '' ? '' : `&terminal=${terminal}`
  return useQuery({
    queryKey: ['fleet', 'usage', from, to, terminal],
    queryFn: () => api.get(`${FLEET}/usage?from=${from}&to=${to}${place}`, usageReport),
  })
}

/** Everything about the terminals is asked for again after a change. */
function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ['fleet'] }),
  })
}

export function useIssueToken(terminal: string) {
  const api = useApi()
  return useChange(() => api.post(`${FLEET}/terminals/${terminal}/token`, {}, issuedToken))
}

export function useRevoke(terminal: string) {
  const api = useApi()
  return useChange((why: string) => api.post(`${FLEET}/terminals/${terminal}/revoke`, { why }, nothing))
}

export function useAsk(terminal: string) {
  const api = useApi()
  return useChange((kind: AskKind) => api.post(`${FLEET}/terminals/${terminal}/ask`, { kind }, nothing))
}

export function useAcknowledge() {
  const api = useApi()
  return useChange(({ id, note }: { id: string; note: string }) =>
    api.post(`${FLEET}/alarms/${id}/acknowledge`, { note }, nothing),
  )
}

export function useSaveSettings() {
  const api = useApi()
  return useChange((settings: FleetSettings) => api.post(`${FLEET}/settings`, settings, nothing))
}
