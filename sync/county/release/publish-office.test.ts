import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeIn, countIn, rowsIn } from '../../../test/county/books-file.ts'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { importFile } from '../import/import-file.ts'
import { backUpKeys, listKeys, makeKeys, ROLES, readPrivate, readRing } from '../keys/keys.ts'
import { makeCountyKeys } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { refresh } from '../serve/server.ts'
import { listReleases, publishOffice, reconcile } from './publish-office.ts'
import { publishedRelease } from './published.ts'
import { localDay } from './today.ts'

const DAY_MS = 86_400_000
const NOW = new Date()
let folder = ''
let office: Office

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
})
afterEach(() => {
  office.close()
  rmSync(folder, { recursive: true })
})

const publish = (now = NOW) => publishOffice(office, now, localDay(now), '李示例')

async function pay(payee: string, amount: number): Promise<void> {
  const file = join(folder, `${payee}.csv`)
  writeFileSync(file, `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,${payee},${amount},2026-04-01\n`)
  await importFile(office, { table: 'payments', file, map: new Map(), set: new Map(), refused: null, by: '', now: NOW })
}

describe('publishing the office', () => {
  it('numbers releases, remembers each, and marks what it held', async () => {
    const { record } = await publish()
    expect(record).toMatchObject({ number: 1, sample: false, reviewed: false, dataUntil: '2026-03-14' })
    await pay('龙新人', 5)
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE published IS NULL')).toBe(1)
    expect((await publish()).record).toMatchObject({ number: 2, deltas: [{ number: 1 }] })
    expect((await listReleases(office)).map(({ number, by }) => [number, by])).toEqual([
      [1, '李示例'],
      [2, '李示例'],
    ])
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE published = 2')).toBe(1)
  })

  it('P5: appends people’s numbers and never moves one', async () => {
    await publish()
    const numbers = () =>
      rowsIn(
        office,
        'SELECT name, number FROM roster WHERE village = ? AND number IS NOT NULL ORDER BY number',
        VILLAGE,
      )
    const before = numbers()
    await pay('阿新人', 5)
    await publish()
    expect(numbers()).toEqual(
      [...before, { name: '阿新人', number: before.length + 1 }].map((row) => expect.objectContaining(row)),
    )
  })

  it('P5: a refused release leaves the old one published and no trace in the office', async () => {
    await publish()
    await pay('石新人', 5)
    changeIn(office, "UPDATE notices SET body = '431225197003041230'")
    await expect(publish()).rejects.toMatchObject({ code: 'E-DISCLOSURE' })
    expect(publishedRelease(office.dist)?.record.number).toBe(1)
    expect(countIn(office, "SELECT count(*) FROM roster WHERE name = '石新人' AND number IS NULL")).toBe(1)
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE published = 2')).toBe(0)
    changeIn(office, "UPDATE notices SET body = '好'")
    expect((await publish()).record.number).toBe(2)
  })

  it('puts its list right after a publication that was cut off on either side of the signature', async () => {
    await publish()
    // Cut off before: the office has marked what no signature holds.
    await pay('石新人', 5)
    changeIn(office, 'UPDATE imports SET published = 2 WHERE published IS NULL')
    await reconcile(office)
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE published IS NULL')).toBe(1)
    // Cut off after: the signature stands, the office has not noted it.
    await publish()
    changeIn(office, 'DELETE FROM releases WHERE number = 2')
    await reconcile(office)
    expect((await listReleases(office)).map(({ number }) => number)).toEqual([1, 2])
    expect((await publish()).record.number).toBe(3)
  })

  it('refuses a clock that stands before the last release (E-CLOCK)', async () => {
    await publish()
    await expect(publish(new Date(NOW.getTime() - DAY_MS))).rejects.toMatchObject({ code: 'E-CLOCK' })
  })

  it('signs the timestamp anew once a day, and not more often', async () => {
    await publish()
    const { dist } = office
    const key = (await import('../keys/root.ts')).signer(office, 'timestamp')
    const at = (days: number) =>
      refresh({
        dist,
        timestampKey: () => key,
        now: () => new Date(NOW.getTime() + days * DAY_MS),
        warn: () => undefined,
      })
    expect([at(0), at(0.5), at(1), at(1.5), at(2)]).toEqual([false, false, true, false, true])
    expect(Date.parse(publishedRelease(dist)?.timestampExpires ?? '')).toBeGreaterThan(NOW.getTime() + 46 * DAY_MS)
  })
})

describe('keys', () => {
  it('are seven, private to the account, marked as sample, and never made twice', () => {
    expect(listKeys(office.keys).map(({ role }) => role)).toEqual([...ROLES])
    for (const { file } of listKeys(office.keys)) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readRing(office.keys).sample).toBe(true)
    expect(() => makeKeys(office.keys, false, NOW)).toThrow(/found some/)
  })

  it('come back from their backup; a broken one is named', () => {
    const out = join(folder, 'stick')
    expect(backUpKeys(office.keys, out)).toHaveLength(ROLES.length + 1)
    expect(readFileSync(join(out, 'release.pem'))).toEqual(readFileSync(join(office.keys, 'release.pem')))
    writeFileSync(join(office.keys, 'release.pem'), 'nonsense')
    expect(() => readPrivate(office.keys, 'release')).toThrow(
      expect.objectContaining({ code: 'E-KEYS', message: expect.stringContaining('release.pem') }),
    )
  })

  it('are missing with a message that says how to make them', async () => {
    mkdirSync(join(folder, 'none'))
    expect(() => readRing(join(folder, 'none'))).toThrow(/keys make/)
    expect(existsSync(join(office.folder, 'root.json'))).toBe(true)
  })
})
