// The whole of it, as people do it: a dirty workbook becomes a corrected figure on a terminal, through three people at the
// console; and a report pressed at that terminal becomes an answer read there, through a power cut. Real office process,
// real host process, real Chromium on both sides; the passphrases are typed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utils, write } from '@e965/xlsx'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ended, runJson, runUntil, type Started, stop } from '../../.ci/processes.ts'
import list from '../../assets/words.json'
import { initialsOf } from '../../sync/core/report-code.ts'
import { makeRealKeys } from '../../sync/county/keys/ceremony.ts'
import { openOffice } from '../../sync/county/office.ts'
import { addPeople, expectAccessible, openBrowser, PASSWORD, picture, signIn } from './console-desk.ts'

const PASSPHRASE = '雪峰山下渠水河边一百二十四户'
const PEOPLE = [
  ['zhang', '张经办', 'operator'],
  ['li', '李审核', 'reviewer'],
  ['zhao', '赵发布', 'publisher'],
  ['ji', '纪检员', 'inspector'],
  ['wei', '维技员', 'technician'],
] as const
type Login = (typeof PEOPLE)[number][0]
const PIN = '271828'
const JOB_MS = 180_000
const BROWSER = {
  executablePath: process.env.SUNHALL_CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
}

const folder = mkdtempSync(join(tmpdir(), 'story-'))
const county = join(folder, 'county')
const COUNTY = ['sync/county/cli.ts', '--data', county, '--json'] as const
let office: Started
let host: Started
let port = '0'
let browser: Browser
let glass: BrowserContext
let terminal: Page
const desks = new Map<Login, Page>()

/** A verb of the command line, as LOGIN where somebody has to stand for it. */
function verb(name: string, ...rest: readonly string[]): Promise<Record<string, unknown>> {
  const [cli, ...common] = COUNTY
  return runJson([cli, name, ...rest, ...common])
}

type Line = (string | number)[]
const FIRST: readonly Line[] = [
  ['翁高村', '粟示例', '3组', '４.２', 105, '441.00', '2026.8.24'],
  ['翁高村', '杨示例', '1组', 2, 105, '２１０.00', 20260824],
  ['翁高村', '李示例', '1组', '三亩', 105, '315.00', 20260824],
]
/** The row that couldn't be read, mended. */
const MENDED: readonly Line[] = [['翁高村', '李示例', '1组', '3', 105, '315.00', 20260824]]

/** What offices send: a title, a unit, two levels of headings, full-width digits, an unreadable row, a total, a signature. */
function workbook(lines: readonly Line[], total: number): Buffer {
  const sheet = utils.aoa_to_sheet([
    ['会同县耕地地力保护补贴发放花名册'],
    ['单位：元'],
    ['村', '姓名', '组', '补贴', null, null, '发放日期'],
    [null, null, null, '补贴面积(亩)', '补贴标准', '补贴金额', null],
    ...lines,
    ['合计', null, null, null, null, total, null],
    ['制表人：某某'],
  ])
  sheet['!merges'] = ['A1:G1', 'D3:F3', 'A3:A4', 'B3:B4', 'C3:C4', 'G3:G4'].map((range) => utils.decode_range(range))
  return write({ SheetNames: ['发放'], Sheets: { 发放: sheet } }, { type: 'buffer', bookType: 'xlsx' })
}

async function found(): Promise<void> {
  const made = openOffice(county, new Date())
  const rootOut = ['a', 'b', 'c'].map((name) => join(folder, name))
  for (const stick of rootOut) mkdirSync(stick)
  await makeRealKeys(made, { rootOut, passphrase: PASSPHRASE }, new Date())
  const inspectors = join(folder, 'inspectors')
  const { public: key } = await verb('keys', 'inspectors', 'make', '--out', inspectors)
  const roots = ['--root', join(folder, 'a'), '--root', join(folder, 'b')]
  await verb('keys', 'add', 'inspectors', '--public', String(key), ...roots)
  await verb('keys', 'inspectors', 'publish', '--from', join(inspectors, 'public'))
  await addPeople(made, PEOPLE, new Date())
  await made.close()
}

async function sitDown(login: Login): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.goto(`${office.match[1]}console/`)
  await signIn(page, login)
  desks.set(login, page)
}

async function desk(login: Login, link: string): Promise<Page> {
  if (!desks.has(login)) await sitDown(login)
  const page = desks.get(login)
  if (page === undefined) throw new Error(`Expected a page of ${login}, found none`)
  await page.getByRole('navigation').getByRole('link', { name: link }).click()
  await page.reload()
  return page
}

async function importWorkbook(name: string, bytes: Buffer, refused: boolean): Promise<void> {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const page = await desk('zhang', '导入')
  await page.getByRole('button', { name: '导入文件' }).click()
  await page.getByLabel('放进哪张表').selectOption('payments')
  await page.getByLabel('谁报来的').fill('高椅乡')
  await page.getByLabel('文件', { exact: true }).setInputFiles(file)
  await page.getByRole('button', { name: '上传并看表头' }).click()
  await page.getByLabel(/^资金编号/).fill('F001', { timeout: JOB_MS })
  await page.getByRole('button', { name: '核对全部行（先不入库）' }).click()
  if (refused) await page.getByText('三亩').first().waitFor({ timeout: JOB_MS })
  const take = refused ? '只入库 2 行好的，1 行留下' : '整个文件入库'
  await page.getByRole('button', { name: take }).click({ timeout: JOB_MS })
  await page.getByRole('button', { name: '回到列表' }).click({ timeout: JOB_MS })
}

/** Checks look the import over; a reviewer says why the warnings may stand. */
async function settle(): Promise<void> {
  const as = ['--as', 'li', '--password-file', join(folder, 'password')]
  const { findings, errors } = await verb('check', ...as)
  expect(errors).toBe(0)
  const rules = new Set((findings as { rule: string }[]).map(({ rule }) => rule))
  for (const rule of rules) await verb('check', '--justify', rule, '--words', '已核对原始名册', ...as)
}

/** Proposed by one, approved by a second, published by a third. */
async function release(draft: number): Promise<void> {
  const operator = await desk('zhang', '审核发布')
  await operator.getByRole('button', { name: '生成送审稿' }).click()
  await operator.getByText('生成送审稿：做完了').waitFor({ timeout: JOB_MS })
  const reviewer = await desk('li', '审核发布')
  await reviewer
    .getByRole('cell', { name: `第 ${draft} 稿` })
    .getByRole('link')
    .click()
  await reviewer.getByRole('button', { name: '批准…' }).click()
  await reviewer.getByLabel('发布密钥的口令').fill(PASSPHRASE)
  await reviewer.getByRole('button', { name: '批准并签名' }).click()
  await reviewer.getByText(`批准第 ${draft} 稿并签名：做完了`).waitFor({ timeout: JOB_MS })
  const publisher = await desk('zhao', '审核发布')
  await publisher
    .getByRole('cell', { name: `第 ${draft} 稿` })
    .getByRole('link')
    .click()
  await publisher.getByRole('button', { name: '发布…' }).click()
  await publisher.getByRole('button', { name: '现在发布' }).click()
  await publisher.getByText(`发布第 ${draft} 稿：做完了`).waitFor({ timeout: JOB_MS })
}

const key = (label: RegExp): Locator => terminal.locator('button').filter({ hasText: label }).first()
const at = (screen: string): Promise<void> => terminal.locator(`[data-screen="${screen}"]`).waitFor({ timeout: 60_000 })

async function serve(): Promise<void> {
  const at = ['--data', county, '--port', port]
  office = await runUntil(['sync/county/cli.ts', 'serve', ...at], /Serving .* at (\S+)/)
  port = new URL(office.match[1] ?? '').port
}

/** The stick that a technician carries to HT-17. */
async function provision(): Promise<string> {
  const token = await verb('terminals', 'token', 'HT-17', '--as', 'wei', '--password-file', join(folder, 'password'))
  const keyOf = ['--root', join(county, 'root.json'), '--key', join(county, 'keys', 'config.pem')]
  const out = join(folder, 'provisioning')
  const more = ['--out', out, '--pin', PIN, '--developer', '--token', String(token.token), '--json']
  await runJson(['kiosk-config/cli.ts', 'write', 'HT-17', ...keyOf, '--url', office.match[1] ?? '', ...more])
  return join(out, 'config.jws')
}

/** The terminal's host anew over the same folder, and its page on it; `again` after the power came back. */
async function switchOn(config: string | null): Promise<void> {
  const given = config === null ? [] : ['--config', config]
  const args = ['--data', join(folder, 'terminal'), '--developer', '--no-browser', '--port', '0', ...given]
  host = await runUntil(['electron/browser/cli.ts', ...args], /Open (http:\S+)/)
  await terminal.goto(host.match[1] ?? '')
}

/** A technician at the terminal: five taps on the wordmark, the PIN, the key that asks the office now, and out again. */
async function synchronise(number: number): Promise<void> {
  await key(/开始查/).waitFor({ timeout: 60_000 })
  await tapFiveTimes(terminal.locator('.wordmark').first())
  for (const digit of PIN) await key(new RegExp(`^${digit}$`)).tap()
  await key(/^确定$/).tap()
  await at('technician')
  await key(/现在同步/).tap()
  await key(/退出维护/).tap()
  await expect.poll(() => terminal.evaluate(shownNumber), { timeout: 60_000, interval: 500 }).toBe(number)
}

/** All within three seconds, on a slow machine too: waited for once, and not before each tap. */
async function tapFiveTimes(mark: Locator): Promise<void> {
  await mark.tap({ trial: true, timeout: 60_000 })
  const box = await mark.boundingBox()
  if (box === null) throw new Error('Expected the wordmark on the glass, found none')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  for (let tap = 0; tap < 5; tap += 1) await terminal.touchscreen.tap(x, y)
}

/** Runs in the page: number of the release that the store's pointer names; releases are switched on the attract screen. */
function shownNumber(): Promise<number | null> {
  return new Promise((done) => {
    const opening = indexedDB.open('sunhall')
    opening.onsuccess = () => {
      const get = opening.result.transaction('meta').objectStore('meta').get('pointer')
      get.onsuccess = () => {
        opening.result.close()
        done(get.result?.shown.number ?? null)
      }
    }
  })
}

beforeAll(async () => {
  process.env.SUNHALL_PASSPHRASE = PASSPHRASE
  writeFileSync(join(folder, 'password'), PASSWORD)
  await found()
  await serve()
  browser = await openBrowser()
  const screen = { viewport: { width: 1080, height: 1920 }, hasTouch: true }
  glass = await chromium.launchPersistentContext(join(folder, 'profile'), { ...BROWSER, headless: true, ...screen })
  terminal = glass.pages()[0] ?? (await glass.newPage())
  terminal.setDefaultTimeout(60_000)
}, 240_000)

afterAll(async () => {
  delete process.env.SUNHALL_PASSPHRASE
  await glass?.close()
  await browser?.close()
  for (const started of [host, office]) if (started !== undefined) await stop(started.child)
  rmSync(folder, { recursive: true, force: true })
})

/** Group, then name: a tile of the wall before is never tapped twice, since only one of them says the word. */
async function household(...words: readonly [group: string, name: string]): Promise<void> {
  await key(/民生资金/).tap()
  await at('funds')
  await key(/按户查/).tap()
  await at('households')
  for (const hasText of words) await terminal.locator('[data-screen="households"] .content .tile', { hasText }).tap()
  await at('household')
}

const begin = async (): Promise<void> => {
  await key(/开始查/).tap({ timeout: 60_000 })
  await at('home')
}

/** What somebody leaves open goes back to the attract screen by itself; here the page starts anew. */
const atRest = async (): Promise<void> => {
  await terminal.reload()
  await key(/开始查/).waitFor({ timeout: 60_000 })
}

const shownSum = (): Promise<string | null> => terminal.locator('.household-sum').textContent()

it('a dirty workbook reaches a terminal through three people, and so does the row that had to be mended', async () => {
  await importWorkbook('发放.xlsx', workbook(FIRST, 966), true)
  await settle()
  await release(1)
  await switchOn(await provision())
  await begin()
  await household('3组', '粟示例')
  await expect.poll(shownSum, { timeout: 60_000 }).toContain('441.00')
  await importWorkbook('补报.xlsx', workbook(MENDED, 315), false)
  await settle()
  await release(2)
  await atRest()
  await synchronise(2)
  await begin()
  await household('1组', '李示例')
  await expect.poll(shownSum, { timeout: 60_000 }).toContain('315.00')
}, 900_000)

it('a report pressed without a line outlives a power cut, reaches the inspector alone, and is answered at the terminal', async () => {
  await stop(office.child)
  const words = await report()
  // The power goes as soon as the receipt is on screen.
  host.child.kill('SIGKILL')
  await ended(host.child)
  await serve()
  await switchOn(null)
  await synchronise(2)
  const as = ['--as', 'ji', '--password-file', join(folder, 'password')]
  const waiting = async (): Promise<unknown> => (await verb('inbox', 'list', ...as)).envelopes
  await expect.poll(waiting, { timeout: 60_000, interval: 2_000 }).toHaveLength(1)
  await answer('已经查过，少发的面积下个月补发。')
  await release(3)
  await atRest()
  await synchronise(3)
  await begin()
  await key(/看答复/).tap()
  await at('answers')
  for (const word of words) {
    for (const letter of lettersOf(word)) await key(new RegExp(`^${letter.toUpperCase()}$`)).tap()
    await key(new RegExp(`^${word}$`)).tap()
  }
  await terminal.getByText('少发的面积下个月补发').waitFor({ timeout: 60_000 })
}, 900_000)

/** Presses the report key on a payment; the five words of the receipt. */
async function report(): Promise<string[]> {
  await key(/首页/).tap()
  await at('home')
  await terminal.locator('.home-report').tap()
  await at('report')
  await key(/有人要好处/).tap()
  await key(/^村里$/).tap()
  await key(/下一步/).tap()
  await key(/封好，交上去/).tap()
  await at('receipt')
  const words = (): Promise<string[]> => terminal.locator('.receipt-words .receipt-code > *').allInnerTexts()
  await expect.poll(words).toHaveLength(5)
  return words()
}

/** Letters of a word's two characters, as the villager taps them. */
function lettersOf(word: string): string[] {
  const found = list.find(([one]) => one === word)
  if (found === undefined) throw new Error(`Expected a word of the list, got ${word}`)
  return [...initialsOf([found[0] ?? '', found[1] ?? ''])]
}

/** The inspector opens the message in the browser, with the key file and its passphrase, and seals an answer. */
async function answer(text: string): Promise<void> {
  const page = await desk('ji', '群众来信')
  await page.getByLabel('钥匙文件').setInputFiles(join(folder, 'inspectors', 'opening-key.jwe'))
  await page.getByLabel('钥匙口令').fill(PASSPHRASE)
  await page.getByRole('button', { name: '开锁' }).click()
  await page.getByRole('button', { name: /^打开 / }).waitFor()
  await expectAccessible(page)
  await picture(page, 'inbox-list')
  await page.getByRole('button', { name: /^打开 / }).click()
  await page.getByText('有人要好处').waitFor()
  await expectAccessible(page)
  await picture(page, 'inbox-message')
  await page.getByLabel('答复内容').fill(text)
  await page.getByRole('button', { name: '封好并交出' }).click()
  await page.getByText('答复已封好').waitFor({ timeout: JOB_MS })
}
