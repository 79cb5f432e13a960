// The first lines of a file for whoever maps its headings: which sheets there are, which heading is which field, and what
// stands under each.
import type { Peek } from '../../contract/console/imports.ts'
import { fieldsOf } from '../fields/tables.ts'
import type { Office } from '../office.ts'
import { cutNumber } from './grid.ts'
import { matchHeading } from './mapping.ts'
import { openSource, type Source, type SourceFile, type SourceOptions } from './open-source.ts'
import { Meter } from './progress.ts'
import { formatOf } from './records.ts'
import { rememberedHeadings } from './senders.ts'
import { withoutNumbers } from './without-numbers.ts'
import { openWorkbook } from './workbook.ts'

/** Values shown under each heading, and the most characters of each. */
const SAMPLES = 4
const SAMPLE_LENGTH = 40

/** Errors: E-INPUT for a file that can't be read as a whole. */
export async function peekFile(office: Office, options: SourceOptions & { sender: string | null }): Promise<Peek> {
  const { file, table, sender } = options
  const remembered =
    sender === null ? new Map<string, string>() : await rememberedHeadings(await office.books(), sender, table)
  const sheets =
    formatOf(file) === 'xlsx' ? (await openWorkbook(file)).sheets.map(({ name, hidden }) => ({ name, hidden })) : []
  const sources = await openSource({ ...options, remembered }, new Meter(undefined))
    .then(openAll)
    .catch((error: unknown) => {
      // Several sheets: which of them is for people to say.
      if (sheets.length > 1 && options.sheet === null) return []
      throw error
    })
  const founds = sources.map(({ opened }) => opened.found)
  return {
    sheets,
    chosen: sources.flatMap(({ sheet }) => (sheet === '' ? [] : [sheet])),
    headings: sources.length === 0 ? null : await headingsOf(sources, { ...options, remembered }),
    titles: [...new Set(founds.flatMap((found) => found?.titles ?? []))],
    unit: founds.some((found) => found?.unit === '万元') ? '万元' : (founds.find((found) => found?.unit)?.unit ?? null),
  }
}

async function openAll({ parts }: SourceFile): Promise<Source[]> {
  const sources: Source[] = []
  for (const part of parts) sources.push(await part.open())
  return sources
}

/** Each heading of the sheets once: one that several have is placed for all of them. */
async function headingsOf(sources: readonly Source[], options: SourceOptions): Promise<NonNullable<Peek['headings']>> {
  const found = new Map<string, NonNullable<Peek['headings']>[number]>()
  for (const { opened } of sources) {
    const samples = await samplesOf(opened.records)
    for (const [at, heading] of opened.headings.entries()) {
      if (found.has(heading)) continue
      const match = matchHeading(options.table, heading, opened.headings, options)
      const isOffice = fieldsOf(options.table).some(([name, { office }]) => name === match.field && office === true)
      const below = samples.flatMap((cells) => {
        const cell = (cells[at] ?? '').trim()
        return cell === '' ? [] : [(isOffice ? cutNumber(cell) : withoutNumbers(cell)).slice(0, SAMPLE_LENGTH)]
      })
      found.set(heading, { heading, ...match, samples: below })
    }
  }
  return [...found.values()]
}

async function samplesOf(records: AsyncIterable<{ cells: readonly string[] }>): Promise<(readonly string[])[]> {
  const samples: (readonly string[])[] = []
  for await (const { cells } of records) {
    samples.push(cells)
    if (samples.length >= SAMPLES) break
  }
  return samples
}
