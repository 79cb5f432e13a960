// The open tables: which public field goes into which column, by name. What isn't named here doesn't leave the office as
// open data: no person or household numbers, no masked rows, no registry, no answers (domain.md, "Other texts can leak").
import type { Kind, PersonRow, Rows } from '../../contract/rows.ts'
import { inert } from '../csv.ts'

/** Where a row lies, and who a payment's number stands for: ledgers and payments say neither themselves. */
export interface Place {
  part: string
  village: string
  person(number: number): PersonRow | undefined
}
export interface OpenColumn<K extends Kind> {
  name: string
  title: string
  unit: string
  cell(row: Rows[K], place: Place): string
}
export interface OpenTable<K extends Kind = Kind> {
  name: string
  kind: K
  columns: readonly OpenColumn<K>[]
}
type Field<K extends Kind> = keyof Rows[K] & string
/** `field 标题`: text, `field¥ 标题`: fen as yuan, `field# 标题`: a number, `field~ 标题`: thousandths. */
type Spec<K extends Kind> = `${Field<K>}${'' | '¥' | '#' | '~'} ${string}`

const UNITS: Readonly<Record<string, string>> = { '¥': '元，两位小数', '#': '数', '~': '数量，小数', '': '文字或日期' }

/** A public value as a cell; unknown stays empty. Lists are joined by 、. */
function cellOf(value: unknown, form: string): string {
  if (value === null || value === undefined) return ''
  if (form === '¥') return (Number(value) / 100).toFixed(2)
  if (form === '~') return String(Number(value) / 1000)
  if (form === '#') return String(value)
  return inert(Array.isArray(value) ? value.join('、') : String(value))
}

function table<K extends Kind>(
  name: string,
  kind: K,
  specs: readonly Spec<K>[],
  before: readonly OpenColumn<K>[] = [],
): OpenTable<K> {
  const columns = specs.map((spec): OpenColumn<K> => {
    const [, field = '', form = '', title = ''] = /^(\w+)([¥#~]?) (.*)$/.exec(spec) ?? []
    return { name: field, title, unit: UNITS[form] ?? '', cell: (row) => cellOf(Reflect.get(row, field), form) }
  })
  return { name, kind, columns: [...before, ...columns] }
}

function village<K extends Kind>(): OpenColumn<K> {
  return { name: 'village', title: '村代码', unit: '12 位代码', cell: (_, place) => place.village }
}
const payee: OpenColumn<'payments'>[] = [
  { name: 'payee', title: '领取人', unit: '公示姓名', cell: (row, at) => inert(at.person(row.person)?.name ?? '') },
  { name: 'group', title: '村民小组', unit: '文字', cell: (row, at) => inert(at.person(row.person)?.group ?? '') },
]

export const PAYMENTS = table(
  'payments',
  'payments',
  [
    'fund 项目代码',
    'batch 批次',
    'standard¥ 标准',
    'quantity~ 数量',
    'unit 单位',
    'due¥ 应发',
    'amount¥ 实发',
    'date 日期',
    'status 状态',
    'earlier 另一日期',
    'policy 政策索引号',
    'clauses 条款',
  ],
  [village(), ...payee],
)
const PLAIN = [
  table('places', 'places', ['code 代码', 'name 名称', 'level 层级', 'parent 上级代码', 'groups# 村民小组数']),
  table('funds', 'catalogue', [
    'code 项目代码',
    'name 名称',
    'level 资金层级',
    'department 主管部门',
    'class 类别',
    'payee 发放对象',
    'unit 单位',
    'standard¥ 标准',
    'frequency 发放频次',
    'eligibility 条件',
    'howToApply 办理',
    'policy 政策索引号',
    'tier 公开级别',
    'masked 是否遮蔽姓名',
    'maskReason 遮蔽理由',
    'contactPhone 咨询电话',
    'complaintPhone 投诉电话',
  ]),
  table('allocations', 'allocations', [
    'fund 项目代码',
    'year# 年度',
    'document 文号',
    'from 拨出',
    'to 拨入',
    'amount¥ 金额',
    'central¥ 中央',
    'provincial¥ 省',
    'municipal¥ 市',
    'county¥ 县',
    'date 日期',
  ]),
  table('projects', 'projects', [
    'code 项目编号',
    'name 名称',
    'fund 资金代码',
    'year# 年度',
    'township 乡镇代码',
    'village 村代码',
    'place 地点',
    'content 内容',
    'budget¥ 预算',
    'contractor 承建单位',
    'contractPrice¥ 合同价',
    'paid¥ 已付',
    'auditedPrice¥ 审定价',
    'responsible 责任人',
    'officePhone 办公电话',
    'start 开工',
    'end 完工',
    'accepted 验收日期',
    'acceptance 验收结论',
    'beneficiaries 受益情况',
  ]),
  table('masked-totals', 'masked-totals', [
    'fund 项目代码',
    'year# 年度',
    'townships 乡镇代码（合并）',
    'payees# 人数',
    'amount¥ 金额',
  ]),
  table(
    'periods',
    'periods',
    [
      'month 月份',
      'opening¥ 期初',
      'income¥ 收入',
      'expense¥ 支出',
      'closing¥ 期末',
      'entries# 笔数',
      'checkedBy 审核人',
      'checkedOn 审核日期',
      'publishedOn 公开日期',
    ],
    [village()],
  ),
  table(
    'entries',
    'entries',
    [
      'month 月份',
      'voucher 凭证号',
      'date 日期',
      'account 科目代码',
      'accountName 科目',
      'class 类别',
      'summary 摘要',
      'direction 收支',
      'amount¥ 金额',
      'counterpart 对方',
      'handler 经手人',
      'approver 审批人',
      'checkedBy 审核人',
    ],
    [village()],
  ),
  table('assets', 'assets', [
    'village 村代码',
    'number 编号',
    'kind 种类',
    'class 类别',
    'name 名称',
    'originalValue¥ 原值',
    'depreciation¥ 折旧',
    'netValue¥ 净值',
    'landType 地类',
    'area~ 面积（亩）',
    'boundaries 四至',
    'user 使用人',
  ]),
  table('contracts', 'contracts', [
    'village 村代码',
    'number 编号',
    'subject 标的',
    'asset 资产编号',
    'lessee 承包人',
    'awarded 发包方式',
    'start 起',
    'end 止',
    'yearlyRent¥ 年租金',
    'due¥ 应收',
    'received¥ 已收',
    'owed¥ 欠收',
  ]),
  table('debts', 'debts', [
    'village 村代码',
    'number 编号',
    'direction 债权或债务',
    'counterpart 对方',
    'reason 事由',
    'amount¥ 金额',
    'date 日期',
    'dueDate 到期',
  ]),
  table('policies', 'documents', [
    'index 索引号',
    'title 标题',
    'number 文号',
    'issuer 发文机关',
    'level 层级',
    'topic 主题',
    'made 成文',
    'published 发布',
    'inForce 施行',
    'repealed 废止',
    'validity 效力',
    'who 谁能领',
    'howMuch 领多少',
    'how 怎么领',
    'explainedBy 解读单位',
    'funds 项目代码',
  ]),
  table('clauses', 'clauses', [
    'document 政策索引号',
    'ordinal# 序号',
    'label 条',
    'chapter 章',
    'text 正文',
    'funds 项目代码',
  ]),
  table('notices', 'notices', [
    'id 编号',
    'kind 种类',
    'title 标题',
    'body 正文',
    'date 日期',
    'place 地区代码',
    'venue 地点',
    'time 时间',
    'contactPhone 咨询电话',
  ]),
]
export const OPEN_TABLES = [...PLAIN, PAYMENTS]
