// A thread that builds villages: a job comes, its result goes back, one after the other.
import { parentPort, workerData } from 'node:worker_threads'
import { codeOf, type ErrorCode, messageOf } from '../../contract/errors.ts'
import type { Seen } from './village.ts'
import { doVillage, type VillageJob, type VillageResult } from './village-job.ts'

/** Answers come in the order of the jobs. */
export type VillageAnswer = { result: VillageResult } | { code: ErrorCode; message: string }

const seen = workerData as Seen

parentPort?.on('message', (job: VillageJob) => {
  const answer = answerTo(job)
  // Handed over, not copied.
  const blocks = 'result' in answer ? leavesIn(answer.result).map(({ bytes }) => bytes.buffer as ArrayBuffer) : []
  parentPort?.postMessage(answer, blocks)
})

function answerTo(job: VillageJob): VillageAnswer {
  try {
    return { result: doVillage(job, seen) }
  } catch (error) {
    return { code: codeOf(error, 'E-SERVER'), message: messageOf(error) }
  }
}

function leavesIn({ built }: VillageResult) {
  return built === null ? [] : [...built.funds, ...built.finance]
}
