// Words of the drafts' pages: kinds of rows, fields, states, and money in yuan.
import type { DraftSummary } from '../../contract/console/drafts.ts'

const KINDS: Readonly<Record<string, string>> = {
  places: '村镇',
  catalogue: '资金项目',
  origins: '来源文件',
  allocations: '资金分配',
  projects: '工程项目',
  payments: '到户发放',
  masked: '隐名发放',
  'masked-totals': '隐名合计',
  people: '人员名册',
  media: '图片',
  periods: '村账月份',
  entries: '村账凭证',
  assets: '资产资源',
  contracts: '合同',
  debts: '债权债务',
  documents: '政策',
  clauses: '政策条款',
  notices: '公告',
  answers: '密封答复',
}
const FIELDS: Readonly<Record<string, string>> = {
  payee: '姓名',
  name: '名称',
  fund: '资金项目',
  person: '名册号',
  batch: '批次',
  serial: '序号',
  standard: '标准',
  quantity: '数量',
  unit: '单位',
  due: '应发',
  amount: '金额',
  date: '日期',
  status: '状态',
  month: '月份',
  surname: '姓',
  village: '村',
  number: '编号',
  group: '组',
  household: '户主号',
  relation: '关系',
  voucher: '凭证号',
  account: '科目',
  accountName: '科目名称',
  summary: '摘要',
  direction: '收支',
  counterpart: '对方',
  handler: '经手人',
  approver: '批准人',
  checkedBy: '审核人',
  opening: '期初',
  closing: '期末',
  income: '收入',
  expense: '支出',
  title: '标题',
  body: '正文',
  text: '条文',
  origin: '来源号',
  row: '来源行',
  file: '文件',
  table: '表',
  importedBy: '导入人',
  importedOn: '导入日期',
  approvedBy: '复核人',
  approvedOn: '复核日期',
  kind: '类别',
  policy: '政策依据',
  clauses: '条款',
  earlier: '另一日期',
  year: '年度',
  document: '文号',
  from: '拨出',
  to: '拨入',
  code: '代码',
  township: '乡镇',
  budget: '预算',
  paid: '已付',
  tier: '公开层级',
  masked: '隐名',
}
/** Fields in fen. */
const MONEY: ReadonlySet<string> = new Set(
  'standard due amount opening closing income expense budget paid contractPrice auditedPrice central provincial municipal county yearlyRent received owed originalValue depreciation netValue'.split(
    ' ',
  ),
)

export function kindWord(kind: string): string {
  return KINDS[kind] ?? kind
}
export function fieldWord(field: string): string {
  return FIELDS[field] ?? field
}

export const STATES: Readonly<Record<DraftSummary['state'], string>> = {
  proposed: '等待审核',
  approved: '已批准，等待发布',
  published: '已发布',
  rejected: '已退回',
  replaced: '已被新稿替换',
}
export const KINDS_OF_DRAFT: Readonly<Record<DraftSummary['kind'], string>> = {
  ordinary: '常规发布',
  withdrawal: '撤回',
  republish: '重发旧期',
}
export const CHANGES = { added: '新增', changed: '改动', removed: '删去' } as const
export const DISCLOSURES = { none: '没有', open: '公开到户', masked: '隐名公开', totals: '只公开合计' } as const

/** 1234500 → '12,345.00'. */
export function yuan(fen: number): string {
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** With its sign, for a change. */
export function yuanChange(fen: number): string {
  return `${fen > 0 ? '+' : fen < 0 ? '−' : ''}${yuan(Math.abs(fen))}`
}

/** A public field as text: money in yuan, what is empty as a dash. */
export function valueWord(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (MONEY.has(field) && typeof value === 'number') return yuan(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** ISO 8601 → '2026-11-24 16:30', Beijing time. */
export function moment(iso: string): string {
  if (iso === '') return '—'
  return new Date(iso).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16)
}
