// How the sample pays each fund: which policy it rests on, standards of the three years, how many of 1,000 households
// have a payee, who that is, when money goes out and how much of the unit. Figures are invented; names of funds are not.
import { MORE_FUND_LINES } from './fund-plan-kinds.ts'

/** Who is paid: the head of a household, a person of an age, an invented organisation, or the village. */
export type Payee =
  | 'head'
  | 'adult'
  | 'child'
  | 'teen'
  | 'old60'
  | 'old80'
  | 'old90'
  | 'old100'
  | 'org'
  | 'village'
  | 'project'
/** Every month, quarter or term, once a year in a month ('year-4'), or once in three years. */
export type Rhythm = 'month' | 'quarter' | 'term' | 'once' | `year-${number}`
/** [from, to] in thousandths of the unit, or a share of the household's fields or woods in percent. */
export type Amount = { from: number; to: number } | { of: 'fields' | 'woods'; from: number; to: number }

export interface FundPlan {
  fund: string
  policy: string
  /** Yuan a unit two years ago, last year, this year. */
  standards: readonly [number, number, number]
  /** Payees of 1,000 households. */
  rate: number
  payee: Payee
  rhythm: Rhythm
  quantity: Amount
  /** Of the three years 0–2, the first and last in which the fund pays. */
  first: number
  last: number
}

/** fund|policy|standards|rate|payee|rhythm|quantity|years */
const LINES = `F001|P01|102,103,105|669|head|year-4|fields 70-100
F002|P02|58,60,62|456|head|year-7|fields 40-90
F003|P03|18.5|395|head|year-6|fields 40-90|0-0
F004|P04|120,120,130|38|head|year-8|fields 30-60
F005|P05|100|3|org|year-9|30-50
F006|P06|40,45,50|106|head|year-5|fields 20-60
F007|P06|60|27|head|year-10|fields 10-30
F008|P06|150|9.1|head|year-10|fields 10-30
F009|P07|1200|6.1|head|once|1-1
F010|P07|900|1.5|head|once|1-1
F011|P08|30|11.4|head|year-8|fields 40-90
F012|P08|35|6.1|head|year-11|fields 40-90
F013|P09|45|38|head|year-9|fields 20-60
F014|P09|150|19|head|year-10|fields 20-50
F015|P10|2400|1.5|adult|year-8|1-1
F016|P11|800|1.5|head|once|1-6
F017|P11|60|0.6|org|quarter|4-60
F018|P12|48|15.2|head|year-6|1-4
F019|P12|9.6|30|head|year-5|fields 40-90
F020|P11|300|2.3|adult|month|1-1
F021|P13|900|2.3|adult|once|1-1
F022|P14|20000|0.5|org|once|1-1
F023|P14|30000|0.4|org|once|1-1
F024|P15|1200|9.1|head|once|1-1
F025|P16|30|3.8|head|once|40-160
F026|P17|0|0|project|once|1-1
F027|P19|0|0|project|once|1-1
F028|P20|1500|19|head|year-9|1-1|0-1
F029|P21|1500,1500,1500|7.6|teen|term|1-1|0-1
F030|P22|180|13.7|head|quarter|1-1
F031|P23|200,200,300|61|adult|year-10|1-1|0-1
F032|P23|600|9.1|adult|year-11|1-1
F033|P24|600,700,800|3.8|adult|month|1-1|0-1
F034|P25|1000|0.5|org|year-11|2-12
F035|P26|3000|3|head|once|1-1
F036|P27|0|0|project|once|1-1
F037|P27|0|0|project|once|1-1
F038|P28|0|0|project|once|1-1
F039|P29|120|10.6|adult|once|10-40
F040|P30|60|4.6|head|month|1-1
F041|P31|125|46|head|year-10|woods 10-40|0-1
F042|P32|15,16,16|137|head|year-7|woods 40-100
F043|P32|15,15.5,16|99|head|year-7|woods 30-90
F044|P32|12|30|head|year-8|woods 30-90
F045|P33|800,833,833|5.3|adult|month|1-1
F046|P34|400|7.6|head|once|woods 10-30
F047|P35|1.2|23|head|year-6|woods 30-90
F048|P36|150|15.2|head|quarter|1-5
F049|P36|0|0|project|once|1-1
F050|P37|500|1.5|adult|month|1-1
F051|P37|1200|2.3|adult|year-9|1-1
F052|P37|80|3|adult|year-9|20-60
F053|P38|0|0|project|once|1-1
F054|P39|420,440,440|1.5|head|month|1-3|0-1
F055|P39|268,280,280|18.2|head|month|1-4|0-1
F056|P40|860,880,900|0.4|old60|month|1-1
F057|P40|560,590,590|4.6|old60|month|1-1|0-1
F058|P40|320|1.5|old60|month|1-1
F059|P41|950,1000,1000|1|child|month|1-1|0-1
F060|P41|950,1000,1050|1.5|child|month|1-1
F061|P42|1200|7.6|head|once|1-3
F062|P42|300|0.3|adult|once|1-1
F063|P43|80,85,90|12.2|adult|month|1-1
F064|P43|80,85,90|6.1|adult|month|1-1|0-1
F065|P44|50,50,60|19.8|old80|month|1-1|0-1
F066|P44|50,50,60|3|old60|month|1-1
F067|P45|420,440,460|0.5|old80|month|1-1
F068|P46|3500|1.5|head|once|1-1
F069|P46|260|1.2|adult|year-8|1-1
F070|P46|1500|1|child|year-9|1-6
F071|P46|2400|1.5|adult|year-11|1-1
F072|P47|1250,1310,1380|1.5|old60|month|1-1
F073|P47|1900,1990,2080|0.3|old60|month|1-1
F074|P47|1700,1780,1860|0.4|old80|month|1-1
F075|P47|690,720,750|1|old60|month|1-1
F076|P47|750,780,810|1.6|old60|month|1-1
F077|P47|58,61,64|3|old60|month|10-40
F078|P47|590,620,650|0.3|old60|month|1-1
F079|P48|12000,12400,12800|2.3|head|year-7|1-1
F080|P48|4500|1.2|adult|once|2-5
F081|P49|960,960,1080|9.1|old60|year-9|1-1
F082|P49|10800|1.2|old60|year-9|1-1
F083|P49|120|4.6|head|year-11|1-1
F084|P50|3600|16.7|head|year-9|1-2|1-2
F085|P51|3200|1.9|adult|quarter|1-1
F086|P51|220|1.5|old60|month|1-1
F087|P52|10000|0.5|adult|once|1-1
F088|P52|2600|9.1|adult|once|1-3
F089|P52|190,200,200|15.2|adult|year-12|1-1|0-1
F090|P53|128,138,143|33|old60|month|1-1
F091|P53|100|7.6|adult|year-12|1-1|0-1
F092|P53|1200|1.5|old60|year-11|1-1
F093|P54|1000|3.8|adult|once|1-1
F094|P55|500|6.1|child|term|1-1
F095|P55|500|12.2|child|term|1-1
F096|P55|4|0.8|org|term|3000-19000
F097|P55|1000|6.1|teen|term|1-1|0-1
F098|P55|1000|0.4|org|term|10-80
F099|P55|1000|4.6|teen|term|1-1
F100|P55|600|6.1|teen|year-11|1-1
F101|P56|300|1.5|old60|month|1-1
F102|P57|22000|1.5|head|once|1-1|0-1
F103|P57|12000|1.5|head|once|1-1
F104|P58|360|1.5|head|quarter|1-1
F105|P58|0|0|project|once|1-1
F106|P59|150|30|head|year-1|1-5|0-1
F107|P59|23000|0.8|head|once|1-1
F108|P59|40000|0.6|head|once|1-1
F109|P60|36000|6.1|head|once|fields 5-25
F110|P61|0|0|project|once|1-1
F111|P61|5400|0.5|org|year-11|1-4
F112|P62|1850,1950,2050|7.6|adult|month|1-1
F113|P62|450|2.3|old60|quarter|1-1
F114|P62|90000,95000,100000|1|village|year-3|1-1
F115|P62|1000|1|adult|once|1-1
F116|P62|1200|19.8|adult|year-12|1-1
F117|P63|200|1.5|adult|quarter|1-6
F118|P64|200|0.5|org|year-11|12-24
F119|P64|600|1.8|adult|year-12|1-1
`

function amountOf(text: string): Amount {
  const [first = '', second] = text.split(' ')
  const [from = '1', to = from] = (second ?? first).split('-')
  if (first === 'fields' || first === 'woods') return { of: first, from: Number(from), to: Number(to) }
  return { from: Number(from) * 1000, to: Number(to) * 1000 }
}

function planOf(line: string): FundPlan {
  const [fund = '', policy = '', standards = '', rate = '', payee = '', rhythm = '', quantity = '', years = '0-2'] =
    line.split('|')
  const [old = 0, last = old, now = last] = standards.split(',').map(Number)
  return {
    fund,
    policy,
    standards: [old, last, now],
    rate: Number(rate),
    payee: payee as Payee,
    rhythm: rhythm as Rhythm,
    quantity: amountOf(quantity),
    first: Number(years.slice(0, 1)),
    last: Number(years.slice(2)),
  }
}

/** One plan for each of F001–F196, in order. */
export const FUND_PLANS: readonly FundPlan[] = (LINES + MORE_FUND_LINES).trim().split('\n').map(planOf)
