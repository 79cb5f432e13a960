// The first lines of a file for whoever maps its headings: which sheets there are, which heading is which field, and what
// stands under each.
import type { Peek } from '../../contract/console/imports.ts'
import type { Office } from '../office.ts'
import { matchHeading } from './mapping.ts'
import { openSource, type SourceOptions } from './open-source.ts'
import { Meter } from './progress.ts'
import { formatOf } from './records.ts'
import { rememberedHeadings } from './senders.ts'
import { openWorkbook } from './workbook.ts'

/** Values shown under each heading, and the most characters of each. */
const SAMPLES = 4
const SAMPLE_LENGTH = 40

/** Errors: E-INPUT for a file that can't be read as a whole. */
export async function peekFile(office: Office, options: SourceOptions & { sender: string | null }): Promise<Peek> {
  const { file, table, sender } = options
  const remembered = sender === null ? new Map<string, string>() : rememberedHeadings(office.database, sender, table)
  const sheets =
    formatOf(file) === 'xlsx' ? (await openWorkbook(file)).sheets.map(({ name, hidden }) => ({ name, hidden })) : []
  const source = await openSource({ ...options, remembered }, new Meter(undefined)).catch((error: unknown) => {
    // Several sheets: which of them is for people to say.
    if (sheets.length > 1 && options.sheet === null) return null
    throw error
  })
  if (source === null) return { sheets, sheet: '', headings: null, titles: [], unit: null }
  const samples = await samplesOf(source.opened.records)
  const { headings, found } = source.opened
  return {
    sheets,
    sheet: source.sheet,
    headings: headings.map((heading, at) => ({
      heading,
      ...matchHeading(table, heading, headings, { map: options.map, set: options.set, remembered }),
      samples: samples.flatMap((cells) => {
        const cell = (cells[at] ?? '').trim()
        return cell === '' ? [] : [cell.slice(0, SAMPLE_LENGTH)]
      }),
    })),
    titles: [...(found?.titles ?? [])],
    unit: found?.unit ?? null,
  }
}

async function samplesOf(records: AsyncIterable<{ cells: readonly string[] }>): Promise<(readonly string[])[]> {
  const samples: (readonly string[])[] = []
  for await (const { cells } of records) {
    samples.push(cells)
    if (samples.length >= SAMPLES) break
  }
  return samples
}
