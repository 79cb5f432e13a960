// Finds the headings among a sheet's first lines: below the title lines, on one level or on several. The place is chosen where
// the most columns are known; where nothing is known it is the first line, and the administrator sees why it fails.
//
//   会同县2026年耕地地力保护补贴发放表                 title line
//   单位：元                                           title line that says the unit
//   序号 │ 村 │ 姓名 │      补贴      │ 发放日期       level 1
//        │    │      │ 面积 │ 金额    │                level 2  → '补贴/面积', '补贴/金额'
import { plain } from '../readers/reading.ts'
import { fileError } from './file-error.ts'
import { type GridRow, isBlank } from './grid.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { withoutNumbers } from './without-numbers.ts'

export interface Headings {
  /** '补贴/金额' where there are two levels. */
  names: readonly string[]
  /** Lines that hold them. */
  lines: readonly GridRow[]
  /** Texts of the lines above. */
  titles: readonly string[]
  /** What a title line says of money ('单位：万元'); null where none does. */
  unit: '元' | '万元' | null
}

/**
 * Headings among `rows`, the first lines of a sheet. `fieldOf` tells which field a heading is matched with, undefined for none; `line` is the row
 * number that the administrator named, null to look. Errors: E-INPUT for a unit that money can't be read in, or no such line.
 */
export function findHeadings(rows: readonly GridRow[], fieldOf: FieldOf, line: number | null): Headings | null {
  const lines = rows.filter((row) => !isBlank(row)).slice(0, IMPORT_LIMITS.headingLines)
  const first = lines[0]
  if (first === undefined) return null
  let best: Candidate = { at: 0, names: namesOf([first]) ?? [], levels: 1, score: 0 }
  for (const [at, row] of lines.entries()) {
    if (line !== null && row.row !== line) continue
    if (line !== null) best = { at, names: namesOf([row]) ?? [], levels: 1, score: 0 }
    for (let levels = 1; levels <= IMPORT_LIMITS.headingLevels; levels += 1) {
      const found = candidate(lines, at, levels, fieldOf)
      // One known word in the middle of a file may be chance; two are a heading line.
      const enough = at === 0 || line !== null ? 1 : 2
      if (found !== null && found.score >= enough && isBetter(found, best)) best = found
    }
  }
  if (line !== null && lines[best.at]?.row !== line)
    throw fileError('heading-row', { most: IMPORT_LIMITS.headingLines, row: line })
  const titles = lines.slice(0, best.at).map((row) =>
    row.cells
      .map((cell) => cell.trim())
      .filter(Boolean)
      .map(withoutNumbers)
      .join(' '),
  )
  return { names: best.names, lines: lines.slice(best.at, best.at + best.levels), titles, unit: unitOfTitles(titles) }
}

export type FieldOf = (heading: string) => string | undefined

interface Candidate {
  at: number
  names: readonly string[]
  levels: number
  score: number
}

function candidate(lines: readonly GridRow[], at: number, levels: number, fieldOf: FieldOf): Candidate | null {
  const block = lines.slice(at, at + levels)
  const below = lines[at + levels]
  const last = block.at(-1)
  if (block.length < levels || last === undefined || isCut(last, below) || isCut(lines[at - 1], block[0])) return null
  const names = namesOf(block)
  if (names === null) return null
  const fields = names.flatMap((name) => (name === '' ? [] : (fieldOf(name) ?? [])))
  // Two columns of one field are told apart by a level above, if there is one: 应发/金额 and 实发/金额.
  const kept = fields.filter((field) => field !== '')
  return { at, names, levels, score: new Set(kept).size + (fields.length - kept.length) / 100 }
}

/** More columns known; else fewer levels, so that a title line isn't taken for a level. */
function isBetter(found: Candidate, best: Candidate): boolean {
  return found.score > best.score || (found.score === best.score && found.levels < best.levels)
}

/** True where a cell goes on in the line below: both are levels of the same headings. */
function isCut(last: GridRow | undefined, below: GridRow | undefined): boolean {
  return [...(last?.shared ?? [])].some(
    (at) => last?.cells[at] !== '' && below?.shared?.has(at) && below.cells[at] === last?.cells[at],
  )
}

/** The headings of a block of lines, joined by '/' from the top; null where the lines below don't hang under the first. */
function namesOf(block: readonly GridRow[]): string[] | null {
  const width = Math.max(...block.map((row) => widthOf(row)))
  const paths: string[][] = Array.from({ length: width }, () => [])
  for (const [level, row] of block.entries()) {
    if (level > 0 && !hangsUnder(row, block[level - 1])) return null
    const under = block[level + 1]
    let group = ''
    for (let at = 0; at < width; at += 1) {
      const own = (row.cells[at] ?? '').trim()
      if (own !== '') group = own
      // Without a word of its own a column belongs to the group on its left, if the next level has a word for it.
      const text = own !== '' ? own : under !== undefined && textAt(under, at) !== '' ? group : ''
      if (text !== '' && paths[at]?.at(-1) !== text) paths[at]?.push(text)
    }
    if (under !== undefined && isTitle(row, width)) return null
  }
  return paths.map((path) => path.map(tidy).join('/'))
}

/** The line below has words of its own, and none of them begins like a figure: no row of data is a level of headings. */
function hangsUnder(row: GridRow, upper: GridRow | undefined): boolean {
  const own = row.cells.map((cell) => cell.trim()).filter((text, at) => text !== '' && text !== textAt(upper, at))
  return own.length > 0 && own.every((text) => !/^[-+(（]?[\d０-９]/.test(text))
}

/** One text over the whole width is the sheet's title, and '单位：元' is said of the sheet: no groups of columns. */
function isTitle(row: GridRow, width: number): boolean {
  if (row.cells.some((cell) => /[:：]/.test(cell))) return true
  const words = row.cells.filter((cell, at) => cell.trim() !== '' && row.shared?.has(at) !== true)
  return width > 1 && words.length === 1 && row.cells.filter((cell) => cell.trim() !== '').length === 1
}

function textAt(row: GridRow | undefined, at: number): string {
  return (row?.cells[at] ?? '').trim()
}

function widthOf(row: GridRow): number {
  return Math.max(row.cells.length, row.covered === null ? 0 : Math.max(0, ...row.covered) + 1)
}

/** Headings are broken into lines by hand: '补贴\n金额' is 补贴金额. */
function tidy(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, '')
}

/** Errors: E-INPUT for thousands, hundreds or hundreds of millions, and for two units at once: a figure would be taken for another. */
function unitOfTitles(titles: readonly string[]): '元' | '万元' | null {
  const said = new Set<string>()
  for (const title of titles) {
    // '填报单位：' and '编制单位：' name an office, not a unit.
    for (const [, list = ''] of plain(title).matchAll(/(?<![报制表送发用])单\s*位\s*[:：]\s*([^\s()]*)/g)) {
      for (const part of list.split(/[、,，/;]/)) {
        const unit = /^(?:人民币)?(十万元|百万元|[千百万亿]?元)$/.exec(part)?.[1]
        if (unit !== undefined) said.add(unit)
      }
    }
  }
  const [unit, ...others] = said
  if (unit === undefined) return null
  if ((unit === '元' || unit === '万元') && others.length === 0) return unit
  throw fileError('money-unit', { units: [...said].join('、') })
}
