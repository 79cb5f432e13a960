// approve: a second person's agreement, with the release key's passphrase. Signs, and moves no pointer.
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { openFindings } from '../checks/findings.ts'
import { openDraft, readDraft } from '../drafts/draft.ts'
import { requireAccounts } from '../drafts/practice.ts'
import { passphraseOf } from '../keys/passphrase.ts'
import { needsPassphrase, unlockSigner } from '../keys/root.ts'
import { idOf, summaryOf } from './draft.ts'
import { stepsOf } from './steps.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

export const approveVerb: Verb = {
  name: 'approve',
  usage: 'approve [DRAFT] --fingerprint HEX --as LOGIN',
  summary:
    'approves and signs a draft, after the proof and the check by the terminals’ own verifier; publishes nothing yet',
  example: 'county approve 3 --fingerprint 9f2c41d07a5e88b1 --as lifang',
  options: {
    fingerprint: { type: 'string', help: 'what was looked at, as "diff" shows it: 16 digits of it at least' },
    'passphrase-file': { type: 'string', help: "file with the release key's passphrase (or SUNHALL_PASSPHRASE)" },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 1 },
  async run(context) {
    const { office, positionals, values, now, say } = context
    await requireAccounts(office)
    const actor = await actorFor(context, 'reviewer')
    const service = await office.service()
    const draft =
      positionals[0] === undefined ? await openDraft(service) : await readDraft(service, idOf(positionals[0]))
    if (draft === null)
      throw new SunhallError('E-STATE', 'Expected a draft that is open, found none; propose one first')
    const fingerprint = lookedAt(textOption(values, 'fingerprint'), draft.fingerprint)
    const { approve } = await import('../drafts/approve.ts')
    const done = await approve(
      office,
      {
        id: draft.id,
        by: actor,
        fingerprint,
        releaseKey: await releaseKeyOf(context),
        openFindings: (of) => openFindings(of, now),
        progress: stepsOf(context, 2),
      },
      now,
    )
    say(
      `Draft ${done.id} is approved and signed as release ${done.number}; a publisher moves the pointer: county publish`,
    )
    return { ok: true, ...summaryOf(done) }
  },
}

/** The release key, opened with its passphrase where it has one. Errors: E-KEYS. */
export async function releaseKeyOf({ office, values }: VerbContext) {
  const source = { file: textOption(values, 'passphrase-file'), environment: process.env.SUNHALL_PASSPHRASE }
  return unlockSigner(office, 'release', needsPassphrase(office) ? await passphraseOf(source, false) : null)
}

/** The whole fingerprint where the beginning was given. What differs is left as it is, to be refused. */
function lookedAt(given: string | null, fingerprint: string): string {
  if (given !== null && /^[0-9a-f]{16,64}$/.test(given)) return fingerprint.startsWith(given) ? fingerprint : given
  throw new SunhallError(
    'E-INPUT',
    `Expected --fingerprint with at least 16 digits of what was looked at, got "${given ?? ''}"; see "diff"`,
  )
}
