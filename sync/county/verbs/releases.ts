// releases: what was published so far, who brought and who approved what first stood in each (P8).
import { firstHeldBy, importsOf } from '../drafts/imports.ts'
import { listReleases } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import type { Verb } from './verb.ts'

export const releasesVerb: Verb = {
  name: 'releases',
  usage: 'releases [RELEASE]',
  summary:
    'lists the releases published so far; with a number, the imports that it was the first to hold, and who approved them',
  example: 'county releases 3',
  options: {},
  positionals: { min: 0, max: 1 },
  async run({ office, positionals, say }) {
    const withdrawn = new Set(publishedRelease(office.dist)?.record.withdrawn ?? [])
    const [only] = positionals
    const releases = (await listReleases(office))
      .filter(({ number }) => only === undefined || String(number) === only)
      .map((release) => ({ ...release, withdrawn: withdrawn.has(release.number) }))
    for (const { number, signedAt, dataUntil, root, sample, withdrawn: gone } of releases) {
      say(
        `${number}\t${signedAt}\tdata until ${dataUntil}\t${root.slice(0, 16)}…${sample ? '\tsample data' : ''}${gone ? '\twithdrawn' : ''}`,
      )
    }
    if (releases.length === 0) say('Nothing is published yet')
    if (only === undefined) return { ok: true, releases }
    const imports = await importsOf(office, await firstHeldBy(office, Number(only)))
    for (const one of imports)
      say(
        `import ${one.id}\t${one.table}\t${one.file}\tby ${one.by || '-'}\tapproved by ${one.approvedBy || '-'} on ${one.approvedOn ?? '-'}`,
      )
    return { ok: true, releases, imports }
  },
}
