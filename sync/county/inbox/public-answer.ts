// A public answer becomes a notice of kind 'answer' by an ordinary import: it stands in the next draft, a second person
// looks at it, and its origin is told (P8) as of any other row.
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PublicAnswerRequest } from '../../contract/console/inbox.ts'
import { csvLine } from '../csv.ts'
import { localDay } from '../release/today.ts'

/** What `import` is told of such a file: by `kind` an inspector may bring it, and a refused row is no success. */
export const ANSWER_ARGUMENTS: readonly string[] = ['--set', 'kind=answer', '--take', 'whole']

/** Writes the import file of one answer and gives its path. The file's name says nothing of who asked. */
export function writeAnswerFile(folder: string, answer: PublicAnswerRequest, now: Date): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const id = `DF-${localDay(now).replaceAll('-', '')}-${randomUUID().slice(0, 6)}`
  const path = join(folder, `群众来信答复-${id}.csv`)
  const fields = [id, answer.title, answer.body, localDay(now), answer.place]
  const text = csvLine(['id', 'title', 'body', 'date', 'place']) + csvLine(fields)
  writeFileSync(path, text, { mode: 0o600, flush: true })
  return path
}
