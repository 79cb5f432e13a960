// Publishes an approved draft: checked once more, its files moved into the distribution folder, and the pointer moved by the
// timestamp key, now or at its time. Whatever moment the power goes, the old release or the new one is public, whole (P1).
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { syncFolder, writeWhole } from '../../publish/files.ts'
import { nextSnapshotVersion, pointTo, writeRoot } from '../../publish/tuf.ts'
import { appendAudit } from '../audit/audit.ts'
import { inTransaction } from '../database/books.ts'
import { listed, rowsOf } from '../database/query.ts'
import { countyRoot, signer } from '../keys/root.ts'
import { type Office, withBooks } from '../office.ts'
import { holdingPointer } from '../release/pointer.ts'
import { publishedRelease } from '../release/published.ts'
import { check, requireState } from './approve.ts'
import { changeDraft, type Draft, draftFolder, openDraft, readDraft } from './draft.ts'
import { finish, reconcileDrafts, recordOf } from './finish.ts'
import type { Progress } from './propose.ts'

/**
 * Publishes an approved draft now. Errors: E-STATE where it isn't approved, is no longer next, an import of it was taken back,
 * or a terminal would refuse it; E-CLOCK before the time it was signed at.
 */
export async function publishDraft(
  office: Office,
  id: number,
  login: string,
  now: Date,
  progress: Progress = () => undefined,
): Promise<Draft> {
  const service = await office.service()
  await reconcileDrafts(office, now)
  const draft = await readDraft(service, id)
  requireState(draft, 'approved')
  const stage = join(draftFolder(office, id), 'stage')
  progress('Checking once more')
  await requireNext(office, draft, now)
  await check(office, stage, draft.snapshot, now)
  // One publication at a time: whoever comes second finds the draft published.
  await holdingPointer(office.dist, async () =>
    inTransaction(await office.books(), async (all) => {
      requireState(await readDraft(service, id), 'approved')
      await requireNext(withBooks(office, all), draft, now)
      // Should it be cut off after the pointer, whoever finishes it knows who did it.
      await changeDraft(service, id, 'approved', { publishedBy: login })
      const detail = { draft: id, root: draft.root, reviewed: recordOf(draft).reviewed }
      await appendAudit(service, { actor: login, action: 'publish', object: `release ${draft.number}`, detail }, now)
      moveInto(stage, office.dist)
      writeRoot(office.dist, countyRoot(office, now))
      pointTo(office.dist, draft.snapshot, signer(office, 'timestamp'), now)
    }),
  )
  progress('The pointer has moved')
  return finish(office, draft, login, now)
}

/** Sets when an approved draft is to be published. Errors: E-STATE, E-INPUT for a time that is past. */
export async function schedule(office: Office, id: number, login: string, at: Date, now: Date): Promise<Draft> {
  if (at.getTime() <= now.getTime())
    throw new SunhallError('E-INPUT', `Expected a time to come, got ${at.toISOString()}; publish it at once instead`)
  const service = await office.service()
  await reconcileDrafts(office, now)
  requireState(await readDraft(service, id), 'approved')
  const detail = { at: at.toISOString() }
  await appendAudit(service, { actor: login, action: 'schedule', object: `draft ${id}`, detail }, now)
  return changeDraft(service, id, 'approved', { publishAt: at.toISOString(), publishedBy: login })
}

/** Publishes what is due; null where nothing is. A check that fails leaves it approved without a time, and says so in the trail. */
export async function publishDue(office: Office, now: Date): Promise<Draft | null> {
  const service = await office.service()
  await reconcileDrafts(office, now)
  const draft = await openDraft(service)
  if (draft?.state !== 'approved' || draft.publishAt === '' || draft.publishAt > now.toISOString()) return null
  try {
    return await publishDraft(office, draft.id, draft.publishedBy, now)
  } catch (error) {
    const detail = { reason: messageOf(error).slice(0, 500) }
    await appendAudit(service, { actor: 'system', action: 'publish-failed', object: `draft ${draft.id}`, detail }, now)
    await changeDraft(service, draft.id, 'approved', { publishAt: '' })
    throw error
  }
}

async function requireNext(office: Office, draft: Draft, now: Date): Promise<void> {
  const record = recordOf(draft)
  const published = publishedRelease(office.dist)?.record ?? null
  const next = nextSnapshotVersion(office.dist)
  if ((published?.root ?? '') !== draft.baseRoot || (published?.number ?? 0) !== draft.base || next !== draft.snapshot)
    throw new SunhallError(
      'E-STATE',
      `Expected draft ${draft.id} to follow release ${draft.base}, got ${published?.number ?? 0}, or its metadata was signed anew since; reject it and propose again`,
    )
  if (now.getTime() < Date.parse(record.signedAt))
    throw new SunhallError(
      'E-CLOCK',
      `Expected a time after ${record.signedAt}, got ${now.toISOString()}; set the clock`,
    )
  const [undone] = await rowsOf(
    await office.books(),
    sql`SELECT id FROM imports WHERE undone IS NOT NULL AND id IN ${listed(draft.imports)}`,
  )
  if (undone === undefined) return
  throw new SunhallError(
    'E-STATE',
    `Expected the imports of draft ${draft.id} to count, got ${Number(undone.id)}, which was taken back; reject it and propose again`,
  )
}

/** Files named by hash, root or version: those that are there stay. Metadata comes after what it names. */
function moveInto(stage: string, dist: string): void {
  const all = readdirSync(stage, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = all.map((entry) => join(entry.parentPath, entry.name).slice(stage.length + 1))
  const isMetadata = (path: string): boolean => path.startsWith('metadata')
  const folders = new Set<string>()
  for (const path of [...paths.filter((one) => !isMetadata(one)), ...paths.filter(isMetadata)]) {
    // The root in force is written by the publication; a draft's may be older.
    if (/root\.json$/.test(path)) continue
    const target = join(dist, path)
    const mayDiffer = isMetadata(path) || path.startsWith('records')
    if (existsSync(target) && !mayDiffer) continue
    mkdirSync(dirname(target), { recursive: true })
    move(stage, dist, path)
    folders.add(dirname(target))
  }
  for (const folder of folders) syncFolder(folder)
}

/** A second name, put in place by a rename: the draft keeps its own, so that a publication that was cut off can be done again. */
function move(stage: string, dist: string, path: string): void {
  const aside = join(dist, `${path}.aside`)
  rmSync(aside, { force: true })
  try {
    linkSync(join(stage, path), aside)
  } catch {
    // A disk without second names (FAT, another volume).
    writeWhole(dist, path, readFileSync(join(stage, path)))
    return
  }
  renameSync(aside, join(dist, path))
}
