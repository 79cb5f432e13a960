// One reader fuzzed in a process of its own: node fuzz-child.ts READER SEED SECONDS FIRST PROGRESS-FILE
// The number of the case under way stands in the file before it is read, so that whoever watches can name what hangs. Ends
// with one line of JSON: { cases, outcomes, maxRssMb } or { cases, finding: { message, input } }.
import { closeSync, openSync, writeSync } from 'node:fs'
import { openFuzzCounty } from './fuzz-county.ts'
import { Finding } from './fuzz-reader.ts'
import { fuzz, isReader, peakMb, READERS } from './fuzz-readers.ts'

const [name = '', seedText = '', secondsText = '', firstText = '', progress = ''] = process.argv.slice(2)
if (!isReader(name)) throw new Error(`Expected a reader, got ${name}`)
const [seed, first] = [Number(seedText), Number(firstText)]
const county = await openFuzzCounty()
const reader = await READERS[name](county)
const file = openSync(progress, 'w')
const until = Date.now() + Number(secondsText) * 1_000
let number = first

function more(next: number): boolean {
  number = next
  writeSync(file, String(number).padStart(12), 0)
  return Date.now() < until
}

let line: object
try {
  const outcomes = await fuzz(name, reader, seed, more, first)
  line = { cases: number - first, outcomes: Object.fromEntries(outcomes), maxRssMb: peakMb() }
} catch (error) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const input = error instanceof Finding ? Buffer.from(error.input).toString('base64') : ''
  const cause = error instanceof Error && error.cause instanceof Error ? `\n${error.cause.stack}` : ''
  line = { cases: number - first, finding: { number, message: `${message}${cause}`, input } }
}
closeSync(file)
reader.close?.()
county.remove()
process.stdout.write(`${JSON.stringify(line)}\n`)
