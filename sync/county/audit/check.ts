// The auditor's check: every entry's hash and link, then every published release's head, which must be an entry of the
// chain. Who rewrites the trail from some entry on would have to rewrite every later signed release record as well.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { AuditCheck } from '../../contract/console/audit.ts'
import type { Service } from '../service/service.ts'
import { entryHash } from './audit.ts'
import { allEntries } from './read.ts'

/** All that the check needs of a release record. */
const recordHead = z.object({ number: z.int().positive(), auditHead: z.string() })

/**
 * Reads the whole chain and `dist`/records. `noted` is a head that somebody wrote down earlier, for what was cut off after
 * the last release. The first broken place is named; entries before it are sound.
 */
export async function checkAudit(service: Service, dist: string, noted: string | null = null): Promise<AuditCheck> {
  const seqOf = new Map<string, number>()
  let before = ''
  let seq = 0
  for await (const entry of allEntries(service)) {
    const broken = (reason: 'gap' | 'link' | 'hash'): AuditCheck =>
      result({ entries: seq, head: before, broken: { seq: entry.seq, release: null, reason } })
    if (entry.seq !== seq + 1) return broken('gap')
    if (entry.before !== before) return broken('link')
    if (entryHash(entry) !== entry.hash) return broken('hash')
    before = entry.hash
    seq = entry.seq
    seqOf.set(entry.hash, seq)
  }
  const chain = { entries: seq, head: before }
  if (noted !== null && noted !== '' && !seqOf.has(noted))
    return result({ ...chain, broken: { seq: null, release: null, reason: 'noted-head' } })
  const { releases, broken } = checkReleases(dist, seqOf)
  return result({ ...chain, releases, broken })
}

/** Later releases hold later heads. A release from before the trail began has none. */
function checkReleases(dist: string, seqOf: ReadonlyMap<string, number>): Pick<AuditCheck, 'releases' | 'broken'> {
  let last = 0
  let releases = 0
  for (const { number, head } of recordHeads(dist)) {
    const at = head === '' ? 0 : head === null ? undefined : seqOf.get(head)
    if (at === undefined || at < last) {
      const reason = head === null ? 'record' : 'release-head'
      return { releases, broken: { seq: null, release: number, reason } }
    }
    last = at
    releases += 1
  }
  return { releases, broken: null }
}

/** In the order of their numbers; `head` null for a record that can't be read. */
function recordHeads(dist: string): { number: number; head: string | null }[] {
  const folder = join(dist, 'records')
  return filesOf(folder)
    .flatMap((name) => {
      const number = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0)
      return number === 0 ? [] : [{ number, head: headOf(join(folder, name), number) }]
    })
    .sort((one, other) => one.number - other.number)
}

function headOf(file: string, number: number): string | null {
  try {
    const record = recordHead.parse(JSON.parse(readFileSync(file, 'utf8')))
    return record.number === number ? record.auditHead : null
  } catch {
    // Whatever is wrong with it, the check names the release.
    return null
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return []
    throw error
  }
}

function result(part: Pick<AuditCheck, 'entries' | 'head' | 'broken'> & { releases?: number }): AuditCheck {
  return { ok: part.broken === null, releases: 0, ...part }
}
