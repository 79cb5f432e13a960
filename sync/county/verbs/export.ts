// export: the published release's public rows as CSV, for everyone. Publication does it by itself, unless it was told not to.
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { appendAudit } from '../audit/audit.ts'
import { startProgress } from '../jobs/progress.ts'
import { exportOpenData } from '../open-data/export.ts'
import { exportsEachRelease, setExportsEachRelease } from '../open-data/settings.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

export const exportVerb: Verb = {
  name: 'export',
  usage: 'export [--out DIR] | export --each-release yes|no [--as LOGIN]',
  summary:
    'writes the published release as open data: a CSV a table, with a dictionary; into dist/open/RELEASE, as each publication does',
  example: 'county export --out 公开数据',
  options: {
    out: { type: 'string', help: 'a new folder instead' },
    'each-release': { type: 'string', help: 'yes or no: whether publications export by themselves from now on' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 0 },
  async run(context) {
    const { office, values, now, say } = context
    const choice = textOption(values, 'each-release')
    if (choice !== null) return choose(context, choice)
    const start = performance.now()
    const progress = startProgress(context, { unit: '乡镇', total: null })
    const done = await exportOpenData(office, {
      out: textOption(values, 'out'),
      now,
      progress(parts, total) {
        progress.total(total)
        progress.step(parts)
      },
    })
    say(`Release ${done.release} is in ${done.folder}: ${done.bytes} bytes, ${done.rawBytes} before gzip`)
    return {
      ok: true,
      ...done,
      ms: Math.round(performance.now() - start),
      peakRss: process.resourceUsage().maxRSS * 1024,
    }
  },
}

async function choose(context: VerbContext, choice: string): Promise<{ [key: string]: unknown }> {
  const { office, now, say } = context
  if (choice !== 'yes' && choice !== 'no')
    throw new SunhallError('E-INPUT', `Expected --each-release yes or no, got "${choice}"`)
  const actor = await actorFor(context, 'publisher')
  const service = await office.service()
  const before = await exportsEachRelease(service)
  const eachRelease = choice === 'yes'
  await setExportsEachRelease(service, eachRelease)
  const detail = { eachRelease, before }
  await appendAudit(service, { actor: actor.login, action: 'export-settings', object: 'open data', detail }, now)
  say(eachRelease ? 'Each publication exports its open data' : 'Open data is exported by hand from now on')
  return { ok: true, eachRelease }
}
