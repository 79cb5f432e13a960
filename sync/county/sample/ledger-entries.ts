// What village vouchers are about, and the account each class belongs to in both editions of the chart of accounts.
import { readFileSync } from 'node:fs'
import type { Month } from '../../contract/rows.ts'

export interface Entry {
  class: string
  summary: string
  counterpart: string
  /** Usual size. */
  yuan: number
  direction: 'income' | 'expense'
}

const INCOME_LINES = `补助收入|村级组织运转经费|乡镇财政所|9800
补助收入|人居环境整治补助|乡镇财政所|6200
补助收入|村道养护补助|县交通运输局|3600
补助收入|惠民项目以奖代补|县农业农村局|7600
补助收入|防汛抗旱补助|县水利局|2400
发包及上交收入|山塘发包租金|承包户|3200
发包及上交收入|集体林地租金|承包户|5200
发包及上交收入|机动田承包款|承包户|1800
发包及上交收入|门面租金|承租户|4200
经营收入|油茶基地鲜果销售|收购商|8600
经营收入|光伏发电收入|供电公司|3900
经营收入|冷库仓储收入|合作社|4600
投资收益|入股合作社分红|种养合作社|5200
投资收益|定期存款利息|信用社|420
其他收入|废旧物资处理|回收站|380
其他收入|乡贤捐款|乡贤|2600
`
const EXPENSE_LINES = `公益支出|水渠维修工钱|村民用工组|5200
公益支出|村道塌方抢修|机械租赁队|4600
公益支出|保洁员工资|村保洁队|3600
公益支出|路灯电费|供电所|860
公益支出|饮水管网抢修|水暖店|1500
公益支出|文化活动开支|村文艺队|1200
公益支出|护林防火开支|护林队|1600
管理费用|村干部误工补贴|村民小组长|2400
管理费用|村部水电费|供电所|520
管理费用|会议开支|村民代表|680
管理费用|财务代理费|乡镇代理中心|1500
管理费用|村部维修|工程队|1900
经营支出|油茶基地管护工钱|村民用工组|4200
经营支出|冷库电费|供电所|2100
经营支出|农资采购|农资店|2800
其他支出|困难群众慰问|村民|900
其他支出|租赁合同退款|承租户|700
`

function entries(lines: string, direction: 'income' | 'expense'): Entry[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [kind = '', summary = '', counterpart = '', yuan = '0'] = line.split('|')
      return { class: kind, summary, counterpart, yuan: Number(yuan), direction }
    })
}
export const INCOMES: readonly Entry[] = entries(INCOME_LINES, 'income')
export const EXPENSES: readonly Entry[] = entries(EXPENSE_LINES, 'expense')

export const OLD_EDITION = '财会〔2004〕12号'
export const NEW_EDITION = '财会〔2023〕14号'

/** In the sample a few townships kept their old books until the end of 2024: some codes change meaning in between. */
export function editionOf(township: string, month: Month): string {
  return month < '2025-01' && ['431225106', '431225212', '431225215'].includes(township) ? OLD_EDITION : NEW_EDITION
}

interface Account {
  edition: string
  code: string
  name: string
  class: string
}
const ACCOUNTS = JSON.parse(
  readFileSync(new URL('../../../assets/accounts.json', import.meta.url), 'utf8'),
) as Account[]
/** Classes without an account of their own in an edition, and the one that takes them there. */
const TAKEN_BY: Readonly<Record<string, string>> = { 发包及上交收入: '经营收入', 公益支出: '其他支出' }

/** Account of a class on screen in an edition. */
export function accountOf(edition: string, kind: string): Account {
  const own = ACCOUNTS.find((one) => one.edition === edition && one.class === kind)
  const found = own ?? ACCOUNTS.find((one) => one.edition === edition && one.class === TAKEN_BY[kind])
  if (!found) throw new RangeError(`Expected an account of ${edition} for ${kind}`)
  return found
}
