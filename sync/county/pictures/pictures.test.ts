// Pictures from a phone to a release: real JPEGs, PNGs and zips through the real decoder and SQLite.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changeIn, rowsIn } from '../../../test/county/books-file.ts'
import { MAX_MEDIA_BYTES } from '../../contract/limits.ts'
import { addAccount } from '../accounts/accounts.ts'
import type { Actor } from '../accounts/roles.ts'
import { importFile } from '../import/import-file.ts'
import { undoImport } from '../import/undo.ts'
import { type Office, openOffice } from '../office.ts'
import { OfficeSource } from '../release/source.ts'
import { addPictures } from './add.ts'
import { encodePicture } from './encode.ts'
import { listPictures, rehang } from './list.ts'
import { blackOut, lookAt } from './look.ts'

const NOW = new Date('2026-11-24T08:00:00Z')
const VILLAGE = '431225100201'
const OPERATOR: Actor = { login: 'wangqiang', name: '王强', roles: ['operator'], township: null }
const REVIEWER: Actor = { login: 'lifang', name: '李芳', roles: ['reviewer', 'operator'], township: null }
const WAITING = { state: 'waiting', offset: 0, limit: 50 } as const

let office: Office
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  office = openOffice(join(folder, 'office'), NOW)
  await importLedger()
})

async function importLedger(): Promise<void> {
  const path = join(folder, 'ledger.csv')
  const rows = ['记-001', '记-002'].map(
    (number) => `${VILLAGE},2026-08,${number},2026-08-12,付水渠维修,expense,5.00,100.00`,
  )
  writeFileSync(path, ['村代码,期间,凭证号,日期,摘要,方向,金额,期初余额', ...rows].join('\n'))
  await importFile(office, {
    table: 'ledger',
    file: path,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '',
    now: NOW,
  })
}
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A photo with a red half on the left of the sensor, as a phone held upright writes it: turned by its EXIF. */
function photo(width = 400, height = 300): Promise<Buffer> {
  const red = { create: { width: width / 2, height, channels: 3 as const, background: '#ff0000' } }
  return sharp({ create: { width, height, channels: 3, background: '#00ff00' } })
    .composite([{ input: red, left: 0, top: 0 }])
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitude: '26/1 52/1 0/1' } })
    .jpeg()
    .toBuffer()
}

async function add(names: Record<string, Buffer>, actor = OPERATOR, mapping: string | null = null) {
  const from = mkdtempSync(join(folder, 'from-'))
  for (const [name, bytes] of Object.entries(names)) {
    mkdirSync(join(from, name, '..'), { recursive: true })
    writeFileSync(join(from, name), bytes)
  }
  return addPictures(office, { paths: [from], mapping, actor, now: NOW })
}

const images = (): string[] =>
  rowsIn(office, 'SELECT images FROM ledger ORDER BY entry').flatMap((row): string[] => JSON.parse(String(row.images)))
const published = async (): Promise<string[]> => {
  const source = await OfficeSource.open(await office.books(), '2026-11-24')
  return (await source.villageRows(VILLAGE)).entries.flatMap((entry) => entry.images)
}
const waiting = async (actor = REVIEWER) => listPictures(await office.books(), WAITING, actor, true)

// The machine that checks may be busy.
describe('a picture that is taken in', { timeout: 60_000 }, () => {
  it('is an upright WebP without EXIF, within the limit, hung on its voucher; its original stays in the office', async () => {
    const bytes = await photo()
    const report = await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: bytes })
    expect(report).toMatchObject({ added: 1, known: 0, refused: [] })
    const [one] = (await waiting()).pictures
    expect(one).toMatchObject({ width: 300, height: 400, caption: '付水渠维修票据', lookedBy: '', mayLook: true })
    expect(one?.shownBy).toEqual(['林城镇 小寨村 2026-08 记-001'])
    expect(images()).toEqual([one?.hash])
    const stored = rowsIn(office, 'SELECT bytes FROM pictures')[0]?.bytes as Uint8Array
    const { format, exif, orientation, width } = await sharp(stored).metadata()
    expect([format, exif, orientation, width]).toEqual(['webp', undefined, undefined, 300])
    expect(readdirSync(join(office.folder, 'pictures'))).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.jpg$/)])
  })

  it('fits into 200 kB, however large and noisy it came', async () => {
    const noise = await sharp({
      create: {
        width: 3000,
        height: 2000,
        channels: 3,
        background: '#888888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer()
    const { bytes, width } = await encodePicture(noise)
    expect(bytes.length).toBeLessThanOrEqual(MAX_MEDIA_BYTES)
    expect(width).toBeLessThanOrEqual(1600)
  })

  it('is found by a folder of village and month, by a mapping file, and by a name in a zip', async () => {
    const [first, second, third] = [await photo(100), await photo(120), await photo(140)]
    const mapping = '文件,村,月份,凭证号,说明\nIMG_1.jpg,小寨村,2026年8月,记-002,水渠修好后\n'
    expect(await add({ '小寨村/2026-08/记-001.jpg': first, 'x/IMG_1.jpg': second }, OPERATOR, mapping)).toMatchObject({
      added: 2,
    })
    writeFileSync(join(folder, `${VILLAGE}_2026-08_记-002_2.jpg`), third)
    execFileSync('python3', [
      '-c',
      'import sys,zipfile; zipfile.ZipFile(sys.argv[1],"w").write(sys.argv[2],sys.argv[3])',
      join(folder, 'a.zip'),
      join(folder, `${VILLAGE}_2026-08_记-002_2.jpg`),
      `../../${VILLAGE}_2026-08_记-002.jpg`,
    ])
    const zip = { paths: [join(folder, 'a.zip')], mapping: null, actor: OPERATOR, now: NOW }
    await expect(addPictures(office, zip)).resolves.toMatchObject({ added: 1, refused: [] })
    expect((await waiting()).pictures.map(({ caption }) => caption)).toContain('水渠修好后')
    expect(images()).toHaveLength(3)
  })

  it('is refused with its reason when it belongs nowhere, is no picture, or is a bomb; the others are taken', async () => {
    const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: '#ffffff' } })
      .png({ compressionLevel: 1 })
      .toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')
    const name = (number: string): string => `${VILLAGE}_2026-08_${number}`
    const report = await add({
      'IMG_0001.jpg': await photo(100),
      [`${name('记-001')}_svg.jpg`]: svg,
      [`${name('记-001')}_bomb.png`]: bomb,
      [`${name('记-001')}_cut.jpg`]: (await photo(400, 302)).subarray(0, 900),
      [`${name('记-099')}.jpg`]: await photo(110),
      [`${name('记-002')}.jpg`]: await photo(130),
    })
    expect(report.added).toBe(1)
    expect(report.refused.map(({ file }) => file).sort()).toEqual(
      [
        'IMG_0001.jpg',
        `${name('记-001')}_bomb.png`,
        `${name('记-001')}_cut.jpg`,
        `${name('记-001')}_svg.jpg`,
        `${name('记-099')}.jpg`,
      ].sort(),
    )
  })

  it('hangs on its row again after the ledger was changed under it', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const before = images()
    changeIn(office, `UPDATE ledger SET images = '[]'`)
    expect(await rehang(await office.books())).toBe(1)
    expect(images()).toEqual(before)
  })

  it('hangs by itself on a ledger that was taken back and is imported again', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const before = images()
    await undoImport(office, 1, NOW)
    expect(images()).toEqual([])
    await importLedger()
    expect(images()).toEqual(before)
  })
})

describe('a look', { timeout: 60_000 }, () => {
  it('is needed before a release shows the picture, and is noted with who and when', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const [hash = ''] = images()
    expect(await published()).toEqual([])
    await lookAt(office, hash, REVIEWER, NOW)
    expect(await published()).toEqual([hash])
    const looked = await listPictures(await office.books(), { ...WAITING, state: 'looked' }, REVIEWER, true)
    expect(looked.pictures[0]).toMatchObject({ lookedBy: '李芳', lookedOn: '2026-11-24' })
  })

  it('is nobody’s who imported the picture, in an office with accounts; and only a reviewer’s', async () => {
    const service = await office.service()
    for (const { login, name, roles } of [OPERATOR, REVIEWER])
      await addAccount(
        service,
        { login, name, roles, township: null, password: 'a long pass phrase 1', mustChange: false },
        'setup',
        NOW,
      )
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() }, REVIEWER)
    const [hash = ''] = images()
    expect((await waiting(REVIEWER)).pictures[0]?.mayLook).toBe(false)
    await expect(lookAt(office, hash, REVIEWER, NOW)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(lookAt(office, hash, OPERATOR, NOW)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    expect(await published()).toEqual([])
    await lookAt(office, hash, { ...REVIEWER, login: 'zhaomin', name: '赵敏' }, NOW)
    expect(await published()).toEqual([hash])
  })

  it('is not a township’s for another township’s picture', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const [hash = ''] = images()
    const other = { ...REVIEWER, township: '431225101' }
    expect((await waiting(other)).pictures).toEqual([])
    await expect(lookAt(office, hash, other, NOW)).rejects.toMatchObject({ code: 'E-MISSING' })
    expect((await waiting({ ...REVIEWER, township: '431225100' })).pictures).toHaveLength(1)
  })
})

describe('blacking out', { timeout: 60_000 }, () => {
  const part = { left: 10, top: 20, width: 100, height: 50 }

  it('burns the part into the pixels, gives the picture a new name on its row, and asks for a new look', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const [before = ''] = images()
    await lookAt(office, before, REVIEWER, NOW)
    const after = await blackOut(office, before, [part], REVIEWER, NOW)
    expect(after).not.toBe(before)
    expect(images()).toEqual([after])
    expect(await published()).toEqual([])
    expect(rowsIn(office, 'SELECT hash FROM pictures').map((row) => row.hash)).toEqual([after])
    const bytes = rowsIn(office, 'SELECT bytes FROM pictures')[0]?.bytes as Uint8Array
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number): number[] => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ]
    for (const value of at(60, 45)) expect(value).toBeLessThan(12)
    expect(Math.max(...at(200, 200))).toBeGreaterThan(200)
    expect(readdirSync(join(office.folder, 'pictures'))).toHaveLength(1)
    await lookAt(office, after, REVIEWER, NOW)
    expect(await published()).toEqual([after])
  })

  it('is taken back by an empty list, since the original stayed', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const [before = ''] = images()
    const black = await blackOut(office, before, [part], REVIEWER, NOW)
    expect(await blackOut(office, black, [], REVIEWER, NOW)).toBe(before)
    expect((await waiting()).pictures[0]).toMatchObject({ hash: before, rectangles: [], lookedBy: '' })
  })

  it('stays when the same photo is handed over again for another voucher', async () => {
    const bytes = await photo()
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: bytes })
    const black = await blackOut(office, images()[0] ?? '', [part], REVIEWER, NOW)
    expect(await add({ [`${VILLAGE}_2026-08_记-002.jpg`]: bytes })).toMatchObject({ added: 0, known: 1 })
    expect(images()).toEqual([black, black])
  })

  it('refuses a part outside the picture and an unknown picture', async () => {
    await add({ [`${VILLAGE}_2026-08_记-001.jpg`]: await photo() })
    const [hash = ''] = images()
    const outside = { ...part, left: 300 }
    await expect(blackOut(office, hash, [outside], REVIEWER, NOW)).rejects.toMatchObject({ code: 'E-INPUT' })
    await expect(blackOut(office, '0'.repeat(64), [part], REVIEWER, NOW)).rejects.toMatchObject({ code: 'E-MISSING' })
  })
})
