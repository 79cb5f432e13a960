// Invented policies in the form of real ones: the land-fertility measures in two versions, and enough others to search.
import type { ClauseRow, DocumentRow, NoticeRow } from '../../sync/contract/rows.ts'
import { VILLAGE } from './fixture-places.ts'

const base = {
  issuer: '会同县农业农村局',
  level: '县级',
  topic: '农业农村',
  repealed: null,
  registration: 'HTDR-2025-示例',
  registrationExpiry: null,
  history: '',
  explainedBy: '县农业农村局',
  clauseSeq: 0,
  origin: 1,
} as const

const tags = [
  { dimension: '对象', values: ['种地农户'] },
  { dimension: '领域', values: ['农业'] },
]

function land(version: 1 | 2): DocumentRow {
  const now = version === 2
  return {
    ...base,
    index: now ? 'HT-2025-003' : 'HT-2023-005',
    title: '会同县耕地地力保护补贴发放办法',
    number: now ? '会农联〔2025〕示例 3 号' : '会农联〔2023〕示例 5 号',
    made: now ? '2025-02-10' : '2023-02-14',
    published: now ? '2025-02-15' : '2023-02-20',
    inForce: now ? '2025-03-01' : '2023-03-01',
    repealed: now ? null : '2025-03-01',
    validity: now ? 'in-force' : 'repealed',
    work: 'land-fertility',
    version,
    who: '承包地还在种的农户。撂荒、盖房的不发。',
    howMuch: now ? '今年每亩 105.00 元，按确权亩数算。' : '每亩 99.00 元，按确权亩数算。',
    how: '不用申请。4 月底前打到惠农卡，先公示 7 天。',
    tags,
    funds: ['F001'],
    clauses: 14,
    row: version,
  }
}

const OTHERS = [
  '稻谷目标价格补贴实施细则',
  '油茶造林补贴管理办法',
  '公益林生态效益补偿办法',
  '农机购置补贴指南',
  '危房改造实施方案',
  '村集体经济组织财务公开规定',
]
export const documents: DocumentRow[] = [
  land(2),
  land(1),
  ...OTHERS.map(
    (title, at): DocumentRow => ({
      ...land(2),
      index: `HT-2024-10${at}`,
      title: `会同县${title}（示例）`,
      number: at === 5 ? '' : `会政发〔2024〕示例 ${at + 1} 号`,
      inForce: at === 4 ? null : '2024-06-01',
      validity: at === 4 ? 'unknown' : 'in-force',
      work: `other-${at}`,
      version: 1,
      who: '',
      howMuch: '',
      how: '',
      explainedBy: '',
      tags: [{ dimension: '领域', values: [at < 4 ? '农业' : '村务'] }],
      funds: at === 0 ? ['F002'] : [],
      clauses: 6,
      row: at + 3,
    }),
  ),
]

const TEXTS = [
  '为规范耕地地力保护补贴的发放，根据有关规定，制定本办法。',
  '本办法适用于本县行政区域内的耕地地力保护补贴。',
  '补贴资金实行专户管理，任何单位和个人不得截留、挪用。',
  '补贴对象为拥有耕地承包权的种地农民。耕地流转的，按合同约定；没有约定的，补给承包农户。',
  '补贴面积以农村土地承包经营权确权登记面积为准，扣除已改变用途、连续两年以上撂荒的面积。',
  '村民委员会登记造册，张榜公示不少于 7 天。',
  '2025 年补贴标准为每亩 105.00 元，由县财政局按上级下达资金和核定面积测算，报县人民政府同意后执行。',
  '乡镇人民政府负责审核，县农业农村局负责抽查。',
  '补贴资金通过惠农补贴一卡通发放到户。',
  '发放结果由村民委员会公布，公布时间不少于 30 天。',
  '有异议的，可以向乡镇人民政府提出，乡镇人民政府 15 日内答复。',
  '骗取补贴的，追回资金，并依法处理。',
  '本办法由县农业农村局负责解释。',
  '本办法自 2025 年 3 月 1 日起施行。',
]
const LABELS = '一二三四五六七八九十'.split('').concat(['十一', '十二', '十三', '十四'])

export function clausesOf(index: string): ClauseRow[] {
  const document = documents.find((candidate) => candidate.index === index)
  const count = document?.clauses ?? 0
  return TEXTS.slice(0, count).map((text, at) => ({
    document: index,
    ordinal: at,
    label: `第${LABELS[at] ?? ''}条`,
    chapter: at < 3 ? '第一章 总则' : at < 11 ? '第二章 发放' : '第三章 附则',
    text: index === 'HT-2023-005' ? text.replace('2025 年', '2023 年').replace('105.00', '99.00') : text,
    funds: at === 4 || at === 6 ? ['F001'] : [],
  }))
}

export const notices: NoticeRow[] = [
  {
    id: 'N-1',
    kind: 'open-day',
    title: '县财政局开放日（示例）',
    body: '想看补贴怎么发的，可以来看、来问，不用报名。',
    date: '2025-10-08',
    place: '431225',
    venue: '县政务服务中心二楼',
    time: '10月15日上午 9 点',
    contactPhone: '0745-0000001',
    origin: 1,
    row: 2,
  },
  {
    id: 'N-2',
    kind: 'news',
    title: '翁高村水渠修好通水（示例）',
    body: '三组到五组的水渠 9 月 15 日验收通水，账目已经公开。',
    date: '2025-09-20',
    place: VILLAGE,
    venue: '',
    time: '',
    contactPhone: '',
    origin: 1,
    row: 3,
  },
]
