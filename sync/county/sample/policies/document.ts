// Lays a policy plan out as articles of one version, with the labels of those that settle who gets it and how much.
import type { Day } from '../../../contract/rows.ts'
import type { FundsRow } from '../../tables.ts'
import { spoken } from '../calendar.ts'
import type { FundPlan, Rhythm } from '../fund-plan.ts'
import { hash32 } from '../random.ts'
import type { PolicyPlan } from './plan.ts'

export interface Version {
  plan: PolicyPlan
  /** Funds that rest on it in this version, with their plans. */
  funds: readonly { row: FundsRow; plan: FundPlan }[]
  /** Which of the three years' standards it sets. */
  at: 0 | 1 | 2
  issuer: string
  inForce: Day
  /** '《…》（会农联〔2025〕示例3号）' that it replaces; '' for the first. */
  replaces: string
}
interface Article {
  chapter: string
  text: string
  /** Settles the list or the quantity, or the standard. */
  marks?: 'list' | 'standard'
}
export interface Laid {
  text: string
  /** Labels of the articles on the quantity or list and on the standard, in the order of the text. */
  labels: readonly string[]
}

const FIGURES = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
/** 1–99 in Chinese figures. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10)
  return `${tens === 0 ? '' : tens === 1 ? '十' : `${FIGURES[tens]}十`}${FIGURES[n % 10]}`
}

const PERIODS: Readonly<Record<string, string>> = { month: '每月', quarter: '每季度', term: '每学期' }
function period(rhythm: Rhythm): string {
  return PERIODS[rhythm] ?? (rhythm.startsWith('year-') ? '每年' : '')
}
/** '每亩每年 105.00 元'. */
export function standardWords(fund: FundsRow, plan: FundPlan, at: number): string {
  return `每${fund.unit}${period(plan.rhythm)} ${(plan.standards[at] ?? 0).toFixed(2)} 元`
}
function standards(version: Version): string {
  const { funds, at, plan } = version
  const priced = funds.filter((fund) => (fund.plan.standards[at] ?? 0) > 0)
  if (priced.length === 0) {
    return '工程类资金按批准的概算下达，按合同价和审定价结算，不超概算。概算、合同价、审定价三个数都要公开，差额说明原因。'
  }
  const [only] = priced
  const tail = plan.basis.includes('面积')
    ? '标准乘以核定面积等于应发金额，四舍五入到分。'
    : '应发金额按标准和核定数量计算，四舍五入到分。'
  if (priced.length === 1 && only) return `${only.row.name}的标准为${standardWords(only.row, only.plan, at)}。${tail}`
  const list = priced.map(
    (fund, i) => `（${chineseNumber(i + 1)}）${fund.row.name}：${standardWords(fund.row, fund.plan, at)}`,
  )
  return `标准如下：${list.join('；')}。${tail}`
}

function source(version: Version): string {
  const level = version.funds[0]?.row.level ?? '县'
  const words = {
    中央: '所需资金由中央财政和省财政安排，专款专用，结余按规定上缴或者结转。',
    省: '所需资金以省财政为主、县财政配套，列入年度预算。',
    市: '所需资金由市、县两级财政按六比四分担，列入年度预算。',
    县: '所需资金由县财政列入年度预算，不得由村集体垫付。',
  }
  return words[level]
}

function publicity(version: Version): string {
  const masked = version.funds.filter((fund) => fund.row.masked)
  const days = chineseNumber(version.plan.days)
  const open = `名单和金额在村务公开栏和查询终端公示${days}日，写明姓名、组别、数量、金额，不写身份证号、银行账号、电话和住址。`
  if (masked.length === 0) return open
  const closed = `涉及残疾、患病、未成年人和计划生育情况的，只公开资金总额和隐去名字的金额，不公示姓名、组别，不得张贴原始名册。`
  return masked.length === version.funds.length ? closed : `${open}${closed}`
}

function grantArticles(version: Version): Article[] {
  const { plan } = version
  const people = ['救助', '优抚', '社会保障'].some((word) => plan.topic.includes(word))
  const source_: Article = { chapter: '总则', text: source(version) }
  const who: Article = { chapter: '对象和标准', text: plan.who, marks: 'list' }
  const not: Article = { chapter: '对象和标准', text: plan.not }
  const basis: Article = { chapter: '对象和标准', text: plan.basis, marks: 'list' }
  const standard: Article = { chapter: '对象和标准', text: standards(version), marks: 'standard' }
  const middle = people ? [who, not, standard, basis] : [who, basis, not, standard]
  return [
    { chapter: '总则', text: `为${plan.goal}，规范${subjectOf(plan)}，根据省、市有关规定，结合本县实际，制定本规定。` },
    { chapter: '总则', text: duty(version) },
    source_,
    ...middle,
    { chapter: '申请和审核', text: plan.papers },
    { chapter: '申请和审核', text: plan.steps },
    { chapter: '申请和审核', text: publicity(version) },
    { chapter: '发放', text: plan.when },
    { chapter: '发放', text: bounced(plan) },
    ...plan.extra.map((text) => ({ chapter: '发放', text })),
    ...ending(version),
  ]
}

function worksArticles(version: Version): Article[] {
  const { plan } = version
  return [
    { chapter: '总则', text: `为${plan.goal}，规范${subjectOf(plan)}，管好用好资金，结合本县实际，制定本规定。` },
    { chapter: '总则', text: source(version) },
    { chapter: '总则', text: duty(version) },
    { chapter: '立项', text: plan.who, marks: 'list' },
    { chapter: '立项', text: plan.not },
    { chapter: '立项', text: plan.papers },
    { chapter: '实施', text: plan.steps },
    { chapter: '实施', text: standards(version), marks: 'standard' },
    { chapter: '实施', text: plan.basis, marks: 'list' },
    { chapter: '实施', text: plan.when },
    {
      chapter: '公开',
      text: `项目地点、概算、施工单位、负责人、进度和三张照片（施工前、施工中、完工后）在村务公开栏和查询终端公开，公示期不少于${chineseNumber(plan.days)}日。`,
    },
    ...plan.extra.map((text) => ({ chapter: '公开', text })),
    ...ending(version),
  ]
}

function subjectOf(plan: PolicyPlan): string {
  return `${plan.title.replace(/(实施|发放|管理)?(暂行)?(办法|细则|方案|规定)$/, '')}工作`
}
function duty(version: Version): string {
  const { issuer, plan, funds } = version
  const others = [...new Set(funds.map((fund) => fund.row.department))].filter((name) => name !== issuer)
  const with_ = others.length ? `，${others.join('、')}按职责分工负责` : ''
  const village = plan.shape === 'works' ? '村民委员会组织村民代表议定项目、派人监督' : '村民委员会负责登记、评议和公示'
  return `${issuer}负责本规定的组织实施${with_}；县财政局负责资金筹集、拨付和监督；乡镇人民政府负责审核把关；${village}。`
}
function bounced(plan: PolicyPlan): string {
  const variants = [
    '因账户注销、户名不符等原因退回的，乡镇在五个工作日内通知本人更正，次月补发，退回和补发的日期都要公开。',
    '银行退回的资金，由乡镇电话或者上门告知，更正账户后三十日内补发；不得改发现金，不得由他人代领不交。',
    '发放失败的，保留退回记录，更正后补发。多发、错发的从下一期冲减或者书面通知退回，并在公开表上注明冲销。',
  ]
  return variants[hash32(plan.id) % variants.length] ?? ''
}
function ending(version: Version): Article[] {
  const { plan, inForce, replaces, issuer } = version
  const watch = [
    '村务监督委员会对名单和金额逐项核对并签字。任何人认为不实的，可以向乡镇人民政府或者上述部门反映，受理后十五个工作日内答复。',
    '县财政、审计、乡村振兴等部门按年抽查，抽查结果公开。群众反映的问题，谁受理谁答复，不得把反映人的姓名告诉被反映的人。',
    '每年底由乡镇组织一次回头看，入户核对不少于一成；发现问题的，限期改正并在村务公开栏说明。',
  ]
  const guilt = [
    '虚报、冒领、重复领取的，追回资金，取消当年资格；截留、挪用、优亲厚友的，依规依纪追究责任，涉嫌犯罪的移送有关机关。',
    '以弄虚作假手段取得资金的，责令退回；工作人员失职或者收受好处的，依法给予处分。',
  ]
  const at = hash32(`${plan.id} end`)
  return [
    { chapter: '监督', text: watch[at % watch.length] ?? '' },
    { chapter: '监督', text: guilt[at % guilt.length] ?? '' },
    { chapter: '附则', text: `本规定由${issuer}负责解释。法律法规和上级文件另有规定的，从其规定。` },
    {
      chapter: '附则',
      text: `本规定自${spoken(inForce)}起施行，有效期五年。${replaces ? `${replaces}同时废止。` : ''}`,
    },
  ]
}

/** What a policy calls itself: its title ends in 办法, 细则, 方案 or 规定. */
function selfOf(plan: PolicyPlan): string {
  return `本${/(办法|细则|方案)$/.exec(plan.title)?.[0] ?? '规定'}`
}

/** Articles as text, each on a line of its own, under chapter headings. */
export function layOut(version: Version): Laid {
  const articles = version.plan.shape === 'works' ? worksArticles(version) : grantArticles(version)
  const lines: string[] = []
  const self = selfOf(version.plan)
  const labels = new Map<'list' | 'standard', string>()
  let chapter = ''
  let chapters = 0
  for (const [i, article] of articles.entries()) {
    if (article.chapter !== chapter) {
      chapter = article.chapter
      lines.push(`第${chineseNumber(++chapters)}章 ${chapter}`)
    }
    const label = `第${chineseNumber(i + 1)}条`
    if (article.marks) {
      // The last article on the list stands for it; taken out first, so that the order stays that of the text.
      labels.delete(article.marks)
      labels.set(article.marks, label)
    }
    lines.push(`${label} ${article.text.replaceAll('本规定', self)}`)
  }
  return { text: lines.join('\n'), labels: [...labels.values()] }
}
