// npm run fuzz -- READER|all [--seconds N] [--seed S] [--case N]: readers under broken input, each in a process of its own with
// 256 MB of heap and somebody who watches it. Ends with 1 and the input where a reader crashed, hung, ate memory, threw what it
// must not throw, or took what doesn't mean the same when read again.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { codeOf, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { isReader, READERS, type ReaderName } from './fuzz-readers.ts'

const HELP = `npm run fuzz -- READER|all [--seconds N] [--seed S] [--first N]

  READER        ${Object.keys(READERS).join(', ')}
  --seconds N   for each reader (default 20)
  --seed S      of the cases (default: today's, printed)
  --first N     begin with case N: repeats one that was found
`
/** MB of heap that a reader may take (of memory in all: `GROWTH_MB`), and seconds that one case may take. */
const HEAP_MB = 256
const CASE_SECONDS = 15

const finding = z.object({ number: z.int(), message: z.string(), input: z.string() })
const lineOf = z.object({
  cases: z.int(),
  outcomes: z.record(z.string(), z.int()).optional(),
  maxRssMb: z.int().optional(),
  finding: finding.optional(),
})
type Line = z.infer<typeof lineOf>

/** Runs one reader; what ends it early is a finding too. */
function run(name: ReaderName, seed: number, seconds: number, first: number): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-fuzz-run-'))
  const progress = join(folder, 'case')
  writeFileSync(progress, '')
  const script = join(import.meta.dirname, 'fuzz-child.ts')
  const args = [`--max-old-space-size=${HEAP_MB}`, script, name, String(seed), String(seconds), String(first), progress]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: folder },
  })
  let out = ''
  let why = 'ended by itself'
  let [last, since] = ['', Date.now()]
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  const watch = setInterval(() => {
    const now = readFileSync(progress, 'utf8')
    if (now !== last) [last, since] = [now, Date.now()]
    // The first case waits for the county to be published.
    if (Date.now() - since < (last === '' ? 8 : 1) * CASE_SECONDS * 1_000) return
    why = `one case took over ${CASE_SECONDS} s`
    child.kill('SIGKILL')
  }, 500)
  return new Promise((done) => {
    child.once('close', (code, signal) => {
      clearInterval(watch)
      const number = Number(readFileSync(progress, 'utf8'))
      rmSync(folder, { recursive: true, force: true })
      const read = code === 0 ? lineOf.safeParse(JSON.parse(out || 'null')).data : undefined
      const message = `${why} (code ${code}, signal ${signal})`
      done(read ?? { cases: number - first, finding: { number, message, input: '' } })
    })
  })
}

function inWords(name: string, line: Line): string {
  const outcomes = Object.entries(line.outcomes ?? {}).sort(([, a], [, b]) => b - a)
  const shown = outcomes.map(([outcome, count]) => `${outcome} ${count}`).join(', ')
  return `${name.padEnd(11)}${String(line.cases).padStart(9)} cases  ${String(line.maxRssMb ?? '?').padStart(4)} MB  ${shown}`
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const options = { seconds: text, seed: text, first: text, help: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ allowPositionals: true, options })
  const [which = ''] = positionals
  const names = which === 'all' ? Object.keys(READERS).filter(isReader) : [which].filter(isReader)
  if (values.help === true || names.length === 0) {
    process.stdout.write(HELP)
    if (values.help !== true) throw new SunhallError('E-INPUT', `Expected a reader or "all", got "${which}"`)
    return
  }
  const seed = Number(values.seed ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''))
  process.stdout.write(`seed ${seed}\n`)
  for (const name of names) {
    const line = await run(name, seed, Number(values.seconds ?? 20), Number(values.first ?? 0))
    process.stdout.write(`${inWords(name, line)}\n`)
    if (line.finding === undefined) continue
    process.exitCode = 1
    const { number, message, input } = line.finding
    process.stdout.write(`FOUND in case ${number}: ${message}\n`)
    if (input !== '') process.stdout.write(`input, base64: ${input.slice(0, 20_000)}\n`)
    process.stdout.write(`again: npm run fuzz -- ${name} --seed ${seed} --first ${number}\n`)
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${codeOf(error, 'E-INPUT')}: ${messageOf(error)}\n`)
  process.exitCode = 2
})
