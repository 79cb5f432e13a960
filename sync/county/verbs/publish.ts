// publish: an approved draft to the public, now or at its time. A practice office builds, signs and publishes at once.
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { type Draft, openDraft, readDraft } from '../drafts/draft.ts'
import { isPractice, requireAccounts } from '../drafts/practice.ts'
import { hasKeys } from '../keys/keys.ts'
import { makeCountyKeys } from '../keys/root.ts'
import { afterPublication, EXPORT_OPTION } from './after-publication.ts'
import { idOf, summaryOf } from './draft.ts'
import { practicePublish } from './practice-publish.ts'
import { stepsOf } from './steps.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

export const publishVerb: Verb = {
  name: 'publish',
  usage: 'publish [DRAFT] [--at TIME|--due] [--no-export] [--as LOGIN]',
  summary: 'moves the pointer to an approved draft, now or at a time; in a practice office builds and signs it first',
  example: 'county publish 3 --at 2026-12-01T08:00:00+08:00 --as zhanghua',
  options: {
    at: { type: 'string', help: 'not before this moment ("serve", or "publish --due" from a timer, does it then)' },
    due: { type: 'boolean', help: 'publishes what is due by now, if anything is' },
    'passphrase-file': { type: 'string', help: "practice: file with the release key's passphrase" },
    ...EXPORT_OPTION,
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 1 },
  async run(context) {
    const { office, values, now, warn } = context
    if (values.due === true) return due(context)
    // Before anything is made: neither a moment that can't be read nor one that nobody keeps may publish at once.
    const at = momentOf(textOption(values, 'at'))
    if (at !== null && (await isPractice(office))) {
      throw new SunhallError(
        'E-INPUT',
        'Expected no --at in a practice office, which publishes at once; leave --at out, or make accounts with "users add"',
      )
    }
    if (!hasKeys(office.keys)) {
      makeCountyKeys(office, true, now)
      warn(
        `Notice: there were no keys, so sample keys were made in ${office.keys}; packages built for production refuse them`,
      )
    }
    if (await isPractice(office)) return practicePublish(context)
    await requireAccounts(office)
    return publishApproved(context, at)
  },
}

async function publishApproved(context: VerbContext, at: Date | null): Promise<{ [key: string]: unknown }> {
  const { office, positionals, now, say } = context
  const actor = await actorFor(context, 'publisher')
  const service = await office.service()
  const draft = positionals[0] === undefined ? await openDraft(service) : await readDraft(service, idOf(positionals[0]))
  if (draft === null)
    throw new SunhallError('E-STATE', 'Expected an approved draft, found none; begin with "draft propose"')
  const { publishDraft, schedule } = await import('../drafts/publish-draft.ts')
  if (at !== null) {
    const planned = await schedule(office, draft.id, actor.login, at, now)
    say(`Draft ${planned.id} is published as release ${planned.number} at ${planned.publishAt}`)
    return { ok: true, ...summaryOf(planned) }
  }
  return said(context, await publishDraft(office, draft.id, actor.login, now, stepsOf(context, 2)))
}

async function due(context: VerbContext): Promise<{ [key: string]: unknown }> {
  const { publishDue } = await import('../drafts/publish-draft.ts')
  const draft = await publishDue(context.office, context.now)
  if (draft !== null) return said(context, draft)
  context.say('Nothing is due')
  return { ok: true, published: false }
}

async function said(context: VerbContext, draft: Draft): Promise<{ [key: string]: unknown }> {
  const gone = draft.withdraws.length > 0 ? `; withdrawn: ${draft.withdraws.join(', ')}` : ''
  context.say(`Release ${draft.number} is published, approved by ${draft.decidedName}${gone}`)
  const after = await afterPublication(context, draft, draft.publishedBy)
  return { ok: true, published: true, release: draft.number, ...summaryOf(draft), ...after }
}

function momentOf(text: string | null): Date | null {
  if (text === null) return null
  const at = new Date(text)
  if (!Number.isNaN(at.getTime()) && /T.*(Z|[+-]\d\d:?\d\d)$/.test(text)) return at
  throw new SunhallError(
    'E-INPUT',
    `Expected --at with a moment and its zone like 2026-12-01T08:00:00+08:00, got "${text}"`,
  )
}
