import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rowsIn } from '../../../test/county/books-file.ts'
import { addAccount } from '../accounts/accounts.ts'
import { type Office, openOffice } from '../office.ts'
import { importVerb } from '../verbs/import.ts'
import type { OptionValues } from '../verbs/verb.ts'
import { ANSWER_ARGUMENTS, writeAnswerFile } from './public-answer.ts'

// scrypt is slow on purpose.
vi.setConfig({ testTimeout: 60_000 })

const NOW = new Date('2026-11-24T02:00:00Z')
const PASSWORD = '井水清甜四季长流不断'
const ANSWER = { title: '低保怎么申请', body: '到村里领表，"五个工作日"内答复。', place: '431225' }
const [, kind = '', , take = ''] = ANSWER_ARGUMENTS
let folder: string
let office: Office

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'public-answer-'))
  office = openOffice(join(folder, 'office'), NOW)
  const account = { login: 'ji', name: '纪检员', password: PASSWORD, roles: ['inspector'], township: null }
  await addAccount(await office.service(), { ...account, mustChange: false }, 'test', NOW)
  writeFileSync(join(folder, 'password'), PASSWORD)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const bring = (table: string, file: string, values: OptionValues) =>
  importVerb.run({
    office,
    positionals: [table, file],
    values: { as: 'ji', 'password-file': join(folder, 'password'), ...values },
    now: NOW,
    json: false,
    say: () => undefined,
    warn: () => undefined,
  })

describe('an inspector', () => {
  it('brings a public answer into the next draft, under their own name', async () => {
    const file = writeAnswerFile(folder, ANSWER, NOW)
    expect(await bring('notices', file, { set: [kind], take })).toMatchObject({ ok: true, accepted: 1, refused: 0 })
    const row = rowsIn(office, 'SELECT kind, title, body, place, import FROM notices')[0]
    expect(row).toMatchObject({ kind: 'answer', ...ANSWER })
    expect(rowsIn(office, 'SELECT by FROM imports WHERE id = ?', Number(row?.import))[0]).toEqual({
      by: '纪检员',
    })
  })

  it('imports nothing else, not even other notices (E-FORBIDDEN)', async () => {
    const file = writeAnswerFile(folder, ANSWER, NOW)
    await expect(bring('notices', file, {})).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(bring('notices', file, { set: ['kind=news'] })).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(bring('payments', file, { set: [kind] })).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
  })

  it('can’t hide another kind in a file that is said to hold answers', async () => {
    const file = join(folder, 'news.csv')
    writeFileSync(file, 'id,kind,title,body,date,place\nA1,news,x,y,2026-11-24,431225\n')
    await expect(bring('notices', file, { set: [kind], take })).rejects.toMatchObject({ code: 'E-INPUT' })
  })
})
