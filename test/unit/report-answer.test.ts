// From a villager's sealed words to the answer read with five words: sealed as the terminal's page does, opened and
// answered as the inspector's page does, shown by a release among decoys, opened as the terminal's page does.
import { argon2id } from 'hash-wasm'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { openAnswer } from '../../renderer/app/report/open-answer.ts'
import { sealMessage } from '../../renderer/app/report/seal.ts'
import { OpenError, openKeyFile, openMessage, sealAnswer } from '../../sync/console/inbox/open.ts'
import { likelyAccused, openTo } from '../../sync/console/inbox/words.ts'
import type { OpeningKey } from '../../sync/contract/inbox.ts'
import { ANSWER_KDF, answerSalt, type Recipients, reportMessage } from '../../sync/contract/report.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { splitAnswerKey } from '../../sync/core/report-answer.ts'
import { openBooks } from '../../sync/county/database/books.ts'
import { giveAnswer, mixAnswers, shownAnswers } from '../../sync/county/inbox/answers.ts'
import { type Ceremony, makeInspectorsKeys } from '../../sync/county/keys/inspectors.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const PASSPHRASE = '检举只给纪委看，钥匙在抽屉里'
const message = reportMessage.parse({
  ...{ format: 1, id: '0123456789A', queryCode: '白云-青山-稻田-水车-木桥', kind: 'report', reason: 'not-received' },
  object: { kind: 'payment', place: '431225100201', snapshot: [], origin: null, release: 1 },
  ...{ words: '低保钱没收到', named: null, terminal: 'HT-07', day: '2026-11-24' },
})
let keys: OpeningKey[]
let recipients: Recipients

function recipientsIn({ list }: Ceremony): Recipients {
  const { signed } = JSON.parse(list.get('metadata/inspectors.json') ?? '')
  const of = (purpose: string): Recipients['active'] => {
    const [path = ''] = Object.keys(signed.targets).filter((name) => signed.targets[name].custom.purpose === purpose)
    return { kid: path.slice(11, -4), jwk: JSON.parse(list.get(`targets/${path}`) ?? '') }
  }
  return { version: 1, active: of('active'), recovery: of('recovery') }
}

beforeAll(async () => {
  const ceremony = await makeInspectorsKeys(PASSPHRASE, new Date())
  recipients = recipientsIn(ceremony)
  keys = await openKeyFile(ceremony.files.get('opening-key.jwe') ?? '', PASSPHRASE)
})

describe('the inspector’s page', () => {
  it('opens what was sealed to its key, and nothing whose envelope was given another number', async () => {
    const sealed = await sealMessage(message, recipients)
    expect(await openMessage(JSON.stringify(sealed), keys)).toEqual(message)
    const moved = { ...sealed, id: '0123456789B' }
    await expect(openMessage(JSON.stringify(moved), keys)).rejects.toThrow(OpenError)
    await expect(openMessage(JSON.stringify(sealed), [])).rejects.toThrow(/另一把钥匙/)
  })

  it('gives an answer that the five words alone find and open, among decoys', async () => {
    const answer = {
      ...{ format: 1 as const, id: message.id },
      entries: [{ day: '2026-11-25', from: '县纪委监委', state: 'answered' as const, text: '已补发' }],
    }
    const books = await openBooks(':memory:')
    await giveAnswer(books, await sealAnswer(message.queryCode, answer))
    await mixAnswers(books, '2026-11-25')
    const derived = await argon2id({
      ...{ password: message.queryCode, salt: new TextEncoder().encode(answerSalt(COUNTY)) },
      ...{ memorySize: ANSWER_KDF.memoryKiB, iterations: ANSWER_KDF.iterations, parallelism: ANSWER_KDF.parallelism },
      ...{ hashLength: ANSWER_KDF.bytes, outputType: 'binary' },
    })
    const { key, label } = splitAnswerKey(derived)
    const rows = await shownAnswers(books)
    expect(rows.length).toBeGreaterThanOrEqual(20)
    const row = rows.find((one) => one.label === label)
    expect(await openAnswer(row?.sealed ?? '', key)).toEqual(answer)
    const other = rows.find((one) => one.label !== label)
    await expect(openAnswer(other?.sealed ?? '', key)).rejects.toMatchObject({ code: 'E-DAMAGED' })
  })

  it('never offers the accused, and only the level above where the head of the organ is meant', () => {
    const bodies = [
      { code: 'inspection', name: '县纪委监委', kind: 'inspection' as const },
      { code: 'up', name: '上一级', kind: 'up' as const },
      { code: '431225100', name: '林城镇', kind: 'township' as const },
    ]
    const accused = likelyAccused(message, bodies)
    expect(accused).toEqual(['431225100'])
    expect(openTo(bodies, accused, false).map(({ code }) => code)).toEqual(['inspection', 'up'])
    expect(openTo(bodies, accused, true).map(({ code }) => code)).toEqual(['up'])
  })
})
