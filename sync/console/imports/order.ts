// What is chosen for one file on its way in, and the words for it.
import type { ImportOrder, ImportTable, Peek, Upload } from '../../contract/console/imports.ts'

export interface Draft {
  upload: Upload
  table: string
  sender: string
  /** None for the only one that suits. */
  sheets: readonly string[]
  /** heading → field; '' leaves it out. What the office knows by itself isn't in it. */
  map: ReadonlyMap<string, string>
  /** field → value for every row. */
  set: ReadonlyMap<string, string>
}

export function orderOf(draft: Draft, take: ImportOrder['take']): ImportOrder {
  const { upload, table, sender, sheets, map, set } = draft
  // A value that was emptied again isn't given.
  const given = [...set].filter(([, value]) => value !== '')
  return {
    upload: upload.upload,
    name: upload.name,
    table,
    sender,
    sheets: [...sheets],
    map: [...map],
    set: given,
    take,
  }
}

/** The value that stands for a sheet's own name, for workbooks with a sheet for each village. */
export const SHEET_NAME = '@sheet'

/** Headings that nobody has placed yet: the file can't be looked over before they are. */
export function openHeadings(peek: Peek, draft: Draft): string[] {
  return (peek.headings ?? [])
    .filter(({ heading, field }) => heading !== '' && field === null && !draft.map.has(heading))
    .map(({ heading }) => heading)
}

/** Fields that every row must have, with neither a heading nor a value for all. */
export function missingFields(peek: Peek, draft: Draft, table: ImportTable): { name: string; title: string }[] {
  const given = new Set([...draft.set].filter(([, value]) => value !== '').map(([field]) => field))
  for (const { heading, field } of peek.headings ?? []) given.add(draft.map.get(heading) ?? field ?? '')
  return table.fields.filter(({ name, required }) => required && !given.has(name))
}

export const TRY_STATES = {
  running: '正在导入',
  taken: '已入库',
  looked: '只看过',
  refused: '有拒收行，未入库',
  failed: '没读成',
  broken: '中途断了，没有留下数据',
} as const

/** Fen as 元 with two decimals, exactly. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`
}

export function moment(iso: string): string {
  return new Date(iso).toLocaleString('zh-CN', { dateStyle: 'short', timeStyle: 'short' })
}
