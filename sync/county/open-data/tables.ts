// The open tables: which public field goes into which column, by name. What isn't named here doesn't leave the office as
// open data (domain.md, "Other texts can leak"); `left-out.ts` says why, and a test compares both with the blocks.
import { paths } from '../../contract/release.ts'
import type { PaymentRow } from '../../contract/rows.ts'
import { type InVillage, madeTable, type OpenTable, ORIGIN, plainTable, ROW, type Spec, VILLAGE } from './column.ts'
import { POLICY_TABLES } from './policy-tables.ts'
import { PROJECT_TABLES } from './project-tables.ts'
import { VILLAGE_TABLES } from './village-tables.ts'
import { FUND_LEVEL, NOTICE_KIND, PAYEE, PAYMENT_STATUS, PLACE_LEVEL, SOURCE_TABLE, TIER, YES_NO } from './words.ts'

const FUND = ['fund', 'text', '资金编号', 'fund', null, 'funds.code'] as const

const PAYMENT_COLUMNS: readonly Spec<InVillage<PaymentRow> & { payee: string; group: string }>[] = [
  VILLAGE,
  ['payee', 'text', '领取人', 'payee'],
  ['group', 'text', '村民小组', 'villagers’ group'],
  FUND,
  ['batch', 'text', '批次', 'batch'],
  ['standard', 'money', '标准', 'rate a unit'],
  ['quantity', 'quantity', '数量', 'quantity'],
  ['unit', 'text', '单位', 'unit'],
  ['due', 'money', '应发', 'amount due'],
  ['amount', 'money', '实发', 'amount paid'],
  ['date', 'day', '日期', 'date'],
  ['status', 'word', '状态', 'status', PAYMENT_STATUS],
  ['earlier', 'day', '另一日期', 'the other date of a return or second payment'],
  ['policy', 'text', '政策索引号', 'policy'],
  ['clauses', 'text', '条款', 'clauses of that policy'],
  ORIGIN,
]
/** In the order of the dictionary. */
export const OPEN_TABLES: readonly OpenTable[] = [
  plainTable({
    name: 'places',
    title: '地区',
    english: 'places',
    kind: 'places',
    key: ['code'],
    columns: [
      ['code', 'text', '代码', 'code'],
      ['name', 'text', '名称', 'name'],
      ['level', 'word', '层级', 'level', PLACE_LEVEL],
      ['parent', 'text', '上级代码', 'code of the place above'],
      ['groups', 'number', '村民小组数', 'villagers’ groups'],
    ],
  }),
  plainTable({
    name: 'funds',
    title: '民生资金目录',
    english: 'catalogue of funds',
    kind: 'catalogue',
    key: ['code'],
    columns: [
      ['code', 'text', '资金编号', 'code'],
      ['name', 'text', '名称', 'name'],
      ['level', 'word', '资金层级', 'level', FUND_LEVEL],
      ['department', 'text', '主管部门', 'department'],
      ['class', 'text', '类别', 'class'],
      ['payee', 'word', '发放对象', 'paid to', PAYEE],
      ['unit', 'text', '单位', 'unit'],
      ['standard', 'money', '标准', 'rate a unit'],
      ['frequency', 'text', '发放频次', 'frequency'],
      ['eligibility', 'text', '条件', 'eligibility'],
      ['howToApply', 'text', '办理', 'how to apply'],
      ['policy', 'text', '政策索引号', 'policy'],
      ['tier', 'word', '公开级别', 'tier of disclosure', TIER],
      ['masked', 'flag', '是否隐去姓名', 'names masked', YES_NO],
      ['maskReason', 'text', '隐去理由', 'why masked'],
      ['contactPhone', 'text', '咨询电话', 'phone for questions'],
      ['complaintPhone', 'text', '投诉电话', 'phone for complaints'],
    ],
  }),
  plainTable({
    name: 'allocations',
    packed: true,
    title: '资金拨付',
    english: 'allocations of funds',
    kind: 'allocations',
    columns: [
      FUND,
      ['year', 'number', '年度', 'year'],
      ['document', 'text', '文号', 'document'],
      ['from', 'text', '拨出', 'from: code of a place, or department'],
      ['to', 'text', '拨入', 'to: code of a place, or department'],
      ['amount', 'money', '金额', 'amount'],
      ['central', 'money', '中央', 'of it central'],
      ['provincial', 'money', '省', 'of it provincial'],
      ['municipal', 'money', '市', 'of it municipal'],
      ['county', 'money', '县', 'of it the county’s'],
      ['date', 'day', '日期', 'date'],
      ORIGIN,
      ROW,
    ],
  }),
  ...PROJECT_TABLES,
  madeTable(
    {
      name: 'payments',
      title: '资金发放（公开到户）',
      english: 'payments by name',
      kind: 'payments',
      packed: true,
      columns: PAYMENT_COLUMNS,
    },
    (row, at) => {
      const { name: payee = '', group = '' } = at.person(row.person) ?? {}
      return [{ ...row, village: at.village, payee, group }]
    },
  ),
  plainTable({
    name: 'masked-totals',
    title: '隐名资金合计',
    english: 'totals of funds whose payees are masked',
    kind: 'masked-totals',
    columns: [
      FUND,
      ['year', 'number', '年度', 'year'],
      ['townships', 'list', '乡镇代码（合并）', 'townships, taken together'],
      ['payees', 'number', '人数', 'payees'],
      ['amount', 'money', '金额', 'amount'],
    ],
  }),
  ...VILLAGE_TABLES,
  ...POLICY_TABLES,
  plainTable({
    name: 'notices',
    title: '公告',
    english: 'notices',
    kind: 'notices',
    key: ['id'],
    columns: [
      ['id', 'text', '编号', 'number'],
      ['kind', 'word', '种类', 'kind', NOTICE_KIND],
      ['title', 'text', '标题', 'title'],
      ['body', 'text', '正文', 'text'],
      ['date', 'day', '日期', 'date'],
      ['place', 'text', '地区代码', 'place'],
      ['venue', 'text', '地点', 'venue'],
      ['time', 'text', '时间', 'time'],
      ['contactPhone', 'text', '咨询电话', 'phone for questions'],
      ORIGIN,
      ROW,
    ],
  }),
  madeTable(
    {
      name: 'pictures',
      title: '图片',
      english: 'pictures of projects and vouchers',
      kind: 'media',
      columns: [
        ['hash', 'text', '图片（SHA-256）', 'SHA-256 of the picture'],
        ['path', 'path', '地址', 'address, from the folder of the release'],
        ['length', 'number', '字节数', 'bytes'],
        ['caption', 'text', '说明', 'caption'],
      ],
    },
    (row) => [{ ...row, path: `../../${paths.media(row.hash)}` }],
  ),
  plainTable({
    name: 'sources',
    title: '来源文件',
    english: 'files that the rows come from',
    kind: 'origins',
    key: ['id'],
    columns: [
      ['id', 'number', '来源号', 'number'],
      ['table', 'word', '表', 'table', SOURCE_TABLE],
      ['file', 'text', '文件', 'file'],
      ['importedBy', 'text', '导入人', 'imported by'],
      ['importedOn', 'day', '导入日期', 'imported on'],
      ['approvedBy', 'text', '复核人', 'approved by'],
      ['approvedOn', 'day', '复核日期', 'approved on'],
      ['sample', 'flag', '是否示例', 'sample data', YES_NO],
    ],
  }),
]
