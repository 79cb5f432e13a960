// Reads one cell by the type of its field: the single door between files as they arrive and canonical rows.
import { emptyValue, type FieldSpec } from '../fields/field.ts'
import { readDay, readMonth } from './day.ts'
import { readIdNumber } from './id-number.ts'
import { readInteger, readMoney, readQuantity } from './number.ts'
import { plain, type Reading, read, unreadable, visible } from './reading.ts'

export type Value = string | number | null

export interface CellOptions {
  /** For dates without a year; null refuses them. */
  year: number | null
  /** What the heading says of its money. */
  unit: '元' | '万元'
  /** What a workbook counts its days from; without it a day's bare number is refused. */
  calendar?: '1900' | '1904' | null
}

/** Longest name or sentence, and longest whole text, characters: a cell over it is a damaged file, and would not fit its block. */
const MAX_TEXT = 2_000
const MAX_LONG_TEXT = 500_000

/** Words that files use for the canonical choices. */
const CHOICE_WORDS: Readonly<Record<string, string>> = {
  县级行政区: 'county',
  县: 'county',
  市级: '市',
  省级: '省',
  县级: '县',
  乡镇: 'township',
  村: 'village',
  社区: 'village',
  收入: 'income',
  支出: 'expense',
  资产: 'asset',
  资源: 'resource',
  债权: 'receivable',
  债务: 'payable',
  '0': 'in-force',
  '1': 'repealed',
  有效: 'in-force',
  现行有效: 'in-force',
  废止: 'repealed',
  已废止: 'repealed',
  失效: 'repealed',
  未知: 'unknown',
  新闻: 'news',
  动态: 'news',
  开放日: 'open-day',
  答复: 'answer',
  已发放: '已发',
  正常: '已发',
  退回补发: '补发',
  冲减: '冲销',
}
/** 'The same as above', as people write it in a table. */
const DITTO = /^\s*(?:同上|同前|上同|〃|″|”|"|''|々|"")\s*$/
const FLAGS: Readonly<Record<string, number>> = { true: 1, false: 0, '1': 1, '0': 0, 是: 1, 否: 0, yes: 1, no: 0 }

/** The value of a cell for the database: fen, thousandths, 'YYYY-MM-DD', JSON text for lists. Empty cells give the field's empty value. */
export function readCell(cell: string, field: FieldSpec, options: CellOptions): Reading<Value> {
  // Which row above is meant isn't in the file: sorted or filtered, it would be another.
  if (DITTO.test(cell) && !field.office && !field.long) return unreadable('ditto', { got: cell.trim() })
  if (field.type === 'text') return readText(cell, field)
  const text = cell.trim()
  if (text === '' || (field.nullable && /^(?:-|—|无|\/)$/.test(text))) {
    return field.required ? unreadable('empty') : read(emptyValue(field))
  }
  switch (field.type) {
    case 'id':
      return readIdNumber(text)
    case 'money':
      return readMoney(text, options.unit)
    case 'quantity':
      return readQuantity(text)
    case 'integer':
      return readInteger(text)
    case 'day':
      return readDay(text, options.year, options.calendar)
    case 'month':
      return readMonth(text)
    case 'flag':
      return readFlag(text)
    case 'choice':
      return readChoice(text, field.choices ?? [])
    case 'list':
      return readList(text)
    case 'json':
      return readJson(text)
  }
}

function readText(cell: string, field: FieldSpec): Reading<Value> {
  const text = visible(cell).trim()
  const most = field.long ? MAX_LONG_TEXT : MAX_TEXT
  if (text.length > most) return unreadable('text-long', { most, count: text.length })
  return field.required && text === '' ? unreadable('empty') : read(text)
}

function readFlag(text: string): Reading<number> {
  const flag = FLAGS[text.toLowerCase()]
  return flag === undefined ? unreadable('flag', { got: text }) : read(flag)
}

function readChoice(text: string, choices: readonly string[]): Reading<string> {
  if (choices.includes(text)) return read(text)
  const word = CHOICE_WORDS[plain(text)]
  return word !== undefined && choices.includes(word)
    ? read(word)
    : unreadable('choice', { choices: choices.map(shownChoice).join('、'), got: text })
}

/** 'expense' is 支出 in a file: the first word that means it. */
function shownChoice(choice: string): string {
  return /^[a-z-]+$/.test(choice)
    ? (Object.entries(CHOICE_WORDS).find(([word, meant]) => meant === choice && !/^\d$/.test(word))?.[0] ?? choice)
    : choice
}

function readList(text: string): Reading<string> {
  if (text.startsWith('[')) return readJson(text)
  return read(
    JSON.stringify(
      text
        .split(/[、;；,，]/)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  )
}

function readJson(text: string): Reading<string> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return read(JSON.stringify(value))
  } catch {
    // Said below: the reason is the same whatever the parser tripped over.
  }
  return unreadable('json', { got: text })
}
