// Checks and pictures over HTTP, by role: real accounts, sessions and child processes for the long work.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AskingPerson, type Asks, openAsks } from '../../../test/county/console-asks.ts'
import { checkOverview, findingPage } from '../../contract/console/checks.ts'
import { jobSchema } from '../../contract/console/jobs.ts'
import { pictureList } from '../../contract/console/pictures.ts'
import { importFile } from '../import/import-file.ts'
import { type Office, openOffice } from '../office.ts'

const VILLAGE = '431225100201'
let folder = ''
let office: Office
let asks: Asks

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-http-'))
  office = openOffice(join(folder, 'office'), new Date())
  const people: AskingPerson[] = [
    ['shen', 'reviewer', null],
    ['jingban', 'operator', null],
    ['xiang', 'reviewer', '431225101'],
    ['jishu', 'technician', null],
  ]
  asks = await openAsks(office, people)
  const file = join(folder, '村级账.csv')
  const rows = ['记-001', '记-003'].map(
    (number) => `${VILLAGE},2026-08,${number},2026-08-12,付电费,expense,5.00,理财组`,
  )
  writeFileSync(file, ['村代码,期间,凭证号,日期,摘要,方向,金额,审核人', ...rows].join('\n'))
  await importFile(office, {
    table: 'ledger',
    file,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '',
    now: new Date(),
  })
}, 60_000)
afterAll(async () => {
  await asks.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask: Asks['ask'] = (...args) => asks.ask(...args)

async function ended(response: Response): Promise<object> {
  return await asks.jobs.whenEnded(jobSchema.parse(await response.json()).id)
}

describe('checks in the console', { timeout: 60_000 }, () => {
  it('run as a job, are counted by rule, and end with a word', async () => {
    expect(checkOverview.parse(await (await ask('shen', '/checks')).json()).ranAt).toBe('')
    expect(await ended(await ask('shen', '/checks/run', 'POST'))).toMatchObject({
      state: 'done',
      result: { warnings: 1 },
    })
    const overview = checkOverview.parse(await (await ask('shen', '/checks')).json())
    expect(overview).toMatchObject({ errors: 0, warnings: 1, stale: false })
    const page = findingPage.parse(await (await ask('jingban', '/checks/findings?rule=vouchers')).json())
    expect(page.findings.map(({ file, row }) => [file, row])).toEqual([['村级账.csv', 2]])
    const id = page.findings[0]?.id
    expect((await ask('jingban', '/checks/justify', 'POST', { id, words: '短' })).status).toBe(422)
    expect((await ask('jingban', '/checks/justify', 'POST', { id, words: '记-002已作废' })).status).toBe(200)
    expect(checkOverview.parse(await (await ask('shen', '/checks')).json())).toMatchObject({ warnings: 0 })
    expect(await (await ask('shen', '/checks/findings.csv?justified=1')).text()).toContain(',记-002已作废,')
  })

  it('are closed to technicians; a township sees none of another’s and changes no settings', async () => {
    for (const path of ['/checks', '/checks/findings', '/checks/findings.csv', '/pictures'])
      expect((await ask('jishu', path)).status, path).toBe(403)
    const page = findingPage.parse(await (await ask('xiang', '/checks/findings?justified=1')).json())
    expect(page.total).toBe(0)
    const { settings } = checkOverview.parse(await (await ask('shen', '/checks')).json())
    expect((await ask('xiang', '/checks/settings', 'POST', settings)).status).toBe(403)
    expect((await ask('jingban', '/checks/settings', 'POST', settings)).status).toBe(403)
    expect((await ask('shen', '/checks/settings', 'POST', { ...settings, forbidden: ['电费'] })).status).toBe(200)
    expect(checkOverview.parse(await (await ask('shen', '/checks')).json()).stale).toBe(true)
  })
})

describe('pictures in the console', { timeout: 60_000 }, () => {
  it('go from an upload through blackout and look, and leave no uploaded file behind', async () => {
    const bytes = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#aabbcc' } })
      .withExifMerge({ IFD0: { Make: 'Phone' } })
      .jpeg()
      .toBuffer()
    const name = encodeURIComponent(`../../${VILLAGE}_2026-08_记-001.jpg`)
    const sent = await (await ask('jingban', `/pictures/files?name=${name}`, 'POST', bytes)).json()
    expect((await ask('shen', '/pictures/add', 'POST', { files: [sent] })).status).toBe(403)
    const wrong = { files: [{ upload: '../office.sqlite', name: 'x.jpg' }] }
    expect((await ask('jingban', '/pictures/add', 'POST', wrong)).status).toBe(404)
    expect(await ended(await ask('jingban', '/pictures/add', 'POST', { files: [sent] }))).toMatchObject({
      state: 'done',
      result: { added: 1, refused: [] },
    })
    const incoming = join(office.folder, 'incoming')
    expect(existsSync(incoming) ? readdirSync(incoming) : []).toEqual([])
    const [one] = pictureList.parse(await (await ask('shen', '/pictures')).json()).pictures
    expect(one).toMatchObject({ file: `${VILLAGE}_2026-08_记-001.jpg`, mayLook: true })
    expect(pictureList.parse(await (await ask('xiang', '/pictures')).json()).pictures).toEqual([])
    expect((await ask('xiang', `/pictures/${one?.hash}/bytes`)).status).toBe(404)
    const parts = { rectangles: [{ left: 10, top: 10, width: 50, height: 20 }] }
    const { hash } = (await (await ask('shen', `/pictures/${one?.hash}/blackout`, 'POST', parts)).json()) as {
      hash: string
    }
    const shown = Buffer.from(await (await ask('shen', `/pictures/${hash}/bytes`)).arrayBuffer())
    expect((await sharp(shown).metadata()).format).toBe('webp')
    const sure = { noNumberAndNoFace: true }
    expect((await ask('shen', `/pictures/${hash}/look`, 'POST', { noNumberAndNoFace: false })).status).toBe(422)
    expect((await ask('jingban', `/pictures/${hash}/look`, 'POST', sure)).status).toBe(403)
    expect((await ask('shen', `/pictures/${hash}/look`, 'POST', sure)).status).toBe(200)
    expect(pictureList.parse(await (await ask('shen', '/pictures?state=looked')).json()).looked).toBe(1)
  })
})
