// Approves a draft: built again, held against what was looked at, proved, remembered, signed by the release key and checked by
// the terminal's own verifier. The pointer stays where it is: the signed files lie in DIR/drafts/<id>/stage.
//
//   BEGIN ─► build ─► same fingerprint? ─► prove ─► remember ─► COMMIT ─► trail ─► files, signatures ─► verifier ─► approved
//     any failure: ROLLBACK, still proposed      └ a crash here: still proposed; what is remembered too much hides more
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import type { Signer } from '../../publish/keys.ts'
import type { Prove } from '../../publish/prove.ts'
import { type StagedRelease, stageRelease } from '../../publish/publish.ts'
import { pointTo } from '../../publish/tuf.ts'
import { appendAudit, auditHead } from '../audit/audit.ts'
import { type Books, beginTransaction, rollBack, schemaOf } from '../database/books.ts'
import { listed } from '../database/query.ts'
import { proveBlocks, rememberBlocks } from '../disclosure/prove.ts'
import { countyRoot, ROOT_FILE, signer } from '../keys/root.ts'
import { type Office, withBooks } from '../office.ts'
import { villagePrints } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { OfficeSource } from '../release/source.ts'
import { localDay } from '../release/today.ts'
import { requireAccepted } from '../release/verify-child.ts'
import { changeDraft, type Draft, draftFolder, dropFiles, type Person, readDraft } from './draft.ts'
import { fingerprintOf } from './fingerprint.ts'
import { reconcileDrafts } from './finish.ts'
import { nextNumber, type Progress, unapproved } from './propose.ts'
import { type OpenFindings, refusals } from './refusals.ts'
import { type Selection, select, unselect } from './selection.ts'

export interface Approval {
  id: number
  by: Person
  /** What the reviewer looked at. */
  fingerprint: string
  releaseKey: Signer
  /** What the checks have found and nobody has settled (`checks/findings.ts`). */
  openFindings(office: Office): Promise<OpenFindings>
  progress?: Progress
}

/**
 * Approves and stages. Errors: E-FORBIDDEN for who imported or proposed it, E-STATE where it isn't what was looked at any
 * more, where findings are open or where a terminal would refuse it, E-DISCLOSURE, E-KEYS, E-CLOCK.
 */
export async function approve(office: Office, approval: Approval, now: Date): Promise<Draft> {
  const service = await office.service()
  await reconcileDrafts(office, now)
  const draft = await readDraft(service, approval.id)
  requireState(draft, 'proposed')
  const reasons = await refusals(office, draft, approval.by, await approval.openFindings(office))
  const [first] = reasons
  if (first !== undefined) throw new SunhallError(first.code, reasons.map(({ message }) => message).join('; '))
  if (draft.fingerprint !== approval.fingerprint) throw changed(draft, approval.fingerprint)
  return stage(office, draft, { ...approval, reviewed: true }, now)
}

/** Stages a draft of a practice office, where nobody reviews: its release says so on every screen. */
export function stageUnreviewed(office: Office, draft: Draft, by: Person, key: Signer, now: Date): Promise<Draft> {
  return stage(office, draft, { by, releaseKey: key, reviewed: false }, now)
}

interface Staging {
  by: Person
  releaseKey: Signer
  reviewed: boolean
  progress?: Progress
}

async function stage(office: Office, draft: Draft, staging: Staging, now: Date): Promise<Draft> {
  const { by, reviewed, progress = () => undefined } = staging
  const service = await office.service()
  const folder = join(draftFolder(office, draft.id), 'stage')
  rmSync(folder, { recursive: true, force: true })
  progress('Building and proving once more')
  const staged = await build(office, draft, staging, folder, now)
  progress('Checking with the verifier of the terminals')
  await check(office, folder, staged.snapshot, now)
  const done = await changeDraft(service, draft.id, 'proposed', {
    state: 'approved',
    root: staged.record.root,
    decidedBy: reviewed ? by.login : '',
    decidedName: reviewed ? by.name : '',
    decidedAt: reviewed ? now.toISOString() : '',
    snapshot: staged.snapshot,
    record: staged.record,
  })
  return done
}

async function build(office: Office, draft: Draft, staging: Staging, into: string, now: Date): Promise<StagedRelease> {
  const { dist } = office
  const books = await office.books()
  const service = await office.service()
  const { by, reviewed } = staging
  let head = await auditHead(service)
  const all = await beginTransaction(books)
  try {
    const within = withBooks(office, all)
    const number = await nextNumber(within)
    await requireSame(within, draft, number)
    if (reviewed) await signOrigins(all, draft.imports, by.name, localDay(now))
    await select(all, selectionOf(draft))
    const source = await OfficeSource.open(all, localDay(now), { reviewed, pictures: books })
    const prove: Prove = async (blocks) => {
      const built = [...blocks]
      const fingerprint = fingerprintOf(built)
      if (fingerprint !== draft.fingerprint) throw changed(draft, fingerprint)
      await proveBlocks(within, built)
      await rememberBlocks(within, built, number, source.plans)
      // The names under the origins become the books' own only with the publication: a draft may still be rejected.
      await unselect(all)
      if (reviewed) await signOrigins(all, draft.imports, '', null)
      await all.commit().execute()
      const detail = { release: number, fingerprint, reviewed }
      head = await appendAudit(
        service,
        { actor: by.login, action: reviewed ? 'approve' : 'stage', object: `draft ${draft.id}`, detail },
        now,
      )
    }
    const keys = { root: countyRoot(office, now), release: staging.releaseKey }
    const previous = publishedRelease(dist)?.record ?? null
    const { withdraws } = draft
    return await stageRelease({
      source,
      dist,
      into,
      keys,
      number,
      previous,
      now,
      prove,
      auditHead: () => head,
      withdrawn: withdraws,
      prints: villagePrints(office),
    })
  } finally {
    await rollBack(all)
  }
}

/** The terminals' own verifier, on the staged files with a timestamp that is signed for it and then removed. */
export async function check(office: Office, folder: string, snapshot: number, now: Date): Promise<void> {
  const timestamp = join(folder, 'metadata', 'timestamp.json')
  try {
    pointTo(folder, snapshot, signer(office, 'timestamp'), now, office.dist)
    await requireAccepted(folder, join(office.folder, ROOT_FILE))
  } finally {
    rmSync(timestamp, { force: true })
  }
}

/** Sends a draft back, also one that was approved and waits. Errors: E-STATE for one that is published or gone. */
export async function reject(office: Office, id: number, by: Person, words: string, now: Date): Promise<Draft> {
  const service = await office.service()
  await reconcileDrafts(office, now)
  const draft = await readDraft(service, id)
  if (draft.state !== 'proposed' && draft.state !== 'approved') requireState(draft, 'proposed')
  const detail = { words, release: draft.number }
  await appendAudit(service, { actor: by.login, action: 'reject', object: `draft ${id}`, detail }, now)
  const decided = { decidedBy: by.login, decidedName: by.name, decidedAt: now.toISOString() }
  const done = await changeDraft(service, id, draft.state, { ...decided, state: 'rejected', words, publishAt: '' })
  dropFiles(office, id)
  return done
}

export function selectionOf({ kind, without }: Draft): Selection {
  return { without, todaysRules: kind !== 'withdrawal' }
}

export function requireState(draft: Draft, state: Draft['state']): void {
  if (draft.state === state) return
  throw new SunhallError('E-STATE', `Expected a draft that is ${state}, got ${draft.id}, which is ${draft.state}`)
}

async function requireSame(office: Office, draft: Draft, number: number): Promise<void> {
  if (number !== draft.number)
    throw new SunhallError(
      'E-STATE',
      `Expected draft ${draft.id} to be the next release, ${number}, got ${draft.number}: another was published; propose again`,
    )
  const now = await unapproved(office, selectionOf(draft))
  const fresh = now.filter((id) => !draft.imports.includes(id))
  const gone = draft.imports.filter((id) => !now.includes(id))
  if (fresh.length + gone.length === 0) return
  const what = [
    ...(fresh.length > 0 ? [`imports ${fresh.join(', ')} came after it`] : []),
    ...(gone.length > 0 ? [`imports ${gone.join(', ')} are gone`] : []),
  ]
  throw new SunhallError(
    'E-STATE',
    `Expected draft ${draft.id} as it was looked at, but ${what.join(' and ')}; propose again`,
  )
}

async function signOrigins(books: Books, imports: readonly number[], name: string, day: string | null): Promise<void> {
  const origins = sql.table(`${schemaOf(books)}.origins`)
  await sql`UPDATE ${origins} SET "approvedBy" = ${name}, "approvedOn" = ${day} WHERE import IN ${listed(imports)}`.execute(
    books,
  )
}

function changed(draft: Draft, found: string): SunhallError {
  return new SunhallError(
    'E-STATE',
    `Expected what was looked at (${draft.fingerprint.slice(0, 16)}…), got ${found.slice(0, 16)}…: the office's content changed; propose again`,
  )
}
