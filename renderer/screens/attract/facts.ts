// The two dated facts of the attract screen: about this village where the terminal has one, else about the county.
// What isn't published is left out, never shown as zero.
import type { TerminalProfile } from '../../../sync/contract/host-api.ts'
import type { CountyData } from '../../data/county-data.ts'
import { counted, fitsWan, wan, yuan } from '../../hall/money.ts'
import { useValue } from '../../hall/use-answer.ts'
import { shortDay, shortMonth } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'

export interface Fact {
  name: string
  figure: string
  unit: string
}

export function useFacts(data: CountyData, profile: TerminalProfile): Fact[] {
  const text = useText()
  const { village } = profile
  const facts = useValue(
    async () => (village === '' ? countyFacts(data, text) : villageFacts(data, village, text)),
    [data, village, text],
  )
  return facts ?? []
}

async function villageFacts(data: CountyData, code: string, text: Text): Promise<Fact[]> {
  const village = await data.village(code)
  if (village === null) return countyFacts(data, text)
  const found = await Promise.all([
    paidFact(data, code, village.place.name, text),
    booksFact(data, code, village.place.name, text),
  ])
  const facts = found.filter((fact) => fact !== null)
  return facts.length === 0 ? countyFacts(data, text) : facts
}

async function paidFact(data: CountyData, code: string, village: string, text: Text): Promise<Fact | null> {
  const [year] = await data.years()
  if (year === undefined) return null
  const funds = await data.fundsOf(code, year)
  if (funds.state !== 'here' || funds.value.length === 0) return null
  const sum = funds.value.reduce((total, entry) => total + entry.sum.amount, 0)
  const inWan = fitsWan(sum)
  return {
    name: text('attract.paid', { village, year }),
    figure: inWan ? wan(sum) : yuan(sum),
    unit: text(inWan ? 'hall.wan' : 'hall.yuan'),
  }
}

async function booksFact(data: CountyData, code: string, village: string, text: Text): Promise<Fact | null> {
  const month = await data.month(code, null)
  if (month.state !== 'here') return null
  const { period } = month.value
  if (period.publishedOn === null) return null
  const name = text('attract.books', { village, month: shortMonth(period.month, text.language) })
  return { name, figure: shortDay(period.publishedOn, text.language), unit: text('attract.published') }
}

async function countyFacts(data: CountyData, text: Text): Promise<Fact[]> {
  const facts: Fact[] = []
  const funds = await data.funds()
  if (funds.state === 'here') {
    const figure = text('attract.allFundsCount', { count: counted(funds.value.length) })
    facts.push({ name: text('attract.allFunds'), figure, unit: '' })
  }
  const policies = await data.policies({ text: '', tags: [], on: null }, 1)
  if (policies.state === 'here') {
    const figure = text('attract.policiesCount', { count: counted(policies.value.total) })
    facts.push({ name: text('attract.policies'), figure, unit: '' })
  }
  return facts
}
