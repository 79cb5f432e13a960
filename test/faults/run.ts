// npm run faults: kills terminals and hosts at drawn moments and looks at what is left. `--only K` repeats one run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SunhallError } from '../../sync/contract/errors.ts'
import { tableOf } from './figures.ts'
import { killAll } from './kill.ts'

const HELP = `npm run faults -- kill [OPTIONS]

  --runs N      kills of the browser (default 100); the host gets 0.3 N more
  --seed S      what the moments are drawn from (default 1)
  --only K      run K alone: b17 the browser's 17th, h17 the host's
  --lanes L     terminals under fire side by side (default 2)
  --json        the last line is one JSON object

Ends with 1 where a terminal showed anything but the old or the new release, whole, where the journal lost or doubled
a message, or where a phase was never hit.
`

/** Kills of the host for each of the browser. */
const HOST_SHARE = 0.3

interface Arguments {
  runs: number
  seed: number
  only: string | null
  lanes: number
  json: boolean
}

/** Errors: E-INPUT. */
function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      lanes: { type: 'string', default: '2' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || positionals[0] !== 'kill') {
    console.log(HELP)
    process.exit(values.help ? 0 : 1)
  }
  const only = values.only ?? null
  if (only !== null && !/^[bh]\d+$/.test(only))
    throw new SunhallError('E-INPUT', `Expected a run like b17 or h17, got --only ${only}`)
  const [runs, seed, lanes] = [values.runs, values.seed, values.lanes].map(Number)
  if (
    !(Number.isInteger(runs) && Number.isInteger(seed) && Number.isInteger(lanes)) ||
    Math.min(runs ?? 0, lanes ?? 0) < 1
  )
    throw new SunhallError('E-INPUT', 'Expected whole numbers from 1 for --runs and --lanes, and one for --seed')
  return { runs: runs ?? 1, seed: seed ?? 1, lanes: lanes ?? 1, only, json: values.json }
}

const args = readArguments()
const folder = mkdtempSync(join(tmpdir(), 'sunhall-faults-'))
try {
  const say = (line: string): void => console.log(line)
  const figures = await killAll({ ...args, hostRuns: Math.ceil(args.runs * HOST_SHARE), folder, say })
  console.log(tableOf(figures))
  if (args.json) console.log(JSON.stringify(figures))
  process.exitCode = figures.failed.length === 0 && figures.unhit.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
