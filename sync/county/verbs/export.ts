// export: the published release's public rows as CSV, for everyone.
import { exportOpenData } from '../open-data/export.ts'
import { textOption, type Verb } from './verb.ts'

export const exportVerb: Verb = {
  name: 'export',
  usage: 'export [--out DIR]',
  summary: 'writes the published release as open data: a CSV a table, with a dictionary; into dist/open/RELEASE',
  example: 'county export --out 公开数据',
  options: { out: { type: 'string', help: 'a new folder instead' } },
  positionals: { min: 0, max: 0 },
  async run({ office, values, say }) {
    const start = performance.now()
    const done = exportOpenData(office.dist, textOption(values, 'out'))
    say(`Release ${done.release} is in ${done.folder}`)
    return {
      ok: true,
      ...done,
      ms: Math.round(performance.now() - start),
      peakRss: process.resourceUsage().maxRSS * 1024,
    }
  },
}
