// What the drafts' pages ask the office, and what is asked again after a change.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  draftsAnswer,
  draftView,
  jobAnswer,
  previewAnswer,
  previewPlaces,
  rowsAnswer,
} from '../../contract/console/drafts.ts'
import { useApi } from '../parts/session.tsx'

const PATH = '/console/api/drafts'
const KEY = 'drafts'

export function useDrafts() {
  const api = useApi()
  return useQuery({ queryKey: [KEY], queryFn: () => api.get(PATH, draftsAnswer) })
}

export function useDraft(id: number) {
  const api = useApi()
  return useQuery({ queryKey: [KEY, id], queryFn: () => api.get(`${PATH}/${id}`, draftView) })
}

export function useRows(id: number, kind: string, from: number) {
  const api = useApi()
  return useQuery({
    queryKey: [KEY, id, 'rows', kind, from],
    queryFn: () => api.get(`${PATH}/${id}/rows/${kind}?from=${from}`, rowsAnswer),
    enabled: kind !== '',
  })
}

export function usePlaces(id: number) {
  const api = useApi()
  return useQuery({ queryKey: [KEY, id, 'places'], queryFn: () => api.get(`${PATH}/${id}/places`, previewPlaces) })
}

export interface PreviewOf {
  part: string
  village: string
  kind: string
}

export function usePreview(id: number, of: PreviewOf | null, from: number) {
  const api = useApi()
  const query = new URLSearchParams({ ...of, from: String(from) })
  return useQuery({
    queryKey: [KEY, id, 'preview', of, from],
    queryFn: () => api.get(`${PATH}/${id}/preview?${query}`, previewAnswer),
    enabled: of !== null,
  })
}

/** Forgets what was fetched of drafts: after a decision all of it may be different. */
export function useForget(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: [KEY] })
}

/** Sends something that starts a job; `path` below the drafts' own. */
export function useStart(onStarted: (job: string) => void) {
  const api = useApi()
  const forget = useForget()
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: unknown }) => api.post(`${PATH}${path}`, body, jobAnswer),
    onSuccess: ({ job }) => {
      onStarted(job)
      forget()
    },
  })
}

/** Sends something that is done at once. */
export function useSend<T>(schema: z.ZodType<T>, onDone: () => void) {
  const api = useApi()
  const forget = useForget()
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: unknown }) => api.post(`${PATH}${path}`, body, schema),
    onSuccess: () => {
      onDone()
      forget()
    },
  })
}
