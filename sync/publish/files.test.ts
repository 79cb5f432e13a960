import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type NewFile, writeMany } from './files.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function filesIn(root: string): string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
  return all.filter((path) => statSync(join(root, path)).isFile()).sort()
}

function file(number: number): NewFile {
  const path = `${String(number % 10)}/${String(number).padStart(3, '0')}.gz`
  return { path, bytes: new TextEncoder().encode(`file ${number}`) }
}

// Few wait for the disk one by one, many together: both are written the same.
test.each([0, 1, 63, 64, 200])('%i new files lie under their names, whole, with nothing beside them', async (count) => {
  const files = Array.from({ length: count }, (_, number) => file(number))
  expect(await writeMany(folder, files)).toBe(count)
  expect(filesIn(folder)).toEqual(files.map(({ path }) => path).sort())
  for (const { path, bytes } of files) expect(new Uint8Array(readFileSync(join(folder, path)))).toEqual(bytes)
})

test('files are made one after the other, and no name is there before all of them are', async () => {
  const seen: string[][] = []
  function* files(): Generator<NewFile> {
    for (let number = 0; number < 100; number++) {
      if (number > 0) seen.push(filesIn(folder).filter((path) => !path.endsWith('.aside')))
      yield file(number)
    }
  }
  await writeMany(folder, files())
  expect(seen.length).toBe(99)
  expect(seen.flat()).toEqual([])
})

test('where making a file fails, none has its name', async () => {
  function* files(): Generator<NewFile> {
    yield file(1)
    throw new Error('No more')
  }
  await expect(writeMany(folder, files())).rejects.toThrow('No more')
  expect(filesIn(folder)).toEqual(['1/001.gz.aside'])
})

test('what a broken-off writing has left aside is written over', async () => {
  const { path, bytes } = file(7)
  mkdirSync(join(folder, '7'))
  writeFileSync(join(folder, `${path}.aside`), 'half of something that was longer than the file itself')
  await writeMany(folder, [{ path, bytes }])
  expect(filesIn(folder)).toEqual([path])
  expect(new Uint8Array(readFileSync(join(folder, path)))).toEqual(bytes)
})
