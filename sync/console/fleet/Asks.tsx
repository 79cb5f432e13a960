// What was asked of a terminal: it is told with its next report, and sends when it may.
import type { TerminalPage } from '../../contract/console/fleet.ts'
import { Table } from '../parts/Table.tsx'
import { FLEET } from './queries.ts'
import { ASK_WORDS, bytesInWords, timeInWords } from './words.ts'

export function Asks({ page, mayRead }: { page: TerminalPage; mayRead: boolean }) {
  return (
    <Table
      caption="索取的日志和截图"
      captionShown
      rows={page.asks}
      keyOf={({ id }) => id}
      empty="没有向这台终端索取过日志或截图。"
      columns={[
        { key: 'kind', title: '内容', show: ({ kind }) => ASK_WORDS[kind] },
        { key: 'by', title: '谁要的', show: ({ askedBy, askedAt }) => `${askedBy} ${timeInWords(askedAt)}` },
        {
          key: 'told',
          title: '终端知道',
          show: ({ toldAt }) => (toldAt === null ? '等它下次报告' : timeInWords(toldAt)),
        },
        {
          key: 'came',
          title: '收到',
          show: ({ cameAt, id, bytes, kind }) =>
            cameAt === null ? (
              '还没有'
            ) : mayRead ? (
              <a href={`${FLEET}/uploads/${id}`} target="_blank" rel="noreferrer">
                看{ASK_WORDS[kind]}（{bytesInWords(bytes)}，{timeInWords(cameAt)}）
              </a>
            ) : (
              timeInWords(cameAt)
            ),
        },
      ]}
    />
  )
}
