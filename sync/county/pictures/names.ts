// What a file's name says of the picture's place, with nothing guessed: a project's code and stage, or a village, a month
// and a voucher number, in folders or in the name itself, or a line of the mapping file.
//
//   XM-2026-0012_施工前.jpg            小寨村/2026-08/记-0012_2.jpg            431225100201_2026-08_记-0012.jpg
import { parse } from 'csv-parse/sync'
import { SunhallError } from '../../contract/errors.ts'
import type { Books } from '../database/books.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { readMonth } from '../readers/day.ts'
import type { Target } from './targets.ts'

export interface Placed {
  target: Target
  /** Caption of the mapping file; '' where the row's own words do. */
  caption: string
}
type Placing = { ok: true; value: Placed } | { ok: false; reason: string }

const STAGE_WORDS: ReadonlyMap<string, 'before' | 'during' | 'after'> = new Map([
  ...['before', '前', '施工前', '建设前', '实施前', '开工前'].map((word) => [word, 'before'] as const),
  ...['during', '中', '施工中', '建设中', '实施中'].map((word) => [word, 'during'] as const),
  ...['after', '后', '施工后', '完工后', '建设后', '实施后', '竣工后', '验收'].map((word) => [word, 'after'] as const),
])
const HEADINGS = ['文件', '项目编号', '阶段', '村', '月份', '凭证号', '说明'] as const
type Line = Partial<Record<(typeof HEADINGS)[number], string>>

export class PicturePlacer {
  readonly #gazetteer: Gazetteer
  readonly #projects: ReadonlySet<string>
  readonly #lines: ReadonlyMap<string, Line>

  private constructor(gazetteer: Gazetteer, projects: ReadonlySet<string>, mapping: string | null) {
    this.#gazetteer = gazetteer
    this.#projects = projects
    this.#lines = new Map(mapping === null ? [] : linesOf(mapping).map((line) => [baseName(line.文件 ?? ''), line]))
  }

  /** `mapping` is the text of the mapping file; null for none. Errors: E-INPUT for a mapping file without the heading 文件. */
  static async open(books: Books, mapping: string | null): Promise<PicturePlacer> {
    const codes = await books.selectFrom('projects').select('code').distinct().execute()
    return new PicturePlacer(await Gazetteer.open(books), new Set(codes.map(({ code }) => code)), mapping)
  }

  /** `path` is the file's name with its folders inside the zip or folder, '/' between them. */
  place(path: string): Placing {
    const line = this.#lines.get(baseName(path))
    if (line !== undefined) return this.#byLine(line)
    const words = path
      .replace(/\.[^./]+$/, '')
      .split(/[/_＿\s]+/)
      .filter((word) => word !== '')
    const project = words.find((word) => this.#projects.has(word))
    if (project !== undefined) return this.#project(project, words.find((word) => STAGE_WORDS.has(word)) ?? '')
    return this.#voucher(words)
  }

  #byLine(line: Line): Placing {
    const caption = line.说明 ?? ''
    const placed = line.项目编号
      ? this.#project(line.项目编号, line.阶段 ?? '')
      : this.#entry(line.村 ?? '', line.月份 ?? '', line.凭证号 ?? '')
    return placed.ok ? { ok: true, value: { ...placed.value, caption } } : placed
  }

  #project(project: string, stage: string): Placing {
    const known = STAGE_WORDS.get(stage.replace(/\d+$/, ''))
    if (!this.#projects.has(project)) return unplaced(`账里没有项目“${project.slice(0, 40)}”`)
    if (known === undefined) return unplaced('没有写明阶段（施工前、施工中、完工后）')
    return { ok: true, value: { target: { project, stage: known, date: null }, caption: '' } }
  }

  #voucher(words: readonly string[]): Placing {
    const village = words.findIndex((word) => this.#gazetteer.villageOf(word, '').ok)
    const month = words.findIndex((word) => readMonth(word).ok && word.length >= 6)
    if (village < 0 || month < 0)
      return unplaced('文件名里没有项目编号和阶段，也没有村、月份和凭证号（或重名的村没有写代码）')
    const voucher = words.find((_, at) => at > Math.max(village, month)) ?? ''
    return this.#entry(words[village] ?? '', words[month] ?? '', voucher)
  }

  #entry(village: string, month: string, voucher: string): Placing {
    const place = this.#gazetteer.villageOf(village, '')
    const when = readMonth(month)
    if (!place.ok) return unplaced(`没有“${village.slice(0, 40)}”这个村，或有重名`)
    if (!when.ok) return unplaced(`月份“${month.slice(0, 40)}”读不懂`)
    if (voucher === '') return unplaced('没有凭证号')
    return { ok: true, value: { target: { village: place.value, month: when.value, voucher }, caption: '' } }
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true })
  const [first] = lines
  if (first !== undefined && first.文件 === undefined)
    throw new SunhallError(
      'E-INPUT',
      `Expected a mapping file with the heading 文件 (then ${HEADINGS.slice(1).join('、')}), got ${Object.keys(first).join('、')}`,
    )
  return lines
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path
}

function unplaced(reason: string): Placing {
  return { ok: false, reason }
}
