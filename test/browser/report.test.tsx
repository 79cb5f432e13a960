// Reporting in the real page with the browser's own WebCrypto: from the door to the receipt, what is stored and when, and
// what stays (nothing).
import { exportJWK, generalDecrypt, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { SunhallError } from '../../sync/contract/errors.ts'
import { type Recipients, reportMessage, type SealedMessage } from '../../sync/contract/report.ts'
import { isReceiptNumber, spacedReceiptNumber } from '../../sync/core/report-number.ts'
import { unpaddedJson } from '../../sync/core/report-padding.ts'
import { home, onStage, type Stage, TAKING } from './hall-stage.tsx'

const ALG = 'ECDH-ES+A256KW'
const patience = { timeout: 20_000 }

async function keys(): Promise<{ recipients: Recipients; open: (message: SealedMessage) => Promise<unknown> }> {
  const [active, recovery] = await Promise.all(
    [1, 2].map(() => generateKeyPair(ALG, { crv: 'X25519', extractable: true })),
  )
  if (active === undefined || recovery === undefined) throw new Error('Expected two keys, got fewer')
  const jwk = async (key: CryptoKey) => {
    const { x } = await exportJWK(key)
    return { kty: 'OKP' as const, crv: 'X25519' as const, x: x ?? '' }
  }
  return {
    recipients: {
      version: 1,
      active: { kid: 'a', jwk: await jwk(active.publicKey) },
      recovery: { kid: 'r', jwk: await jwk(recovery.publicKey) },
    },
    open: async ({ sealed }) => unpaddedJson((await generalDecrypt(sealed, active.privateKey)).plaintext),
  }
}

/** Through the fourth door to the last look. */
async function toLook(stage: Stage, reason: string): Promise<void> {
  stage.tapElement('.home-report')
  await expect.poll(stage.text).toContain('第 1 步')
  stage.tap(reason)
  await expect.poll(stage.text).toContain('第 2 步')
  stage.tap('村里')
  stage.tap('下一步')
  await expect.poll(stage.text).toContain('第 3 步')
}

const shownCode = (stage: Stage): string[] =>
  [...stage.element('.receipt-words .receipt-code').children].map((word) => word.textContent ?? '')

test('A message is sealed in the page for the inspectors, stored, and only then has a receipt.', async () => {
  const { recipients, open } = await keys()
  // The host's disk: the message is there when the test says so.
  const gate: { open: (() => void) | null } = { open: null }
  const store = () =>
    new Promise<void>((resolve) => {
      gate.open = resolve
    })
  const stage = await home({ recipients, store })
  await toLook(stage, '有人要好处')
  stage.tap('封好，交上去')
  await expect.poll(stage.text).toContain('正在封')
  await expect.poll(() => gate.open, patience).not.toBeNull()
  expect(stage.screen()).toBe('report')
  expect(stage.text()).not.toContain('回执号')
  gate.open?.()
  await expect.poll(stage.screen, patience).toBe('receipt')
  const [stored] = stage.stored
  if (stored === undefined) throw new Error('Expected a stored message, got none')
  const message = reportMessage.parse(await open(stored))
  expect(message).toMatchObject({ kind: 'report', reason: 'favours', named: null, terminal: 'HT-17' })
  expect(message.object).toMatchObject({ kind: 'none', place: '431225204216', release: 47 })
  expect(message.words).toBe('经手的是：村里')
  expect(isReceiptNumber(message.id)).toBe(true)
  expect(stage.text()).toContain(spacedReceiptNumber(message.id))
  expect(shownCode(stage).join('-')).toBe(message.queryCode)
  expect(JSON.stringify(stored)).not.toContain('村里')
})

test('Without room nothing is taken: it says so, keeps what was tapped, and the next try sends the same bytes.', async () => {
  const { recipients } = await keys()
  const tried: string[] = []
  const store = async (message: SealedMessage) => {
    tried.push(JSON.stringify(message))
    if (tried.length === 1) throw new SunhallError('E-QUOTA', 'No room')
  }
  const stage = await home({ recipients, store })
  await toLook(stage, '有人要好处')
  stage.tap('封好，交上去')
  await expect.poll(stage.text, patience).toContain('机器里存不下了')
  expect(stage.text()).toContain('0745-0000001')
  expect(stage.text()).toContain('经手的是：村里')
  expect(stage.screen()).toBe('report')
  stage.tap('封好，交上去')
  await expect.poll(stage.screen, patience).toBe('receipt')
  expect(tried).toHaveLength(2)
  expect(tried[1]).toBe(tried[0])
})

/** The screen as it stands, without codes, seconds and the colours of a finger just lifted. */
function lookOf(stage: Stage): string {
  const copy = stage.element('.screen').cloneNode(true) as HTMLElement
  for (const changing of copy.querySelectorAll('.receipt-code, .receipt-qr, .receipt-seconds'))
    changing.replaceChildren()
  for (const pressed of copy.querySelectorAll('[data-pressed]')) pressed.removeAttribute('data-pressed')
  return copy.innerHTML + placesOf(stage)
}

/** Where each element stands and in which colours: what somebody sees from behind who can't read the words. */
function placesOf(stage: Stage): string {
  const elements = [...stage.element('.screen').querySelectorAll('*')]
  // The number's letters are as wide as they are drawn by chance.
  const still = elements.filter(
    (element) =>
      element.closest('.receipt-number > div, .receipt-code, .receipt-qr, .receipt-seconds, [data-pressed]') === null,
  )
  return still
    .map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const { color, backgroundColor, borderTopColor } = getComputedStyle(element)
      return [element.tagName, ...[x, y, width, height].map(Math.round), color, backgroundColor, borderTopColor].join()
    })
    .join('\n')
}

/** Nothing of it moves any more, and the faces that it is painted in are read: both change where things stand. */
async function still(stage: Stage): Promise<void> {
  await document.fonts.ready
  await Promise.all(
    stage
      .element('.screen')
      .getAnimations({ subtree: true })
      .map(({ finished }) => finished),
  )
}

test('From behind, a question looks like a report: the same steps, keys, colours and receipt.', async () => {
  const { recipients } = await keys()
  const looks: string[] = []
  for (const reason of ['有人要好处', '我想问一问', '我有个建议']) {
    const stage = await home({ recipients })
    await toLook(stage, reason)
    await expect.poll(stage.text).toContain('翁高村的事')
    await still(stage)
    const look = lookOf(stage).replaceAll(reason, '…')
    stage.tap('封好，交上去')
    await expect.poll(stage.screen, patience).toBe('receipt')
    await expect.poll(() => stage.element('.receipt-qr').tagName).toBe('svg')
    await still(stage)
    looks.push(look + lookOf(stage))
    stage.end()
  }
  expect(new Set(looks).size).toBe(1)
})

test('After the receipt is noted nothing of it is left on the page, and back leads nowhere near it.', async () => {
  const { recipients } = await keys()
  const stage = await home({ recipients })
  await toLook(stage, '有人要好处')
  stage.tap('封好，交上去')
  await expect.poll(stage.screen, patience).toBe('receipt')
  const [first = ''] = shownCode(stage)
  stage.tap('我记好了')
  await expect.poll(stage.screen).toBe('home')
  expect(document.documentElement.outerHTML).not.toContain(first)
  expect(stage.element('.low-bar .key:first-child').hasAttribute('disabled')).toBe(true)
  expect(sessionStorage.length).toBe(0)
})

test('The key of a household’s row carries what the row shows, and where it came from.', async () => {
  const { recipients, open } = await keys()
  const stage = onStage({ host: TAKING, recipients, link: '#/household?village=431225204216&head=1&year=2025' })
  await expect.poll(stage.screen).toBe('household')
  await expect.poll(() => stage.text().includes('耕地地力保护补贴')).toBe(true)
  stage.tapElement('.row-line > .key')
  await expect.poll(stage.text).toContain('您要反映的是')
  stage.tap('数目不对')
  await expect.poll(stage.text).toContain('第 2 步')
  stage.tap('留电话')
  await expect.poll(stage.text).toContain('还没有按')
  for (const digit of ['1', '3', '9']) stage.tap(digit)
  stage.tap('下一步')
  await expect.poll(stage.text).toContain('第 3 步')
  stage.tap('封好，交上去')
  await expect.poll(stage.screen, patience).toBe('receipt')
  const [stored] = stage.stored
  if (stored === undefined) throw new Error('Expected a stored message, got none')
  const message = reportMessage.parse(await open(stored))
  expect(message.object.kind).toBe('payment')
  expect(message.object.origin?.row).toBeGreaterThan(0)
  expect(message.object.snapshot.map(({ value }) => value).join()).toContain('粟昌荣')
  expect(message.named).toEqual({ name: '', contact: '139' })
})

test('Where messages can’t be taken there is no door and no key, and the office’s phone stands there.', async () => {
  const stage = await home({ host: { reporting: false } })
  expect(stage.text()).not.toContain('我要反映')
  expect(stage.text()).toContain('0745-0000001')
})

test('Own words are written by pinyin, go sealed with the message, and are gone with the visit.', async () => {
  const { recipients, open } = await keys()
  const stage = await home({ recipients })
  stage.tapElement('.home-report')
  await expect.poll(stage.text).toContain('第 1 步')
  stage.tap('有人要好处')
  await expect.poll(stage.text).toContain('第 2 步')
  stage.tap('用拼音写')
  await expect.poll(() => stage.element('.write-keys').textContent).toContain('A')
  // Two letters before the page is drawn anew are two letters.
  for (const letter of 'MSD') stage.tapKey(letter)
  await expect.poll(stage.text).toContain('没收到')
  stage.tapKey('没收到')
  await expect.poll(() => stage.element('.write-sheet').textContent).toContain('还能写 197 个字')
  for (const word of ['3', '0', '。']) stage.tapKey(word)
  stage.tap('退一个')
  await expect.poll(() => stage.element('.write-sheet').textContent).toContain('没收到30还能写')
  stage.tapKey('写好了')
  await expect.poll(stage.text).toContain('接着写')
  expect(stage.element('.report-written').textContent).toBe('没收到30')
  stage.tap('下一步')
  await expect.poll(stage.text).toContain('第 3 步')
  expect(stage.text()).toContain('没收到30')
  stage.tap('封好，交上去')
  await expect.poll(stage.screen, patience).toBe('receipt')
  const [stored] = stage.stored
  if (stored === undefined) throw new Error('Expected a stored message, got none')
  expect(reportMessage.parse(await open(stored)).words).toBe('没收到30')
  expect(JSON.stringify(stored)).not.toContain('没收到')
  stage.tap('我记好了')
  await expect.poll(stage.screen).toBe('home')
  expect(document.documentElement.outerHTML).not.toContain('没收到30')
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain('没收到')
})

test('Own words end at two hundred characters, and are wiped by one key.', async () => {
  const stage = await home({})
  stage.tapElement('.home-report')
  await expect.poll(stage.text).toContain('第 1 步')
  stage.tap('有人要好处')
  await expect.poll(stage.text).toContain('第 2 步')
  stage.tap('用拼音写')
  await expect.poll(() => stage.element('.write-keys').textContent).toContain('A')
  for (let count = 0; count < 205; count += 1) stage.tapKey('7')
  await expect.poll(() => stage.element('.write-sheet').textContent).toBe(`${'7'.repeat(200)}还能写 0 个字`)
  stage.tapKey('全擦掉')
  await expect.poll(() => stage.element('.write-sheet').textContent).toContain('还能写 200 个字')
})
