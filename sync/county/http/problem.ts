// Errors as the console gets them: a status, a code, a sentence in Chinese, and what the office itself said.
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Problem } from '../../contract/console/session.ts'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../contract/errors.ts'
import { FileError, wordsOf } from '../import/file-error.ts'
import { plainError } from '../plain-error.ts'

const STATUS: { readonly [code in ErrorCode]?: ContentfulStatusCode } = {
  'E-LOGIN': 401,
  'E-FORBIDDEN': 403,
  'E-MISSING': 404,
  'E-STATE': 409,
  'E-LENGTH': 413,
  'E-INPUT': 422,
  'E-FORMAT': 422,
  'E-DISCLOSURE': 422,
  'E-KEYS': 422,
  'E-BUSY': 503,
}
const WORDS: { readonly [code in ErrorCode]?: string } = {
  'E-LOGIN': '请先登录',
  'E-FORBIDDEN': '没有这个权限，或请求的来源不对',
  'E-MISSING': '没有找到',
  'E-STATE': '现在还不能这样做',
  'E-LENGTH': '内容太大，超过了上限',
  'E-INPUT': '填写的内容有误',
  'E-FORMAT': '收到的内容格式不对',
  'E-DISCLOSURE': '签发前的公开审查没有通过，什么都没有发布',
  'E-KEYS': '密钥缺失，或口令不对',
  'E-BUSY': '正忙，请稍后再试',
  'E-QUOTA': '磁盘满了',
  'E-DAMAGED': '数据库文件已损坏，请从备份恢复',
}

/** A message that is Chinese already is shown; an English one stands beside the code's own sentence. */
export function problemOf(thrown: unknown): { status: ContentfulStatusCode; problem: Problem } {
  const error = plainError(thrown)
  const known = error instanceof SunhallError
  const code = codeOf(error, 'E-SERVER')
  const said = messageOf(error)
  const words = WORDS[code] ?? '县办公室的服务器出错了，请把错误代码告诉技术员'
  const status = STATUS[code] ?? 500
  if (!known) return { status: 500, problem: { code, message: words } }
  if (error instanceof FileError) return { status, problem: { code, message: wordsOf(error), detail: said } }
  if (/^[\u3400-\u9fff“《]/.test(said)) return { status, problem: { code, message: said } }
  return { status, problem: { code, message: words, detail: said } }
}
