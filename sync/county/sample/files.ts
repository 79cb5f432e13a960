// Names of the invented spreadsheets that sample rows say they came from (P8): all begin with 示例.
import type { TableName, Tables } from '../tables.ts'
import type { Frame } from './frame.ts'

type Namers = { [T in TableName]: (row: Tables[T]) => string }

/** File of a row. Payments lie by township and month, ledgers by township and year: few files, as offices keep them. */
export function fileNames(frame: Frame): <T extends TableName>(table: T, row: Tables[T]) => string {
  const township = new Map(frame.villages.map((village) => [village.code, village.townshipName]))
  const nameOf = (village: string): string => township.get(village) ?? '会同县'
  const namers: Namers = {
    places: () => '示例-村组名录.csv',
    funds: () => '示例-民生资金目录.xlsx',
    allocations: (row) => `示例-指标分配-${row.year}.xlsx`,
    projects: (row) => `示例-项目台账-${row.year}.xlsx`,
    payments: (row) => `示例-发放名册-${nameOf(row.village)}-${row.date.slice(0, 7)}.xlsx`,
    ledger: (row) => `示例-村级账-${nameOf(row.village)}-${row.month.slice(0, 4)}.xlsx`,
    assets: (row) => `示例-资产资源-${nameOf(row.village)}.xlsx`,
    contracts: (row) => `示例-合同台账-${nameOf(row.village)}.xlsx`,
    debts: (row) => `示例-债权债务-${nameOf(row.village)}.xlsx`,
    policies: () => '示例-政策文件汇编.jsonl',
    notices: () => '示例-公告.xlsx',
  }
  return (table, row) => namers[table](row)
}
