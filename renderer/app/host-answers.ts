// The schemas of what the host answers. A piece of its own, read when the first answer is here: building schemas is a
// third of a start's work, and the first screen of a terminal that has its release waits for no host (P3, P7).
import { z } from 'zod'
import { configResult, folderList, hostState, pinResult } from '../../sync/contract/host-api.ts'
import { messageStored, recipients } from '../../sync/contract/report.ts'
import './plain-zod.ts'

const ANSWERS = {
  state: hostState,
  pin: pinResult,
  folders: folderList,
  config: configResult,
  recipients,
  stored: messageStored,
  nothing: z.object({}),
}
export type AnswerKind = keyof typeof ANSWERS
export type HostAnswer<K extends AnswerKind> = z.infer<(typeof ANSWERS)[K]>

/** Errors: zod's, for what isn't such an answer. */
export function readAnswer<K extends AnswerKind>(kind: K, data: unknown): HostAnswer<K> {
  // Each name with its own schema's outcome; TypeScript can't follow that through the lookup.
  return ANSWERS[kind].parse(data) as HostAnswer<K>
}
