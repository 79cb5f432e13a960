// Proposes the office's whole content as the next release: built, proved and compared, nothing remembered, nothing signed.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import { buildBlocks } from '../../publish/build.ts'
import { writePacks } from '../../publish/distribution.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import { buildTree } from '../../publish/tree.ts'
import { appendAudit } from '../audit/audit.ts'
import { beginTransaction } from '../database/books.ts'
import { rowsOf } from '../database/query.ts'
import { type ProofReport, proveBlocks } from '../disclosure/prove.ts'
import { mixAnswers } from '../inbox/answers.ts'
import { type Office, withBooks } from '../office.ts'
import { lastNumber } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { OfficeSource } from '../release/source.ts'
import { localDay } from '../release/today.ts'
import { writeDifference } from './difference.ts'
import {
  changeDraft,
  type Draft,
  type DraftKind,
  draftFolder,
  dropFiles,
  insertDraft,
  nextDraftId,
  openDraft,
  type Person,
} from './draft.ts'
import { fingerprintOf } from './fingerprint.ts'
import { reconcileDrafts } from './finish.ts'
import { EVERYTHING, type Selection, select } from './selection.ts'

export interface Proposal {
  kind: DraftKind
  selection: Selection
  /** Releases that it withdraws. */
  withdraws: readonly number[]
  why: string
}
export const ORDINARY: Proposal = { kind: 'ordinary', selection: EVERYTHING, withdraws: [], why: '' }

export type Progress = (line: string) => void

/**
 * Proposes a draft. One that waits for its reviewer is replaced by it. Errors: E-STATE where an approved one waits for its
 * publication, E-DISCLOSURE with the rows that fail the proof, E-INPUT and E-FORMAT for rows that can't be published.
 */
export async function propose(
  office: Office,
  by: Person,
  now: Date,
  proposal: Proposal = ORDINARY,
  progress: Progress = () => undefined,
): Promise<Draft> {
  const service = await office.service()
  await reconcileDrafts(office, now)
  await mixAnswers(await office.books(), localDay(now))
  const before = await openDraft(service)
  if (before?.state === 'approved') {
    throw new SunhallError(
      'E-STATE',
      `Expected no draft that waits for its publication, got ${before.id} (release ${before.number}); publish or reject it first`,
    )
  }
  const base = publishedRelease(office.dist)?.record ?? null
  progress('Building and proving the candidate')
  const candidate = await buildCandidate(office, localDay(now), proposal.selection)
  progress(`${candidate.blocks.length} blocks are built and proved; comparing with what is public`)
  const aside = await keepAside(office, candidate, base)
  if (before !== null) {
    await changeDraft(service, before.id, 'proposed', { state: 'replaced' })
    dropFiles(office, before.id)
  }
  const id = await nextDraftId(service)
  // The folder first: a crash between the two leaves a folder that the next draft replaces, and never a draft without one.
  rmSync(draftFolder(office, id), { recursive: true, force: true })
  renameSync(aside, draftFolder(office, id))
  const draft = await insertDraft(service, {
    ...UNDECIDED,
    id,
    kind: proposal.kind,
    number: await nextNumber(office),
    base: base?.number ?? 0,
    baseRoot: base?.root ?? '',
    root: candidate.root,
    fingerprint: candidate.fingerprint,
    imports: await unapproved(office, proposal.selection),
    without: [...proposal.selection.without],
    withdraws: [...proposal.withdraws],
    why: proposal.why,
    proposedBy: by.login,
    proposedName: by.name,
    proposedAt: now.toISOString(),
  })
  const detail = { kind: draft.kind, release: draft.number, fingerprint: draft.fingerprint, why: draft.why }
  await appendAudit(service, { actor: by.login, action: 'propose', object: `draft ${draft.id}`, detail }, now)
  return draft
}

const UNDECIDED = {
  state: 'proposed',
  decidedBy: '',
  decidedName: '',
  decidedAt: '',
  words: '',
  publishAt: '',
  publishedBy: '',
  publishedAt: '',
  snapshot: 0,
  record: null,
} as const

/** The number that the next release gets: above every one that was ever signed here. */
export async function nextNumber(office: Office): Promise<number> {
  const published = publishedRelease(office.dist)?.record.number ?? 0
  return Math.max(published, await lastNumber(office)) + 1
}

/** Imports that count, are in the selection, and that nobody has approved yet; 0 is the catalogue. */
export async function unapproved(office: Office, { without }: Selection): Promise<number[]> {
  const left = new Set(without)
  const rows = await rowsOf(
    await office.books(),
    sql`SELECT DISTINCT i.id FROM imports i JOIN origins o ON o.import = i.id
        WHERE i.undone IS NULL AND o."approvedBy" = '' ORDER BY i.id`,
  )
  return rows.map((row) => Number(row.id)).filter((id) => !left.has(id))
}

interface Candidate {
  blocks: BuiltBlock[]
  root: string
  fingerprint: string
  proof: ProofReport
  tree: ReturnType<typeof buildTree>
}

/** Builds and proves in a transaction that is rolled back: people's new numbers aren't given before somebody has agreed. */
async function buildCandidate(office: Office, today: string, selection: Selection): Promise<Candidate> {
  const all = await beginTransaction(await office.books())
  try {
    await select(all, selection)
    const blocks = await buildBlocks(await OfficeSource.open(all, today))
    const proof = await proveBlocks(withBooks(office, all), blocks)
    const tree = buildTree(blocks)
    return { blocks, tree, root: tree.root.hash, fingerprint: fingerprintOf(blocks), proof }
  } finally {
    await all.rollback().execute()
  }
}

/** Writes the candidate's blocks and its difference into a new folder beside the drafts. */
async function keepAside(
  office: Office,
  { tree, blocks, root }: Candidate,
  base: { root: string } | null,
): Promise<string> {
  const aside = join(office.folder, 'drafts', 'aside')
  if (existsSync(aside)) rmSync(aside, { recursive: true })
  mkdirSync(aside, { recursive: true })
  const candidate = join(aside, 'candidate')
  await writePacks(candidate, tree, blocks)
  writeDifference(aside, {
    before: base === null ? null : { folder: office.dist, root: base.root },
    after: { folder: candidate, root },
  })
  return aside
}
