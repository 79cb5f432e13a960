// Pushes to the stores that the office knows, and remembers them (`known-stores.ts`).
import { codeOf, messageOf } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { publishedRelease } from '../release/published.ts'
import { isSame, knownStores, remember } from './known-stores.ts'
import { type PushReport, type PushTarget, pushFolder } from './push.ts'

export type StoreOutcome =
  | ({ ok: true; address: string } & PushReport)
  | { ok: false; address: string; code: string; message: string }

/** Pushes, and remembers where to. Errors: those of `pushFolder`; a store that failed is remembered all the same. */
export async function pushTo(office: Office, target: PushTarget, by: string, now: Date): Promise<PushReport> {
  const service = await office.service()
  const number = publishedRelease(office.dist)?.record.number ?? 0
  const isKnown = (await knownStores(service)).some((one) => isSame(one, target))
  // A first push that breaks off has left something there too.
  if (!isKnown) await remember(service, { ...target, release: 0, at: '' })
  const report = await pushFolder(office.dist, target)
  await remember(service, { ...target, release: number, at: now.toISOString() })
  const detail = { release: number, uploaded: report.uploaded, removed: report.removed }
  await appendAudit(service, { actor: by, action: 'push', object: target.address, detail }, now)
  return report
}

/** Pushes to each known store; one that fails doesn't keep the others from it. */
export async function pushToAll(office: Office, by: string, now: Date): Promise<StoreOutcome[]> {
  const outcomes: StoreOutcome[] = []
  for (const { address, endpoint, region } of await knownStores(await office.service())) {
    try {
      outcomes.push({ ok: true, address, ...(await pushTo(office, { address, endpoint, region }, by, now)) })
    } catch (error) {
      outcomes.push({ ok: false, address, code: codeOf(error, 'E-SERVER'), message: messageOf(error) })
    }
  }
  return outcomes
}
