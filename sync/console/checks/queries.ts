// What the checks' page asks the office.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import {
  type CheckSettings,
  checkOverview,
  findingPage,
  type JustifyRequest,
  justifyAnswer,
} from '../../contract/console/checks.ts'
import { jobSchema } from '../../contract/console/jobs.ts'
import { useApi } from '../parts/session.tsx'

export const CHECKS = '/console/api/checks'

export function useOverview() {
  const api = useApi()
  return useQuery({ queryKey: ['checks', 'overview'], queryFn: () => api.get(CHECKS, checkOverview) })
}

/** `offset` counts findings, a hundred a page. */
export function useFindings(rule: string, offset: number, justified: boolean) {
  const api = useApi()
  const path = `${CHECKS}/findings?rule=${rule}&offset=${offset}${justified ? '&justified=1' : ''}`
  return useQuery({
    queryKey: ['checks', 'findings', rule, offset, justified],
    queryFn: () => api.get(path, findingPage),
  })
}

export function useRunChecks() {
  const api = useApi()
  return useMutation({ mutationFn: () => api.post(`${CHECKS}/run`, {}, jobSchema) })
}

/** Everything about checks is asked for again after a change. */
function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ['checks'] }),
  })
}

export function useJustify() {
  const api = useApi()
  return useChange((asked: JustifyRequest) => api.post(`${CHECKS}/justify`, asked, justifyAnswer))
}

export function useSaveCheckSettings() {
  const api = useApi()
  return useChange((settings: CheckSettings) => api.post(`${CHECKS}/settings`, settings, z.object({})))
}
