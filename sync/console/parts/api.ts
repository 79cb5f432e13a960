// The one way to the office: JSON checked against its schema on arrival, the token on every changing request, and
// errors with words that may be shown.
import type { z } from 'zod'
import { CSRF_HEADER, problemSchema } from '../../contract/console/session.ts'

export class ApiError extends Error {
  readonly code: string
  /** What the office said in English; '' where there is no more to say. */
  readonly detail: string
  constructor(code: string, message: string, detail = '') {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.detail = detail
  }
}

export interface Api {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
  put<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>
  remove<T>(path: string, schema: z.ZodType<T>): Promise<T>
  /** The file's bytes are the body. `progress` from 0 to 1. */
  upload<T>(path: string, file: Blob, schema: z.ZodType<T>, progress?: (part: number) => void): Promise<T>
}

export interface ApiOptions {
  /** Token of the session; '' before signing in. */
  token: () => string
  /** The session has ended: by time, by the administrator, elsewhere. */
  onEnded: () => void
}

/** Paths are whole: '/console/api/users'. */
export function createApi(options: ApiOptions): Api {
  const ask = async <T>(method: string, path: string, body: unknown, schema: z.ZodType<T>): Promise<T> => {
    const headers: Record<string, string> = method === 'GET' ? {} : { [CSRF_HEADER]: options.token() }
    if (body !== undefined) headers['content-type'] = 'application/json'
    const given = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(path, { method, headers, credentials: 'same-origin', ...given }).catch(() => {
      throw new ApiError('E-OFFLINE', '连不上县办公室的服务器，请检查网络')
    })
    return read(response.status, await response.text(), schema, options)
  }
  return {
    get: (path, schema) => ask('GET', path, undefined, schema),
    post: (path, body, schema) => ask('POST', path, body, schema),
    put: (path, body, schema) => ask('PUT', path, body, schema),
    remove: (path, schema) => ask('DELETE', path, undefined, schema),
    upload: (path, file, schema, progress) => upload(path, file, schema, progress, options),
  }
}

/** XMLHttpRequest, because fetch tells nothing of what has been sent. */
function upload<T>(
  path: string,
  file: Blob,
  schema: z.ZodType<T>,
  progress: ((part: number) => void) | undefined,
  options: ApiOptions,
): Promise<T> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader(CSRF_HEADER, options.token())
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', ({ loaded, total }) => progress?.(total === 0 ? 0 : loaded / total))
    request.addEventListener('error', () => failed(new ApiError('E-OFFLINE', '文件没有传完，请检查网络后再传')))
    request.addEventListener('load', () => {
      try {
        done(read(request.status, request.responseText, schema, options))
      } catch (error) {
        failed(error)
      }
    })
    request.send(file)
  })
}

function read<T>(status: number, text: string, schema: z.ZodType<T>, { onEnded }: ApiOptions): T {
  const value = jsonOf(text)
  if (status < 200 || status > 299) {
    const problem = problemSchema.safeParse(value).data
    if (problem === undefined) throw new ApiError('E-SERVER', `县办公室的服务器出错了（${status}）`)
    if (status === 401) onEnded()
    throw new ApiError(problem.code, problem.message, problem.detail)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ApiError('E-FORMAT', '收到的内容和约定的不一样，请刷新页面', parsed.error.message.slice(0, 500))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
