// A draft: the office's whole content, proposed as the next release, on its way past a second person.
//
//   proposed ─ approve ─► approved (signed, not pointed to) ─ publish, now or at its time ─► published
//      └─ reject ─► rejected          └─ reject ─► rejected
//      └─ another is proposed ─► replaced
//
// Invariants: at most one draft is proposed or approved; what stands in DIR/drafts/<id> belongs to the row of that number.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { type ReleaseRecord, releaseRecord } from '../../contract/release.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import type { DraftTables } from './tables.ts'

export type DraftKind = 'ordinary' | 'withdrawal' | 'republish'
export type DraftState = 'proposed' | 'approved' | 'published' | 'rejected' | 'replaced'

/** Whoever decides: login for the trail, name for what is shown. */
export interface Person {
  login: string
  name: string
}
export interface Draft {
  id: number
  kind: DraftKind
  state: DraftState
  number: number
  /** Release it was compared with; 0 for none. */
  base: number
  baseRoot: string
  root: string
  fingerprint: string
  /** Imports in it that nobody has approved. */
  imports: number[]
  /** Imports that it leaves out of what the office holds. */
  without: number[]
  /** Releases that it withdraws. */
  withdraws: number[]
  why: string
  proposedBy: string
  proposedName: string
  proposedAt: string
  decidedBy: string
  decidedName: string
  decidedAt: string
  words: string
  /** ISO 8601; '' where it waits for a hand. */
  publishAt: string
  publishedBy: string
  publishedAt: string
  snapshot: number
  record: ReleaseRecord | null
}

const OPEN: readonly string[] = ['proposed', 'approved']

export function isOpen(draft: Draft): boolean {
  return OPEN.includes(draft.state)
}

/** DIR/drafts/<id>: `candidate/` while proposed, `stage/` once signed, `difference.json` and `rows/` for good. */
export function draftFolder(office: Office, id: number): string {
  return join(office.folder, 'drafts', String(id))
}

/** Every draft, newest first. */
export async function listDrafts(service: Service): Promise<Draft[]> {
  const rows = await service.selectFrom('drafts').selectAll().orderBy('id', 'desc').execute()
  return rows.map(draftOf)
}

/** Errors: E-INPUT for an unknown number. */
export async function readDraft(service: Service, id: number): Promise<Draft> {
  const row = await service.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst()
  if (row !== undefined) return draftOf(row)
  throw new SunhallError('E-INPUT', `Expected the number of a draft, got ${id}; see "draft list"`)
}

/** The draft that waits for a decision or for its publication; null where none does. */
export async function openDraft(service: Service): Promise<Draft | null> {
  const row = await service
    .selectFrom('drafts')
    .selectAll()
    .where('state', 'in', OPEN)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : draftOf(row)
}

export async function nextDraftId(service: Service): Promise<number> {
  const last = await service
    .selectFrom('drafts')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(last?.id ?? 0) + 1
}

export async function insertDraft(service: Service, draft: Draft): Promise<Draft> {
  await service.insertInto('drafts').values(rowOf(draft)).execute()
  return draft
}

/** Changes a draft, if it is still in the state `from`. Errors: E-STATE where somebody else was quicker. */
export async function changeDraft(
  service: Service,
  id: number,
  from: DraftState,
  change: Partial<Omit<Draft, 'id'>>,
): Promise<Draft> {
  const before = await readDraft(service, id)
  const after = { ...before, ...change }
  const { id: _, ...values } = rowOf(after)
  const done = await service
    .updateTable('drafts')
    .set(values)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  if (Number(done.numUpdatedRows) === 1) return after
  throw new SunhallError('E-STATE', `Expected draft ${id} to be ${from}, found it ${before.state}; look at it again`)
}

/** Removes what a draft no longer needs: the candidate and the signed files. The difference stays for the record. */
export function dropFiles(office: Office, id: number): void {
  for (const part of ['candidate', 'stage'])
    rmSync(join(draftFolder(office, id), part), { recursive: true, force: true })
}

/** Drops what a crash left of drafts that are decided, between their last change and `dropFiles`. */
export async function sweepDrafts(office: Office): Promise<void> {
  const drafts = await listDrafts(await office.service())
  for (const draft of drafts) if (!isOpen(draft)) dropFiles(office, draft.id)
}

type Row = DraftTables['drafts']

function draftOf(row: Row): Draft {
  return {
    ...row,
    kind: row.kind as DraftKind,
    state: row.state as DraftState,
    imports: numbers(row.imports),
    without: numbers(row.without),
    withdraws: numbers(row.withdraws),
    record: row.record === '' ? null : releaseRecord.parse(JSON.parse(row.record)),
  }
}

function rowOf(draft: Draft): Row {
  return {
    ...draft,
    imports: JSON.stringify(draft.imports),
    without: JSON.stringify(draft.without),
    withdraws: JSON.stringify(draft.withdraws),
    record: draft.record === null ? '' : JSON.stringify(draft.record),
  }
}

function numbers(text: string): number[] {
  const list: unknown = JSON.parse(text)
  return Array.isArray(list) ? list.map(Number) : []
}
