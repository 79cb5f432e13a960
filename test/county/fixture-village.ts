// Invented accounts of 翁高村: 24 months that add up, September 2025 as in the picture, with assets, contracts and debts.
import type {
  AllocationRow,
  AssetRow,
  ContractRow,
  DebtRow,
  EntryRow,
  Fen,
  Month,
  PeriodRow,
  ProjectRow,
} from '../../sync/contract/rows.ts'
import { numberOf, TOWNSHIP, VILLAGE, YEAR } from './fixture-places.ts'

/** Hash of the one fixture picture. */
export const PICTURE = 'a'.repeat(64)

type Line = readonly [direction: EntryRow['direction'], kind: string, summary: string, amount: Fen]
const SEPTEMBER: readonly Line[] = [
  ['income', '补助收入', '人居环境补助', 3_200_000],
  ['income', '发包及上交收入', '山塘发包租金', 1_200_000],
  ['income', '其他收入', '废旧物资处置', 220_000],
  ['expense', '公益支出', '水渠维修工钱', 1_860_000],
  ['expense', '管理费用', '村部水电和误工', 738_260],
  ['expense', '其他支出', '会议和报刊', 560_000],
]

/** Published months, newest first; June 2024 is not published. */
export const months: Month[] = Array.from({ length: 24 }, (_, back) => {
  const count = 2025 * 12 + 8 - back
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}).filter((month) => month !== '2024-06')

function linesOf(month: Month): readonly Line[] {
  if (month === '2025-09') return SEPTEMBER
  return SEPTEMBER.map(([direction, kind, summary, amount]) => {
    const percent = numberOf(`${month}${kind}`, 55, 140)
    return [direction, kind, summary, Math.round((amount * percent) / 10_000) * 100]
  })
}

function entry(month: Month, line: Line, index: number, share: Fen): EntryRow {
  const [direction, kind, summary] = line
  const day = String(2 + ((index * 5) % 26)).padStart(2, '0')
  return {
    month,
    voucher: `${month.replace('-', '')}-${String(index + 1).padStart(3, '0')}`,
    date: `${month}-${day}`,
    edition: '财会〔2023〕14号',
    account: direction === 'income' ? '522' : '541',
    accountName: kind,
    class: kind,
    summary,
    direction,
    amount: share,
    counterpart: direction === 'income' ? '高椅乡财政所（示例）' : '示例施工队',
    handler: '杨示例',
    approver: direction === 'income' ? '' : '粟示例',
    checkedBy: '民主理财小组（示例）',
    images: index % 3 === 2 ? [] : [PICTURE],
    origin: 2,
    row: index + 5,
  }
}

/** Vouchers of a month: each class has one large voucher and, in September, four small ones. */
export function entriesOf(month: Month): EntryRow[] {
  const entries = linesOf(month).flatMap((line, at) => {
    const small = Math.floor(line[3] / 2_000) * 100
    const shares = month === '2025-09' && at > 2 ? [line[3] - 4 * small, small, small, small, small] : [line[3]]
    return shares.map((share, index) => entry(month, line, at * 5 + index, share))
  })
  return entries.sort((left, right) => right.amount - left.amount)
}

const total = (entries: readonly EntryRow[], direction: EntryRow['direction']): Fen =>
  entries.filter((row) => row.direction === direction).reduce((sum, row) => sum + row.amount, 0)

/** Periods by month; each opens with what the one before closed with. */
export function periodOf(month: Month): PeriodRow | null {
  if (!months.includes(month)) return null
  const entries = entriesOf(month)
  const income = total(entries, 'income')
  const expense = total(entries, 'expense')
  const opening = month === '2025-09' ? 12_864_035 : 10_000_000 + numberOf(month, 0, 3_000_000)
  return {
    month,
    opening,
    income,
    expense,
    closing: opening + income - expense,
    entries: entries.length,
    checkedBy: '民主理财小组（示例）',
    checkedOn: `${month}-28`,
    publishedOn: month === '2025-09' ? '2025-10-09' : `${month}-30`,
    origin: 2,
    row: 3,
  }
}

const noWorth = { originalValue: null, depreciation: null, netValue: null, landType: '', area: null, boundaries: '' }
export const assets: AssetRow[] = [
  {
    ...noWorth,
    village: VILLAGE,
    number: 'ZC-001',
    kind: 'asset',
    class: '房屋建筑物',
    name: '村级综合服务平台（示例）',
    originalValue: 86_000_000,
    depreciation: 21_500_000,
    netValue: 64_500_000,
    user: '村民委员会',
    origin: 2,
    row: 4,
  },
  {
    ...noWorth,
    village: VILLAGE,
    number: 'ZY-003',
    kind: 'resource',
    class: '水面',
    name: '大塘冲山塘（示例）',
    landType: '坑塘水面',
    area: 12_500,
    boundaries: '东至机耕路，南至水渠，西至山脚，北至三组田',
    user: '承包户（示例）',
    origin: 2,
    row: 9,
  },
]
export const contracts: ContractRow[] = [
  {
    village: VILLAGE,
    number: 'HT-7',
    subject: '山塘养殖承包（示例）',
    asset: 'ZY-003',
    lessee: '示例养殖合作社',
    awarded: '公开竞标',
    start: '2023-01-01',
    end: '2027-12-31',
    yearlyRent: 1_200_000,
    due: 3_600_000,
    received: 3_000_000,
    owed: 600_000,
    origin: 2,
    row: 12,
  },
  {
    village: VILLAGE,
    number: 'HT-9',
    subject: '门面出租（示例）',
    asset: 'ZC-002',
    lessee: '示例便民店',
    awarded: '村民会议决定',
    start: '2024-03-01',
    end: '2026-02-28',
    yearlyRent: 480_000,
    due: 960_000,
    received: 960_000,
    owed: 0,
    origin: 2,
    row: 13,
  },
]
export const debts: DebtRow[] = [
  {
    village: VILLAGE,
    number: 'ZW-2',
    direction: 'payable',
    counterpart: '示例建筑公司',
    reason: '水渠二期工程尾款（示例）',
    amount: 2_350_000,
    date: '2024-11-20',
    dueDate: '2025-12-31',
    origin: 2,
    row: 20,
  },
]

export function allocation(from: string, to: string, amount: Fen, date: string): AllocationRow {
  const central = Math.round(amount * 0.85)
  return {
    fund: 'F001',
    year: YEAR,
    document: '湘财预〔2025〕示例 12 号',
    from,
    to,
    amount,
    central,
    provincial: amount - central,
    municipal: 0,
    county: 0,
    date,
    origin: 1,
    row: 2,
  }
}

export const project: ProjectRow = {
  code: 'XM-2025-031',
  name: '翁高村水渠维修（示例）',
  fund: 'F001',
  year: YEAR,
  township: TOWNSHIP,
  village: VILLAGE,
  place: '三组至五组',
  content: '维修水渠 1.2 公里，新建分水闸 3 处',
  budget: 28_000_000,
  contractor: '示例水利工程队',
  contractPrice: 26_500_000,
  paid: 21_200_000,
  auditedPrice: null,
  responsible: '示例负责人',
  officePhone: '0745-0000003',
  start: '2025-03-10',
  end: '2025-08-30',
  accepted: '2025-09-15',
  acceptance: '验收合格',
  beneficiaries: '三组到五组 96 户',
  goals: [
    { kind: 'quantity', name: '维修水渠', target: '1.2 公里', result: '1.2 公里', met: true },
    { kind: 'quality', name: '一次验收合格率', target: '100%', result: '100%', met: true },
    { kind: 'timeliness', name: '完工', target: '6 月 30 日前', result: '8 月 30 日', met: false },
    { kind: 'benefit', name: '改善灌溉', target: '320 亩', result: '', met: null },
  ],
  progress: [
    { date: '2025-03-10', percent: 0, note: '开工' },
    { date: '2025-05-20', percent: 60, note: '主渠做完' },
    { date: '2025-08-30', percent: 100, note: '完工' },
  ],
  photos: [
    { stage: 'before', media: PICTURE, date: '2025-03-01' },
    { stage: 'during', media: PICTURE, date: '2025-05-20' },
    { stage: 'after', media: 'b'.repeat(64), date: '2025-09-01' },
  ],
  problems: [{ found: '2025-07-02', problem: '完工比合同晚', repair: '按合同扣减工程款', repaired: '2025-09-10' }],
  origin: 1,
  row: 6,
}
