// The masking rules as data with versions: which funds are published without names, and how. What a release's own catalogue
// says is the rule set; one that differs from the set in force gets the next number when its release is public. The trail
// holds each new version with its hash, so that the signed head of the chain covers it.
//
//   catalogue of a draft ─► rules ─► hash ── equals that in force ─► its version
//                                        └─ differs ─► the next version, for good once the release is public
import { z } from 'zod'
import { type DraftRules, type FundRule, fundRule } from '../../contract/console/drafts.ts'
import { MASK_CROWD } from '../../contract/limits.ts'
import type { FundRow } from '../../contract/rows.ts'
import { COUNTY } from '../../contract/tree.ts'
import { canonicalJson } from '../../core/canonical.ts'
import { sha256 } from '../../publish/blocks.ts'
import { appendAudit } from '../audit/audit.ts'
import { KeptRelease } from '../drafts/kept.ts'
import type { Office } from '../office.ts'
import { publishedRelease } from '../release/published.ts'
import { readSetting, type Service, writeSetting } from '../service/service.ts'

const NAME = 'mask-rules'
const ruleVersion = z.strictObject({
  version: z.int().positive(),
  hash: z.string(),
  /** First release under it, and when that was noted. */
  release: z.int().positive(),
  at: z.string(),
  rules: z.array(fundRule),
})
export type RuleVersion = z.infer<typeof ruleVersion>

/** The rules that a catalogue says, by fund. Funds with open names have none. */
export function rulesOf(catalogue: readonly FundRow[]): FundRule[] {
  return catalogue
    .filter(({ tier, masked }) => tier === 'A' || masked)
    .map(({ code, tier, maskReason }): FundRule => {
      return { fund: code, disclosure: tier === 'A' ? 'totals' : 'masked', reason: maskReason }
    })
    .sort((a, b) => (a.fund < b.fund ? -1 : 1))
}

/** SHA-256 of the rules with the crowd that they count on. */
export function ruleHash(rules: readonly FundRule[]): string {
  return sha256(canonicalJson({ crowd: MASK_CROWD, rules: [...rules] }))
}

/** All versions, oldest first; the last is in force. */
export async function ruleVersions(service: Service): Promise<RuleVersion[]> {
  return z.array(ruleVersion).safeParse(await readSetting(service, NAME)).data ?? []
}

/** The version that a release with these rules has or would get. */
export function versionOf(versions: readonly RuleVersion[], rules: readonly FundRule[]): number {
  const last = versions.at(-1)
  if (last === undefined) return 1
  return last.hash === ruleHash(rules) ? last.version : last.version + 1
}

/** Notes the rules of the published release, once; gives back the versions. Nothing where nothing is published. */
export async function noteRules(office: Office, now: Date): Promise<RuleVersion[]> {
  const service = await office.service()
  const versions = await ruleVersions(service)
  const record = publishedRelease(office.dist)?.record
  if (record === undefined) return versions
  const catalogue = new KeptRelease({ folder: office.dist, root: record.root }).rowsOf('catalogue', COUNTY, '')
  const rules = rulesOf(catalogue)
  const version = versionOf(versions, rules)
  if (version === versions.at(-1)?.version) return versions
  const hash = ruleHash(rules)
  const all = [...versions, { version, hash, release: record.number, at: now.toISOString(), rules }]
  await writeSetting(service, NAME, all)
  const detail = { release: record.number, hash, funds: rules.length }
  await appendAudit(service, { actor: 'system', action: 'mask-rules', object: `mask rules ${version}`, detail }, now)
  return all
}

/** Versions for a draft's page: of the rules in force while it was compared, and of its own. */
export function rulesFor(
  { base, number, state }: { base: number; number: number; state: string },
  difference: { rules: readonly FundRule[] } | null,
  versions: readonly RuleVersion[],
): DraftRules {
  const at = (release: number): number => versions.findLast((one) => one.release <= release)?.version ?? 0
  const applies = state === 'published' ? at(number) : versionOf(versions, difference?.rules ?? [])
  return { inForce: at(base), applies: Math.max(1, applies) }
}
