// The small county's county-wide rows: places, funds, origins, policies with their clauses, notices. All invented but
// for the places' names and codes.
import type { ClauseRow, DocumentRow, FundRow, NoticeRow, OriginRow, PlaceRow } from '../../sync/contract/rows.ts'

export const TOWNSHIPS = ['431225100', '431225204'] as const
export const VILLAGES = ['431225100201', '431225100202', '431225204200', '431225204201'] as const

export const places: PlaceRow[] = [
  { code: '431225', name: '会同县', level: 'county', parent: '43', initials: 'ht', groups: null },
  { code: '431225100', name: '林城镇', level: 'township', parent: '431225', initials: 'lc', groups: null },
  { code: '431225100201', name: '小寨村', level: 'village', parent: '431225100', initials: 'xz', groups: 4 },
  { code: '431225100202', name: '龙塘村', level: 'village', parent: '431225100', initials: 'lt', groups: 4 },
  { code: '431225204', name: '高椅乡', level: 'township', parent: '431225', initials: 'gy', groups: null },
  { code: '431225204200', name: '示例甲村', level: 'village', parent: '431225204', initials: 'slj', groups: 4 },
  { code: '431225204201', name: '示例乙村', level: 'village', parent: '431225204', initials: 'sly', groups: null },
]

/** F001 by area, F002 monthly, F003 once, F004 for projects, F005 masked. */
export function catalogue(): FundRow[] {
  return [
    fund('F001', {
      name: '耕地地力保护补贴',
      department: '农业农村局',
      unit: '亩',
      standard: 10_500,
      policy: 'ZC-001',
    }),
    fund('F002', { name: '农村低保', department: '民政局', payee: '户', unit: '人', policy: 'ZC-002' }),
    fund('F003', { name: '农机购置补贴', department: '农业农村局', payee: '主体', unit: '台', frequency: '一次' }),
    fund('F004', { name: '小型水利建设', department: '水利局', payee: '村', unit: '处', tier: 'A' }),
    fund('F005', {
      name: '困境儿童生活补贴',
      department: '民政局',
      payee: '人',
      unit: '人',
      masked: true,
      maskReason: '保护未成年人',
    }),
  ]
}

function fund(code: string, rest: Partial<FundRow>): FundRow {
  return {
    code,
    name: '',
    level: '中央',
    department: '',
    class: '示例类',
    payee: '户',
    unit: '',
    standard: null,
    frequency: '每年',
    eligibility: '本县农村户口',
    howToApply: '向村委会申请',
    policy: '',
    tier: 'B',
    masked: false,
    maskReason: '',
    contactPhone: '0745-5550100',
    complaintPhone: '0745-5550109',
    ...rest,
  }
}

export function origins(): OriginRow[] {
  const files = [
    '',
    '示例-地点.csv',
    '示例-资金目录.csv',
    '示例-指标.csv',
    '示例-发放名册.xlsx',
    '示例-项目.xlsx',
    '示例-三资.xlsx',
  ]
  return files.slice(1).map((file, at) => ({
    id: at + 1,
    table: ['places', 'funds', 'allocations', 'payments', 'projects', 'assets'][at] ?? 'ledger',
    file,
    importedBy: '示例经办人',
    importedOn: '2026-11-02',
    approvedBy: '',
    approvedOn: null,
    sample: true,
  }))
}

type Draft = Omit<DocumentRow, 'clauses' | 'clauseSeq'>

/** One policy in two versions (the older ends only by the newer), one in force, one whose dates are unknown. */
export function documents(): Draft[] {
  return [
    document('ZC-001', {
      title: '耕地地力保护补贴实施办法',
      work: 'W-1',
      version: 2,
      inForce: '2025-01-01',
      funds: ['F001'],
    }),
    document('ZC-001-旧', {
      title: '耕地地力保护补贴实施办法',
      work: 'W-1',
      inForce: '2020-01-01',
      validity: 'repealed',
    }),
    document('ZC-002', {
      title: '农村低保操作规程',
      work: 'W-2',
      inForce: '2023-07-01',
      funds: ['F002'],
      topic: '社会救助',
    }),
    document('ZC-003', { title: '村级财务公开办法', work: 'W-3', validity: 'unknown', topic: '村务' }),
  ]
}

function document(index: string, rest: Partial<Draft>): Draft {
  return {
    index,
    title: '',
    number: `示例发〔${rest.inForce?.slice(0, 4) ?? '未知'}〕1号`,
    issuer: '示例农业农村局',
    level: '县',
    topic: '农业补贴',
    made: null,
    published: null,
    inForce: null,
    repealed: null,
    validity: 'in-force',
    registration: '',
    registrationExpiry: null,
    work: index,
    version: 1,
    history: '',
    who: '种地的农户',
    howMuch: '每亩 105 元',
    how: '村里登记，不用自己申请',
    explainedBy: '示例农业农村局',
    tags: [{ dimension: '对象', values: ['农户'] }],
    funds: [],
    origin: 2,
    row: 2,
    ...rest,
  }
}

const CLAUSES: Readonly<Record<string, readonly string[]>> = {
  'ZC-001': [
    '为保护耕地地力，制定本办法。',
    '补贴对象为拥有耕地承包权的种地农户，每亩 105 元。',
    '补贴直接发到农户一卡通。',
  ],
  'ZC-001-旧': ['为保护耕地地力，制定本办法。', '补贴对象为拥有耕地承包权的种地农户，每亩 95 元。'],
  'ZC-002': ['低保对象按户申请。', '低保金按月发放。'],
  'ZC-003': ['村级财务按月公开，收支逐笔公布。'],
}

export function clausesOf(index: string): ClauseRow[] {
  return (CLAUSES[index] ?? []).map((text, at) => ({
    document: index,
    ordinal: at + 1,
    label: `第${'一二三四五'.charAt(at)}条`,
    chapter: '',
    text,
    funds: index === 'ZC-001' && at === 1 ? ['F001'] : [],
  }))
}

export function notices(): NoticeRow[] {
  const notice = { origin: 2, row: 9, place: '431225', venue: '', time: '', contactPhone: '0745-5550100' }
  return [
    { ...notice, id: 'TZ-1', kind: 'news', title: '示例：查询机上线', body: '点一点就能查。', date: '2026-11-01' },
    {
      ...notice,
      id: 'TZ-2',
      kind: 'open-day',
      title: '示例：阳光开放日',
      body: '欢迎来问。',
      date: '2026-11-28',
      place: '431225100',
      venue: '林城镇政府',
      time: '9:00–11:00',
    },
  ]
}
