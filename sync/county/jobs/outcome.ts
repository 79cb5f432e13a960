// What a child process said: progress lines on standard error, one JSON object last on standard output.
import { type JobProgress, type JobView, progressSchema } from '../../contract/console/jobs.ts'
import { reasonSchema, sayReason } from '../../contract/console/reasons.ts'
import { messageOf } from '../../contract/errors.ts'

type End = Pick<JobView, 'state' | 'result' | 'error'>

/** Bytes kept of each stream: a verb that says more says it for nobody. */
const STDOUT_MAX = 16 * 1024 * 1024
const STDERR_MAX = 64 * 1024
export const PROGRESS_MARK = 'progress '

export class Outcome {
  readonly #onProgress: (progress: JobProgress) => void
  #out = ''
  #problems = ''
  #rest = ''

  constructor(onProgress: (progress: JobProgress) => void) {
    this.#onProgress = onProgress
  }

  static failedToStart(error: unknown): End {
    return failure('E-SERVER', '这项工作没能开始', messageOf(error))
  }

  stdout(text: string): void {
    this.#out = (this.#out + text).slice(-STDOUT_MAX)
  }

  stderr(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = (lines.pop() ?? '').slice(-STDERR_MAX)
    for (const line of lines) {
      const progress = line.startsWith(PROGRESS_MARK) ? progressOf(line.slice(PROGRESS_MARK.length)) : null
      if (progress !== null) this.#onProgress(progress)
      else this.#problems = `${this.#problems}${line}\n`.slice(-STDERR_MAX)
    }
  }

  /** The end by the exit code or the signal: a killed or crashed child is a failure that says so. */
  end(code: number | null, signal: string | null): End {
    const result = lastObject(this.#out)
    if (code === 0 && result !== null) return { state: 'done', result, error: null }
    const said = result !== null && typeof result.code === 'string' && typeof result.message === 'string'
    if (result !== null && said)
      return { ...problem(String(result.code), String(result.message), result.reason), result }
    if (result !== null && code === 1)
      return { ...failure('E-STATE', '没有做完，请看下面的说明', this.#lastLine()), result }
    const how = signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`
    const words = '这项工作中途断了（可能是内存不够，或文件有问题），没有留下半截数据'
    return failure('E-SERVER', words, `${how}: ${this.#lastLine()}`)
  }

  #lastLine(): string {
    return (this.#problems.trim().split('\n').at(-1) ?? '').slice(0, 500)
  }
}

function lastObject(text: string): { [key: string]: unknown } | null {
  const line = text.trimEnd().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    // Cut off in the middle: as good as nothing said.
    return null
  }
}

function progressOf(text: string): JobProgress | null {
  try {
    return progressSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Chinese for the person, English as the detail: what the child says in English only is told as such. */
function problem(code: string, message: string, reason: unknown): End {
  const known = reasonSchema.safeParse(reason).data
  if (known !== undefined) return failure(code, sayReason(known, 'zh'), message)
  return /^[\u3400-\u9fff“《]/.test(message) ? failure(code, message) : failure(code, '没有做成', message)
}

function failure(code: string, message: string, detail = ''): End {
  return { state: 'failed', result: null, error: { code, message, ...(detail === '' ? {} : { detail }) } }
}
