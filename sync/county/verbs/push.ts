// push: the distribution folder to an S3-compatible store, or to another web server's folder.
import { resolve } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { forgetStore } from '../push/known-stores.ts'
import type { StoreOutcome } from '../push/stores.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

export const pushVerb: Verb = {
  name: 'push',
  usage: 'push [s3://BUCKET/PREFIX|DIR] [--endpoint URL] [--region NAME] [--forget]',
  summary:
    'makes a store or folder hold what DIR/dist holds, the pointer last; without one, each that was pushed to before. S3 credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  example: 'county push s3://sunhall/huitong --endpoint https://oss.example.cn',
  options: {
    endpoint: { type: 'string', help: "the store's address where it isn't Amazon's" },
    region: { type: 'string', help: 'region (default us-east-1, which other stores ignore)' },
    forget: { type: 'boolean', help: 'leaves the store as it is, and out from now on' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 1 },
  async run(context) {
    const { office, positionals, values, now, say } = context
    const { targetOf } = await import('../push/push.ts')
    const { pushTo, pushToAll } = await import('../push/stores.ts')
    const [given] = positionals
    // A timer does it daily: nothing is decided by it, what is public goes where it went before.
    if (given === undefined) return all(context, await pushToAll(office, 'system', now))
    const actor = await actorFor(context, 'publisher')
    const address = given.startsWith('s3:') ? given : resolve(given)
    const target = targetOf(address, textOption(values, 'endpoint'), textOption(values, 'region') ?? 'us-east-1')
    if (values.forget === true)
      return { ok: true, forgotten: await forgetStore(await office.service(), target.address) }
    const report = await pushTo(office, target, actor.login, now)
    say(
      `Pushed: ${report.uploaded} files (${report.bytes} bytes) up, ${report.kept} there already, ${report.removed} taken away`,
    )
    return { ok: true, ...report }
  },
}

function all({ say, warn }: VerbContext, outcomes: readonly StoreOutcome[]): { [key: string]: unknown } {
  if (outcomes.length === 0)
    throw new SunhallError(
      'E-STATE',
      'Expected a store that was pushed to before, found none; name one: s3://bucket/prefix, or a folder',
    )
  for (const one of outcomes) {
    if (one.ok) say(`${one.address}: ${one.uploaded} up, ${one.kept} there already, ${one.removed} taken away`)
    else warn(`${one.address}: ${one.code}: ${one.message}`)
  }
  return { ok: outcomes.every(({ ok }) => ok), stores: outcomes }
}
