// Splits a policy's text into clauses: 第五条, 第五条之一, under 第一章 headings; else by 一、二、; else one piece.

export interface Clause {
  /** '第五条'; '一、' for numbered paragraphs; '' for a preamble or a text without clauses. */
  label: string
  /** '第一章 总则', with its section where it has one; '' where none. */
  chapter: string
  text: string
}

const NUMBER = '[零〇一二三四五六七八九十百千两0-9０-９]+'
const ARTICLE = new RegExp(`^(第${NUMBER}条(?:之${NUMBER})?)(?=[\\s　:：]|$|[^、，。的和至到])[\\s　:：]*(.*)$`)
const CHAPTER = new RegExp(`^第${NUMBER}(编|分编|章|节)(?:[\\s　]+.*|$|[^条款项、，。；的].*)$`)
const NUMBERED = /^([一二三四五六七八九十百]{1,4}、)\s*(.*)$/
const MAX_HEADING = 40

/** Clauses of a text in order; never empty for a text that isn't. The markers of the law library's layout are left out. */
export function splitClauses(text: string): Clause[] {
  const lines = linesOf(text)
  const articles = lines.some((line) => ARTICLE.test(line))
  const label = articles ? ARTICLE : NUMBERED
  const clauses: Clause[] = []
  const headings = new Map<string, string>()
  let open: Clause = { label: '', chapter: '', text: '' }
  for (const line of lines) {
    const heading = line.length <= MAX_HEADING ? CHAPTER.exec(line) : null
    const match = label.exec(line)
    if (heading !== null && match === null) {
      enter(headings, heading[1] ?? '', line)
      if (open.text !== '') clauses.push(open)
      open = { label: '', chapter: chapterOf(headings), text: '' }
    } else if (match !== null) {
      if (open.text !== '' || open.label !== '') clauses.push(open)
      open = { label: match[1] ?? '', chapter: chapterOf(headings), text: match[2] ?? '' }
    } else open.text = open.text === '' ? line : `${open.text}\n${line}`
  }
  if (open.text !== '' || open.label !== '') clauses.push(open)
  return clauses
}

/** Lines of the text proper: without the title and history lines that the layout repeats above its mark. */
function linesOf(text: string): string[] {
  const mark = text.indexOf('<!-- INFO END -->')
  const body = mark < 0 ? text : text.slice(mark + '<!-- INFO END -->'.length)
  return body
    .split('\n')
    .map((line) =>
      line
        .replace(/^[\s　]*#{0,6}[\s　]*/, '')
        .replace(/[\s　]+$/, '')
        .replace(/[\s　]+/g, ' '),
    )
    .filter((line) => line !== '')
}

const RANKS: readonly string[] = ['编', '分编', '章', '节']

/** A new chapter ends the sections of the one before. */
function enter(headings: Map<string, string>, rank: string, line: string): void {
  for (const lower of RANKS.slice(RANKS.indexOf(rank))) headings.delete(lower)
  headings.set(rank, line)
}

function chapterOf(headings: Map<string, string>): string {
  return RANKS.flatMap((rank) => headings.get(rank) ?? []).join(' ')
}
