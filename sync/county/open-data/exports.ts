// The exports that lie in the distribution: those of releases still served, and a list of them at an address that stays.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ReleaseRecord } from '../../contract/release.ts'
import { writeWhole } from '../../publish/files.ts'
import { keptRecord } from '../../publish/publish.ts'
import { servedReleases } from '../../publish/served.ts'

const OPEN = 'open'
/** Where readers begin: `{"newest": 7, "releases": [{"number": 7, "package": "7/datapackage.json", …}]}`. */
export const OPEN_INDEX = `${OPEN}/index.json`

/** Folder of a release's open data in the distribution. */
export const openFolder = (release: number): string => `${OPEN}/${release}`

/** Numbers of the releases whose open data is there, ascending. */
export function exportedReleases(dist: string): number[] {
  if (!existsSync(join(dist, OPEN))) return []
  const names = readdirSync(join(dist, OPEN)).filter((name) => /^[1-9]\d*$/.test(name))
  return names.map(Number).sort((a, b) => a - b)
}

/** Removes the exports of releases that are no longer served (`served.ts`), and writes the list. Gives back what went. */
export function keepServed(dist: string, current: ReleaseRecord, now: Date): number[] {
  const numbers = existsSync(join(dist, 'records'))
    ? readdirSync(join(dist, 'records')).map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? 0))
    : []
  const earlier = numbers.filter((number) => number < current.number)
  const records = [...earlier.flatMap((number) => keptRecord(dist, number) ?? []), current]
  const served = servedReleases(records, now)
  const gone = exportedReleases(dist).filter((number) => !served.has(number))
  for (const number of gone) rmSync(join(dist, openFolder(number)), { recursive: true, force: true })
  writeOpenIndex(dist)
  return gone
}

/** Writes the list of what is there, the newest first; removes it where nothing is. */
export function writeOpenIndex(dist: string): void {
  const numbers = exportedReleases(dist).reverse()
  if (numbers.length === 0) {
    rmSync(join(dist, OPEN_INDEX), { force: true })
    return
  }
  const releases = numbers.map((number) => {
    const record = keptRecord(dist, number)
    const dates = record === null ? {} : { signedAt: record.signedAt, dataUntil: record.dataUntil }
    return { number, ...dates, package: `${number}/datapackage.json`, dictionary: `${number}/dictionary.csv` }
  })
  writeWhole(dist, OPEN_INDEX, `${JSON.stringify({ newest: numbers[0], releases }, null, 1)}\n`)
}
