// The trail for an auditor's own machine: as lines of JSON with every hash, so that the chain can be checked there, or
// as CSV for a spreadsheet.
import type { Service } from '../service/service.ts'
import { allEntries, type StoredEntry } from './read.ts'

export type AuditFormat = 'jsonl' | 'csv'

/** Lines with their line ends, oldest entry first. */
export async function* exportAudit(service: Service, format: AuditFormat): AsyncGenerator<string> {
  if (format === 'csv') yield '\ufeff序号,时间,账号,操作,对象,内容,哈希\r\n'
  for await (const entry of allEntries(service)) yield format === 'csv' ? csvLine(entry) : `${JSON.stringify(entry)}\n`
}

function csvLine({ seq, at, actor, action, object, detail, hash }: StoredEntry): string {
  return `${[seq, at, actor, action, object, detail, hash].map(csvCell).join(',')}\r\n`
}

/** Quoted, and never a formula: a spreadsheet runs what begins with one of these signs. */
function csvCell(value: string | number): string {
  const text = String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
