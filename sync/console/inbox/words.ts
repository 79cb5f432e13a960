// Chinese words for what stands in a message and in its routing, and which bodies it may go to.
import type { DeadlineClass, Due, RoutingBody } from '../../contract/console/inbox.ts'
import type { MessageKind, ObjectKind, PrivateAnswer, ReasonId, ReportMessage } from '../../contract/report.ts'

export const KIND_NAMES: Readonly<Record<MessageKind, string>> = {
  report: '举报',
  question: '提问',
  suggestion: '建议',
}
export const OBJECT_NAMES: Readonly<Record<ObjectKind, string>> = {
  payment: '发放记录',
  voucher: '村账凭证',
  project: '项目',
  asset: '集体资产资源',
  contract: '承包租赁合同',
  debt: '债权债务',
  policy: '政策',
  fund: '资金项目',
  notice: '通知',
  none: '没有指定',
}
export const REASON_NAMES: Readonly<Record<ReasonId, string>> = {
  'not-received': '钱没收到',
  'amount-wrong': '数目不对',
  'wrongly-paid': '不该领的领了',
  'left-out': '该领的没领',
  favours: '有人要好处',
  delay: '办事拖着不办',
  incomplete: '公开的不全',
  'never-happened': '没有这回事',
  'too-dear': '价钱太高',
  'paper-wrong': '单据不对',
  'private-use': '公家的钱私人用',
  'not-discussed': '没跟大家商量',
  'bad-work': '质量不好',
  unfinished: '没有做完',
  unused: '建了没有用',
  'wages-owed': '工钱没有给',
  'too-cheap': '租得太便宜',
  'rent-unpaid': '租金没有收',
  'not-followed': '没按这个办',
  'not-told': '没人告诉我们',
  refused: '该办的不给办',
  officials: '干部办事不公',
  land: '田土山林的事',
  ask: '想问一问',
  suggest: '有个建议',
}
export const DEADLINE_NAMES: Readonly<Record<DeadlineClass, string>> = {
  question: '咨询：2 个工作日内答复',
  petition: '信访：15 日内告知，60 日内办结',
}
export const STATE_NAMES: Readonly<Record<PrivateAnswer['entries'][number]['state'], string>> = {
  accepted: '已受理',
  'not-accepted': '不予受理',
  'passed-on': '已转有权处理的单位',
  extended: '延长办理期限',
  answered: '已答复',
}

/** '还剩 3 天告知', '已超期 2 个工作日'. */
export function dueWords(due: Due | null): string {
  if (due === null) return '已办结'
  const unit = due.what === 'answer' ? '个工作日' : '天'
  const what = { answer: '答复', told: '告知', closed: '办结' }[due.what]
  if (due.left < 0) return `已超期 ${-due.left} ${unit}未${what}`
  return due.left === 0 ? `今天应${what}` : `还剩 ${due.left} ${unit}${what}`
}

export const isLate = (due: Due | null): boolean => due !== null && due.left <= 0

/** The deadlines that a message's kind calls for. */
export function deadlinesOf(message: ReportMessage): DeadlineClass {
  return message.kind === 'report' ? 'petition' : 'question'
}

/** Bodies that a report is taken to accuse until the inspector says otherwise: the township that the thing lies in. */
export function likelyAccused(message: ReportMessage, bodies: readonly RoutingBody[]): string[] {
  if (message.kind !== 'report') return []
  const { place } = message.object
  return bodies.filter(({ kind, code }) => kind === 'township' && place.startsWith(code)).map(({ code }) => code)
}

/** Never the accused; the level above alone where the head of the organ is meant (检举控告工作规则 15, 47). */
export function openTo(bodies: readonly RoutingBody[], accused: readonly string[], goesUp: boolean): RoutingBody[] {
  if (goesUp) return bodies.filter(({ kind }) => kind === 'up')
  return bodies.filter(({ code }) => !accused.includes(code))
}
