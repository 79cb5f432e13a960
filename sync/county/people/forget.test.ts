import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { changeIn, rowsIn } from '../../../test/county/books-file.ts'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { type Books, inTransaction } from '../database/books.ts'
import { select, unselect } from '../drafts/selection.ts'
import { importFile } from '../import/import-file.ts'
import { undoImport } from '../import/undo.ts'
import type { Office } from '../office.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
let folder = ''
let office: Office
let file = 0

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function pay(...rows: string[]): Promise<number> {
  const path = join(folder, `p${++file}.csv`)
  const head = 'fund,village,group,payee,household,relation,idNumber,amount,date'
  writeFileSync(path, `${[head, ...rows.map((row) => `F001,${VILLAGE},1组,${row},88,2026-04-01`)].join('\n')}\n`)
  const plain = {
    table: 'payments',
    file: path,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '',
    now: NOW,
  } as const
  const { import: id, refused } = await importFile(office, plain)
  expect(refused).toBe(0)
  return id
}
async function person(name: string, books?: Books) {
  const people = (books ?? (await office.books())).selectFrom('roster').where('village', '=', VILLAGE)
  return people
    .select(['id', 'number', 'kind', 'household', 'relation', 'idNumber'])
    .where('name', '=', name)
    .executeTakeFirst()
}
const roster = () => rowsIn(office, 'SELECT * FROM roster ORDER BY village, id')

it('drops people whom only that import named, but a number that was given stays taken without a name', async () => {
  const id = await pay('龙误发,,,', '龙又误,,,')
  const number = Number((await person('粟明一'))?.id)
  changeIn(office, "UPDATE roster SET number = 4321, publishedName = name WHERE name = '龙误发'")
  await undoImport(office, id, NOW)
  expect([await person('龙误发'), await person('龙又误')]).toEqual([undefined, undefined])
  const left = rowsIn(office, 'SELECT name, kind, "group", publishedName FROM roster WHERE number = 4321')[0]
  expect(left).toEqual({ name: '', kind: '', group: '', publishedName: null })
  expect(number).toBeGreaterThan(0)
})

it('keeps whom another import pays too, or names as a household’s head', async () => {
  const first = await pay('龙共有,,,', '龙户主,,,')
  await pay('龙共有,,,', '龙子女,龙户主,长子,')
  await undoImport(office, first, NOW)
  expect(await person('龙共有')).toBeDefined()
  expect(await person('龙户主')).toBeDefined()
  expect(await person('龙子女')).toMatchObject({ household: '龙户主', relation: '长子' })
})

it('makes what only it said of others unknown again', async () => {
  await pay('龙子女,,,')
  const wrong = await pay('龙子女,龙假户主,长子,430422199001011234')
  expect(await person('龙子女')).toMatchObject({ household: '龙假户主', idNumber: '430422199001011234' })
  await undoImport(office, wrong, NOW)
  expect(await person('龙子女')).toMatchObject({ household: '', relation: '', idNumber: '' })
  expect(await person('龙假户主')).toBeUndefined()
})

it('does the same for the time that a release is built, and puts everything back but the numbers given meanwhile', async () => {
  await pay('龙子女,,,')
  const wrong = await pay('龙子女,龙假户主,长子,430422199001011234', '龙误发,,,')
  changeIn(office, "UPDATE roster SET number = 4321, publishedName = name WHERE name = '龙误发'")
  const before = roster()
  await inTransaction(await office.books(), async (books) => {
    await select(books, { without: [wrong], todaysRules: false })
    expect([await person('龙误发', books), await person('龙假户主', books)]).toEqual([undefined, undefined])
    expect(await person('龙子女', books)).toMatchObject({ household: '', idNumber: '' })
    await books.updateTable('roster').set({ number: 4322 }).where('name', '=', '龙子女').execute()
    await unselect(books)
  })
  expect(roster()).toEqual(before.map((row) => (row.name === '龙子女' ? { ...row, number: 4322 } : row)))
})
