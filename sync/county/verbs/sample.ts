// sample: fills the office with the invented county.
import { SunhallError } from '../../contract/errors.ts'
import { loadSample } from '../import/load-sample.ts'
import { localDay } from '../release/today.ts'
import { textOption, type Verb } from './verb.ts'

export const sampleVerb: Verb = {
  name: 'sample',
  usage: 'sample [--scale N] [--seed N] [--today YYYY-MM-DD]',
  summary: 'fills the office with the sample county: invented people, real places; --scale 1 is 1.2 million payments',
  example: 'county sample --scale 0.1',
  options: {
    scale: { type: 'string', help: 'size, from 0.001 to 2 (default 0.1)' },
    seed: { type: 'string', help: 'whole number; the same seed gives the same county (default 431225)' },
    today: { type: 'string', help: 'last day of its data (default: today)' },
  },
  positionals: { min: 0, max: 0 },
  async run({ office, values, now, say }) {
    const started = performance.now()
    // Loaded only here: every other verb starts without the sample's generators.
    const { sampleCounty, samplePhones } = await import('../sample/sample.ts')
    const scale = numberOption(textOption(values, 'scale') ?? '0.1', 'scale', 0.001, 2)
    const seed = numberOption(textOption(values, 'seed') ?? '431225', 'seed', 0, 2 ** 31)
    const today = textOption(values, 'today') ?? localDay(now)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(today))
      throw new SunhallError('E-INPUT', `Expected --today YYYY-MM-DD, got "${today}"`)
    const options = { scale, seed, today }
    const rows = await loadSample(
      office,
      sampleCounty(options),
      samplePhones(options).map(({ phone }) => phone),
      now,
    )
    const ms = Math.round(performance.now() - started)
    say(
      `The office holds the sample county at scale ${scale} now (${ms} ms): ${Object.entries(rows)
        .map(([table, count]) => `${table} ${count}`)
        .join(', ')}`,
    )
    return { ok: true, scale, seed, today, rows, ms }
  },
}

function numberOption(text: string, name: string, min: number, max: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= min && value <= max) return value
  throw new SunhallError('E-INPUT', `Expected --${name} from ${min} to ${max}, got "${text}"`)
}
