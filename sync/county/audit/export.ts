// The trail for an auditor's own machine: as lines of JSON with every hash, so that the chain can be checked there, or
// as CSV for a spreadsheet.
import { BOM, csvLine, inert } from '../csv.ts'
import type { Service } from '../service/service.ts'
import { allEntries, type StoredEntry } from './read.ts'

export type AuditFormat = 'jsonl' | 'csv'

/** Lines with their line ends, oldest entry first. */
export async function* exportAudit(service: Service, format: AuditFormat): AsyncGenerator<string> {
  if (format === 'csv') yield BOM + csvLine(['序号', '时间', '账号', '操作', '对象', '内容', '哈希'])
  for await (const entry of allEntries(service)) yield format === 'csv' ? lineOf(entry) : `${JSON.stringify(entry)}\n`
}

/** Names and details are other people's text: none of it is a formula. */
function lineOf({ seq, at, actor, action, object, detail, hash }: StoredEntry): string {
  return csvLine([String(seq), at, actor, action, object, detail, hash].map(inert))
}
