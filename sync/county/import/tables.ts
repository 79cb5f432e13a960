// Tables of this room in the office's books, beside the import tables themselves.
import type { Generated } from 'kysely'
import type { TableShape } from '../database/shapes.ts'

export interface ImportTables {
  /** What the administrator said of a sender's headings; field '' leaves one out. */
  headingMaps: { sender: string; table: string; heading: string; field: string; by: string; at: string }
  /** Every try at an import with its choices (JSON): a broken-off one is found here, and begun again from here. */
  importRuns: {
    id: Generated<number>
    table: string
    file: string
    path: string
    choices: string
    by: string
    startedAt: string
    endedAt: string | null
    state: string
    pid: number | null
    import: number | null
    message: string
    report: string | null
  }
}

export const IMPORT_SHAPES: readonly TableShape[] = [
  {
    name: 'headingMaps',
    columns: { sender: 'text', table: 'text', heading: 'text', field: 'text', by: 'text', at: 'text' },
    key: ['sender', 'table', 'heading'],
    clustered: true,
  },
  {
    name: 'importRuns',
    columns: {
      id: 'counter',
      table: 'text',
      file: 'text',
      path: 'text',
      choices: 'text',
      by: 'text',
      startedAt: 'text',
      endedAt: 'text?',
      state: 'text',
      pid: 'integer?',
      import: 'integer?',
      message: 'text',
      report: 'text?',
    },
    key: ['id'],
  },
]
