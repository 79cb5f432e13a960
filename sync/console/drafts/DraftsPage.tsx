// Check, approve, publish: the draft that waits, the drafts so far, and the releases that are public.
import './drafts.css'
import { useState } from 'react'
import { Link, Route, Switch } from 'wouter'
import type { DraftSummary } from '../../contract/console/drafts.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { DraftPage } from './DraftPage.tsx'
import { useDrafts, useForget, useStart } from './queries.ts'
import { ReleasesTable } from './ReleasesTable.tsx'
import { KINDS_OF_DRAFT, moment, STATES } from './words.ts'

export function DraftsPage() {
  return (
    <Switch>
      <Route path="/drafts/:id">{({ id }) => <DraftPage key={id} id={Number(id)} />}</Route>
      <Route>
        <DraftsList />
      </Route>
    </Switch>
  )
}

const COLUMNS: readonly Column<DraftSummary>[] = [
  { key: 'id', title: '稿号', show: ({ id }) => <Link href={`/drafts/${id}`}>第 {id} 稿</Link> },
  { key: 'number', title: '期号', right: true, show: ({ number }) => `第 ${number} 期` },
  { key: 'kind', title: '类别', show: ({ kind }) => KINDS_OF_DRAFT[kind] },
  { key: 'state', title: '状态', show: ({ state }) => STATES[state] },
  { key: 'proposed', title: '提交', show: (one) => `${one.proposedName}　${moment(one.proposedAt)}` },
  {
    key: 'decided',
    title: '审核',
    show: (one) => (one.decidedAt === '' ? '—' : `${one.decidedName}　${moment(one.decidedAt)}`),
  },
  { key: 'words', title: '说明', show: ({ words, why }) => words || why || '—' },
]

function DraftsList() {
  const drafts = useDrafts()
  const actor = useActor()
  const [job, setJob] = useState('')
  const forget = useForget()
  const start = useStart(setJob)
  const open = drafts.data?.drafts.find(({ state }) => state === 'proposed' || state === 'approved')
  const mayPropose = hasRole(actor, ['operator', 'reviewer', 'publisher']) && actor.township === null
  return (
    <>
      <PageHead title="审核发布" about="全部数据作为新的一期送审；导入的人不能审核，批准后才能发布。">
        {mayPropose && (
          <Button
            kind="main"
            busy={start.isPending || open?.state === 'approved'}
            onClick={() => start.mutate({ path: '', body: {} })}
          >
            生成送审稿
          </Button>
        )}
      </PageHead>
      <ErrorNotice error={drafts.error ?? start.error} />
      {job !== '' && <JobProgress key={job} id={job} onEnd={forget} />}
      {open !== undefined && <OpenDraft draft={open} />}
      {drafts.data !== undefined && (
        <>
          <h2 className="drafts-heading">已发布的各期</h2>
          <ReleasesTable releases={drafts.data.releases} onStarted={setJob} />
          <h2 className="drafts-heading">送审稿</h2>
          <Table
            caption="送审稿"
            columns={COLUMNS}
            rows={drafts.data.drafts}
            keyOf={({ id }) => id}
            empty="还没有送审稿。导入并校验数据后，点“生成送审稿”。"
          />
        </>
      )}
    </>
  )
}

function OpenDraft({ draft }: { draft: DraftSummary }) {
  const words = draft.publishAt === '' ? STATES[draft.state] : `定于 ${moment(draft.publishAt)} 发布`
  return (
    <Notice kind="warn">
      第 {draft.number} 期（第 {draft.id} 稿）：{words}。<Link href={`/drafts/${draft.id}`}>打开</Link>
    </Notice>
  )
}
