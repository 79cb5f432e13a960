// withdraw and republish: takes back a mistake that is public, and publishes an earlier state again. Both make drafts, which
// a second person approves; a practice office does it at once.
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import type { Draft, Person } from '../drafts/draft.ts'
import { isPractice } from '../drafts/practice.ts'
import { afterPublication, EXPORT_OPTION } from './after-publication.ts'
import { releaseKeyOf } from './approve.ts'
import { summaryOf } from './draft.ts'
import { stepsOf } from './steps.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

const PASSPHRASE = {
  'passphrase-file': { type: 'string', help: "file with the release key's passphrase (or SUNHALL_PASSPHRASE)" },
} as const

export const withdrawVerb: Verb = {
  name: 'withdraw',
  usage: 'withdraw RELEASE --why WORDS [--imports N,N…] [--as LOGIN]',
  summary: 'takes back what is wrong in a release: the next one is without it, and all files that held it are deleted',
  example: 'county withdraw 7 --imports 12,13 --why "金额单位弄错" --as zhanghua',
  options: {
    why: { type: 'string', help: 'what was wrong' },
    imports: { type: 'string', help: 'imports to take back (default: all that this release was the first to hold)' },
    ...EXPORT_OPTION,
    ...PASSPHRASE,
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 1, max: 1 },
  async run(context) {
    const { office, positionals, values, now } = context
    const actor = await actorFor(context, 'publisher')
    const { proposeWithdrawal } = await import('../drafts/withdraw.ts')
    const withdrawal = {
      release: releaseOf(positionals[0]),
      imports: importsIn(textOption(values, 'imports')),
      why: textOption(values, 'why') ?? '',
    }
    return settle(context, await proposeWithdrawal(office, withdrawal, actor, now, stepsOf(context, 2)), actor)
  },
}

export const republishVerb: Verb = {
  name: 'republish',
  usage: 'republish RELEASE [--as LOGIN]',
  summary: 'publishes the state behind an earlier release again, as a new one, under the masking rules of today',
  example: 'county republish 5 --as zhanghua',
  options: { ...EXPORT_OPTION, ...PASSPHRASE, ...ACTOR_OPTIONS },
  positionals: { min: 1, max: 1 },
  async run(context) {
    const { office, positionals, now } = context
    const actor = await actorFor(context, 'publisher')
    const { proposeAgain } = await import('../drafts/withdraw.ts')
    return settle(
      context,
      await proposeAgain(office, releaseOf(positionals[0]), actor, now, stepsOf(context, 2)),
      actor,
    )
  },
}

/** A practice office publishes it at once; any other leaves it to a reviewer. */
async function settle(context: VerbContext, draft: Draft, by: Person): Promise<{ [key: string]: unknown }> {
  const { office, now, say, warn } = context
  if (!(await isPractice(office))) {
    say(`Draft ${draft.id} (release ${draft.number}) waits for a reviewer: county diff ${draft.id}`)
    return { ok: true, ...summaryOf(draft) }
  }
  warn('Warning: no second person has looked at this release; every figure in it is marked as not reviewed')
  const { stageUnreviewed } = await import('../drafts/approve.ts')
  const { publishDraft } = await import('../drafts/publish-draft.ts')
  await stageUnreviewed(office, draft, by, await releaseKeyOf(context), now)
  const done = await publishDraft(office, draft.id, by.login, now, stepsOf(context, 2))
  say(
    `Release ${done.number} is published${done.withdraws.length > 0 ? `; withdrawn: ${done.withdraws.join(', ')}` : ''}`,
  )
  return { ok: true, release: done.number, ...summaryOf(done), ...(await afterPublication(context, done, by.login)) }
}

function releaseOf(text = ''): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new SunhallError('E-INPUT', `Expected the number of a release, got "${text}"; see "releases"`)
}

function importsIn(text: string | null): number[] {
  if (text === null) return []
  if (/^\d+(,\d+)*$/.test(text)) return text.split(',').map(Number)
  throw new SunhallError('E-INPUT', `Expected --imports with numbers like 12,13, got "${text}"; see "imports"`)
}
