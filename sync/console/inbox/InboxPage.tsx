// The inspectors' inbox: envelopes with their deadlines, the key in this page's memory, one message open at a time.
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { bodyList, type Envelope, inboxList } from '../../contract/console/inbox.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { KeyPanel } from './KeyPanel.tsx'
import { MessageDialog } from './MessageDialog.tsx'
import { spanInWords, useHeldKeys } from './use-held-keys.ts'
import { DEADLINE_NAMES, dueWords, isLate } from './words.ts'
import './inbox.css'

const LISTS = [
  { key: 'ordinary', title: '日常' },
  { key: 'up', title: '报送上一级' },
] as const
type List = (typeof LISTS)[number]['key']

/** Day in China, as the office counts. */
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

export function InboxPage() {
  const [list, setList] = useState<List>('ordinary')
  const [open, setOpen] = useState<Envelope | null>(null)
  // What is open closes with the key.
  const { keys, left, hold, drop } = useHeldKeys(useCallback(() => setOpen(null), []))
  const api = useApi()
  const envelopes = useQuery({
    queryKey: ['inbox', list],
    queryFn: () => api.get(`/console/api/inbox?list=${list}`, inboxList),
  })
  const bodies = useQuery({ queryKey: ['inbox-bodies'], queryFn: () => api.get('/console/api/inbox/bodies', bodyList) })
  return (
    <>
      <PageHead title="群众来信" about="信封上只有编号、终端和收到的日期。内容只有您的钥匙能打开。">
        {left !== null && (
          <span role="timer" className="inbox-left">
            {spanInWords(left)}不动就自动上锁
          </span>
        )}
        {keys !== null && <Button onClick={drop}>上锁</Button>}
      </PageHead>
      {keys === null && <KeyPanel onOpen={hold} />}
      <ErrorNotice error={envelopes.error ?? bodies.error} />
      <Tabs label="来信列表" tabs={LISTS} chosen={list} onChoose={setList}>
        <Table
          caption="来信"
          columns={columnsFor(keys === null ? null : setOpen, bodies.data?.bodies ?? [])}
          rows={envelopes.data?.envelopes ?? []}
          keyOf={({ id }) => id}
          empty={<Empty>{envelopes.isPending ? '正在取信封…' : '现在没有来信。'}</Empty>}
        />
      </Tabs>
      {open !== null && keys !== null && (
        <MessageDialog
          key={open.id}
          {...{ envelope: open, keys, bodies: bodies.data?.bodies ?? [], today: today() }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

/** `onOpen`: null while the page is locked. */
function columnsFor(
  onOpen: ((envelope: Envelope) => void) | null,
  bodies: readonly { code: string; name: string }[],
): Column<Envelope>[] {
  const nameOf = (code: string): string => bodies.find((body) => body.code === code)?.name ?? code
  return [
    { key: 'id', title: '编号', show: ({ id }) => <span className="inbox-id">{id}</span> },
    { key: 'terminal', title: '终端', show: ({ terminal }) => terminal },
    { key: 'day', title: '收到', show: ({ day }) => day },
    { key: 'body', title: '转给', show: ({ routing }) => (routing === null ? '还没有看' : nameOf(routing.body)) },
    { key: 'class', title: '期限', show: ({ routing }) => (routing === null ? '' : DEADLINE_NAMES[routing.deadlines]) },
    {
      key: 'due',
      title: '还剩',
      show: ({ due }) => <span className={isLate(due) ? 'inbox-late' : undefined}>{dueWords(due)}</span>,
    },
    {
      key: 'open',
      title: '开信',
      show: (envelope) =>
        onOpen === null ? (
          '先开锁'
        ) : (
          <Button aria-label={`打开 ${envelope.id}`} onClick={() => onOpen(envelope)}>
            打开
          </Button>
        ),
    },
  ]
}
