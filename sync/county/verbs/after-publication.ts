// What follows a publication, once the pointer has moved: the version of its masking rules, files that only releases of
// long ago needed, the release's open data, and a withdrawn release's way out of the stores that held it. None can undo the
// publication; what fails is said, kept in the trail, and can be done again.
import { codeOf, messageOf } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { noteRules } from '../disclosure/rule-versions.ts'
import { type Pruned, pruneDistribution } from '../drafts/prune.ts'
import { startProgress } from '../jobs/progress.ts'
import { exportOpenData } from '../open-data/export.ts'
import { exportsEachRelease } from '../open-data/settings.ts'
import { holdingPointer } from '../release/pointer.ts'
import { publishedRelease } from '../release/published.ts'
import type { VerbContext } from './verb.ts'

/** For verbs that publish. */
export const EXPORT_OPTION = {
  'no-export': { type: 'boolean', help: 'without the open data this time ("export" makes it later)' },
} as const

export type Exported =
  | { ok: true; folder: string; bytes: number; ms: number; removed: number[] }
  | { ok: false; code: string; message: string; again: string }

/**
 * Parts of a verb's result: `maskRules` (version of the rules), `pruned` (null where it failed), `openData` (null where none
 * was wanted) and `stores` (of a withdrawal).
 */
export async function afterPublication(
  context: VerbContext,
  { number, withdraws }: { number: number; withdraws: readonly number[] },
  by: string,
): Promise<{ maskRules: number; pruned: Pruned | null; openData: Exported | null; stores?: unknown }> {
  const { office, now, say, warn } = context
  const maskRules = (await noteRules(office, now)).at(-1)?.version ?? 0
  const pruned = await pruneOld(context)
  const wanted = context.values['no-export'] !== true && (await exportsEachRelease(await office.service()))
  const openData = wanted ? await exported(context, number) : null
  if (openData?.ok === true) say(`Open data is in ${openData.folder}: ${openData.bytes} bytes`)
  if (withdraws.length === 0) return { maskRules, pruned, openData }
  const { pushToAll } = await import('../push/stores.ts')
  const stores = await pushToAll(office, by, now)
  for (const one of stores) {
    if (one.ok) say(`Taken out of ${one.address}: ${one.removed} files`)
    else warn(`Warning: ${one.address} still holds what is withdrawn: ${one.code}: ${one.message}; run "push" again`)
  }
  return { maskRules, pruned, openData, stores }
}

/** Nobody publishes meanwhile, so that nothing half written is taken for old. */
async function pruneOld({ office, now, say, warn }: VerbContext): Promise<Pruned | null> {
  const { dist } = office
  try {
    const pruned = await holdingPointer(dist, () => {
      const current = publishedRelease(dist)?.record
      return current === undefined ? { files: 0, bytes: 0 } : pruneDistribution(dist, current, now)
    })
    if (pruned.files > 0) say(`Removed of earlier releases: ${pruned.files} files, ${pruned.bytes} bytes`)
    return pruned
  } catch (error) {
    warn(`Warning: files of earlier releases were not removed: ${messageOf(error)}; the next publication tries again`)
    return null
  }
}

async function exported(context: VerbContext, number: number): Promise<Exported> {
  const { office, now, warn } = context
  const start = performance.now()
  const steps = startProgress(context, { unit: '乡镇（公开数据）', total: null })
  const progress = (done: number, total: number): void => {
    steps.total(total)
    steps.step(done)
  }
  try {
    const { folder, bytes, removed } = await exportOpenData(office, { out: null, now, progress })
    return { ok: true, folder, bytes, removed, ms: Math.round(performance.now() - start) }
  } catch (error) {
    const [code, message] = [codeOf(error, 'E-SERVER'), messageOf(error)]
    warn(`Warning: release ${number} is published, but its open data isn't: ${message}; run "export"`)
    const detail = { reason: message.slice(0, 500) }
    const entry = { actor: 'system', action: 'export-failed', object: `release ${number}`, detail }
    await appendAudit(await office.service(), entry, now)
    return { ok: false, code, message, again: 'county export' }
  }
}
