// What the pictures' page asks the office.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { jobSchema } from '../../contract/console/jobs.ts'
import { blackoutAnswer, pictureList, type Rectangle, uploadAnswer } from '../../contract/console/pictures.ts'
import { useApi } from '../parts/session.tsx'

export const PICTURES = '/console/api/pictures'
export type QueueState = 'waiting' | 'looked'

export function usePictures(state: QueueState, offset: number) {
  const api = useApi()
  return useQuery({
    queryKey: ['pictures', state, offset],
    queryFn: () => api.get(`${PICTURES}?state=${state}&offset=${offset}`, pictureList),
  })
}

/** The queue is asked for again after a change. */
function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ['pictures'] }),
  })
}

export function useBlackOut(hash: string) {
  const api = useApi()
  return useChange((rectangles: readonly Rectangle[]) =>
    api.post(`${PICTURES}/${hash}/blackout`, { rectangles }, blackoutAnswer),
  )
}

export function useLook(hash: string) {
  const api = useApi()
  return useChange(() => api.post(`${PICTURES}/${hash}/look`, { noNumberAndNoFace: true }, z.object({})))
}

/** Sends the files one after the other, then starts the job that takes them in. */
export function useAddPictures() {
  const api = useApi()
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      const sent: z.infer<typeof uploadAnswer>[] = []
      for (const file of files) {
        const path = `${PICTURES}/files?name=${encodeURIComponent(file.name)}`
        sent.push(await api.upload(path, file, uploadAnswer))
      }
      return api.post(`${PICTURES}/add`, { files: sent }, jobSchema)
    },
  })
}
