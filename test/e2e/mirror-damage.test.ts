// P10 at the host: files of the mirror that are cut or flipped at rest are found when the worker tells what it shows, as
// it does after each switch and each night's scrub, and each is fetched again alone. Real files, real HTTP.
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { drawsOf } from '../core/draws.ts'
import { hostForEachTest } from './host-bench.ts'
import { TOWNSHIP } from './host-office.ts'

const at = hostForEachTest()
const built = () => at.office.builds.at(-1) ?? expect.fail('nothing was published')
const inMirror = (...names: string[]): string => join(at.folder, 'data', 'mirror', ...names)
const shown = (): Promise<Response> => at.post('/host/shown', { root: built().record.root, previous: null })

beforeEach(async () => {
  await at.check()
  for (const part of [COUNTY, TOWNSHIP]) await at.county(paths.pack(built().record.root, part))
  await at.county(paths.media(built().picture))
  at.served.requests.length = 0
})

/** Each file of the mirror, and what is asked for when it is damaged. */
function files(): Record<string, { file: string; cure: string[] }> {
  const { record, picture } = built()
  return {
    'county’s pack': { file: inMirror(record.root, `${COUNTY}.gz`), cure: [paths.pack(record.root, COUNTY)] },
    'township’s pack': { file: inMirror(record.root, `${TOWNSHIP}.gz`), cure: [paths.pack(record.root, TOWNSHIP)] },
    picture: { file: inMirror('media', `${picture}.webp`), cure: [paths.media(picture)] },
    record: { file: inMirror(record.root, 'record.json'), cure: [] },
  }
}

/** Bytes at the head of a gzip file that say when and where it was packed: a flip there changes nothing that is read. */
const GZIP_HEAD = 10
const DAMAGES = [
  ...['county’s pack', 'township’s pack', 'picture'].flatMap((what) => [
    [what, 'cut'] as const,
    [what, 'flipped'] as const,
  ]),
  ['record', 'cut'] as const,
]
const seed = Math.floor(Math.random() * 2 ** 31)
it.each(DAMAGES)(`the %s, %s, is found and fetched again alone (seed ${seed})`, async (what, how) => {
  const draw = drawsOf(seed)
  const { file, cure } = files()[what] ?? expect.fail(`no file is called ${what}`)
  const whole = readFileSync(file)
  const place = GZIP_HEAD + Math.floor(draw() * (whole.length - GZIP_HEAD))
  if (how === 'cut') truncateSync(file, place)
  else
    writeFileSync(
      file,
      whole.map((byte, index) => (index === place ? byte ^ (1 << Math.floor(draw() * 8)) : byte)),
    )
  await shown()
  await expect.poll(() => readFileSync(file).equals(whole)).toBe(true)
  expect(at.served.requests).toEqual(cure)
})

it('P3: with the office away, a damaged county’s pack takes no sound township’s pack along', async () => {
  const { record } = built()
  const sound = readFileSync(inMirror(record.root, `${TOWNSHIP}.gz`))
  truncateSync(inMirror(record.root, `${COUNTY}.gz`), 40)
  await at.host.close()
  await at.served.stop()
  at.host = await at.open()
  expect((await at.county(paths.pack(record.root, TOWNSHIP))).ok).toBe(false)
  expect(readFileSync(inMirror(record.root, `${TOWNSHIP}.gz`)).equals(sound)).toBe(true)
})
