// An invented message at each of its steps, and an invented answer, for the developer's page.

import words from '../../assets/words.json'
import { readLexicon } from '../../renderer/app/report/words.ts'
import type { AnswerBox, ReportDraft, Reporting } from '../../renderer/navigation/report.ts'
import { newDraft } from '../../renderer/navigation/report.ts'
import type { PrivateAnswer } from '../../sync/contract/report.ts'

const payment = newDraft(
  {
    kind: 'payment',
    place: '431225204216',
    snapshot: [
      { label: '项目', value: '耕地地力保护补贴，2025年' },
      { label: '户', value: '粟昌荣 户' },
      { label: '地方', value: '高椅乡 翁高村 第3组' },
      { label: '金额（元）', value: '441.00' },
      { label: '状态', value: '已发' },
      { label: '日期', value: '2025年4月28日' },
    ],
    origin: { file: '翁高村.xlsx', row: 37 },
    release: 47,
  },
  ['粟昌荣', '粟永兰'],
)
export const DRAFTS: Readonly<Record<string, ReportDraft>> = {
  payment,
  none: newDraft({ kind: 'none', place: '431225204216', snapshot: [], origin: null, release: 47 }, []),
  written: {
    ...payment,
    reason: 'amount-wrong',
    phrases: ['什么时候的事：今年的事', '经手的是：村里', '还要说明：我有单据'],
    written: '我家水田四亩二分，只算了三亩。去年问过村里，没有人答复。',
    named: true,
    name: '粟昌荣',
    contact: '13900001234',
  },
}
export const RECEIPT = { id: 'K7Q29WBA34D', queryCode: '稻谷-水牛-扁担-月亮-板凳', secondsLeft: 48 }

export function fixtureReporting(name: string, send: Reporting['send']): Reporting {
  const nothing = () => undefined
  return {
    draft: DRAFTS[name] ?? payment,
    receipt: RECEIPT,
    // The tests read what a key would have carried.
    begin: ({ object }) => {
      document.documentElement.dataset.reported = JSON.stringify(object)
    },
    change: nothing,
    send,
    noted: nothing,
    print: async () => undefined,
    online: false,
    lexicon: readLexicon,
  }
}

const answer: PrivateAnswer = {
  format: 1,
  id: RECEIPT.id,
  entries: [
    { day: '2025-10-20', from: '县农业农村局', state: 'accepted', text: '已受理，由高椅乡经管站核查亩数。' },
    {
      day: '2025-11-03',
      from: '县农业农村局',
      state: 'answered',
      text: '经核查，您户确权面积为 4.20 亩，2025 年应发 441.00 元，已于 4 月 28 日发放，数目无误。',
    },
  ],
}

export const fixtureAnswers: AnswerBox = {
  words: async () => words.map(([word = '', pinyin = '']) => [word, pinyin] as const),
  open: async () => answer,
}
