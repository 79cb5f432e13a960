// Preloaded into the host under fire (node --import): counts what it changes below its data folder, by area, and ends it
// with SIGKILL right before the change that SUNHALL_FAULT names. Between two changes the disk says the same, so that a
// kill before each of them is a kill at every moment. With `lost` the power goes, too: what wasn't synced is taken back.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { areaOf, type HostCounts, type HostMoment } from './host-moments.ts'
import { openLosses } from './losses.ts'

const moment: HostMoment | null = JSON.parse(process.env.SUNHALL_FAULT ?? 'null')
const data = process.argv[2] ?? ''
const counts: HostCounts = {}
const paths = new Map<number, string>()
const losses = openLosses()

/** A change of that file is about to come. */
function step(path: unknown): void {
  const area = areaOf(data, String(path))
  if (area === null) return
  const nth = (counts[area] ?? 0) + 1
  counts[area] = nth
  if (moment?.area !== area || moment.nth !== nth) return
  if (moment.lost) losses.take(moment.share)
  process.kill(process.pid, 'SIGKILL')
}

type Plain = (...given: unknown[]) => unknown
function wrap(name: string, around: (real: Plain, given: unknown[]) => unknown): void {
  const real: unknown = Reflect.get(fs, name)
  if (typeof real !== 'function') throw new Error(`Expected a function ${name}, got ${typeof real}`)
  Reflect.set(fs, name, function changed(this: unknown, ...given: unknown[]) {
    return around((...args) => Reflect.apply(real, this, args), given)
  })
}

wrap('openSync', (real, given) => {
  const [path, flags = 'r'] = given
  if (flags !== 'r') step(path)
  const handle = real(...given)
  if (typeof handle === 'number') paths.set(handle, String(path))
  if (flags !== 'r') losses.made(String(path))
  return handle
})
wrap('writeSync', (real, given) => {
  const path = paths.get(Number(given[0])) ?? ''
  step(path)
  losses.written(path)
  return real(...given)
})
wrap('writeFileSync', (real, given) => {
  step(given[0])
  losses.made(String(given[0]))
  losses.written(String(given[0]))
  return real(...given)
})
wrap('fsyncSync', (real, given) => {
  const path = paths.get(Number(given[0])) ?? ''
  step(path)
  const answer = real(...given)
  losses.synced(path)
  return answer
})
wrap('renameSync', (real, given) => {
  const [from, to] = given.map(String)
  step(to)
  losses.renamed(from ?? '', to ?? '')
  return real(...given)
})
wrap('rmSync', (real, given) => {
  step(given[0])
  losses.removed(String(given[0]))
  return real(...given)
})
syncBuiltinESMExports()
process.on('exit', () => fs.writeFileSync(join(data, '..', 'counts.json'), JSON.stringify(counts)))
