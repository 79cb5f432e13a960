// One draft: what it changes, what a terminal will show, and the decision.
import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { DraftView } from '../../contract/console/drafts.ts'
import type { JobView } from '../../contract/console/jobs.ts'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { AfterPublication } from './AfterPublication.tsx'
import { Decision } from './Decision.tsx'
import { DifferenceTables } from './DifferenceTables.tsx'
import { PreviewRows } from './PreviewRows.tsx'
import { useDraft, useForget } from './queries.ts'
import { RowChanges } from './RowChanges.tsx'
import { KINDS_OF_DRAFT, moment, STATES } from './words.ts'

const TABS = [
  { key: 'sums', title: '改了什么' },
  { key: 'rows', title: '逐行对照' },
  { key: 'preview', title: '终端将显示' },
  { key: 'imports', title: '来自哪些导入' },
] as const
type TabKey = (typeof TABS)[number]['key']

export function DraftPage({ id }: { id: number }) {
  const view = useDraft(id)
  const forget = useForget()
  const [job, setJob] = useState('')
  const [result, setResult] = useState<JobView['result']>(null)
  return (
    <>
      <PageHead title={`第 ${id} 稿`} about={<Link href="/drafts">回到审核发布</Link>}>
        {view.data !== undefined && <Decision view={view.data} onStarted={setJob} />}
      </PageHead>
      <ErrorNotice error={view.error} />
      {job !== '' && (
        <JobProgress
          key={job}
          id={job}
          onEnd={(ended) => {
            setResult(ended.result)
            forget()
          }}
        />
      )}
      <AfterPublication result={result} />
      {view.data !== undefined && <Shown view={view.data} />}
    </>
  )
}

function Shown({ view }: { view: DraftView }) {
  const { draft, difference, imports } = view
  const [tab, setTab] = useState<TabKey>('sums')
  const hasPreview = draft.state === 'proposed' || draft.state === 'approved' || draft.state === 'published'
  return (
    <>
      <div className="drafts-head">
        <Facts view={view} />
      </div>
      <Tabs label="送审稿的内容" tabs={TABS} chosen={tab} onChoose={setTab}>
        {tab === 'sums' &&
          (difference === null ? <p>对照表已不在了，请重新生成。</p> : <DifferenceTables difference={difference} />)}
        {tab === 'rows' && difference !== null && <RowChanges id={draft.id} kinds={difference.kinds} />}
        {tab === 'preview' && (hasPreview ? <PreviewRows id={draft.id} /> : <p>退回和替换的稿不再保留内容。</p>)}
        {tab === 'imports' && (
          <Table
            caption="尚未经人复核的导入"
            columns={IMPORTS}
            rows={imports}
            keyOf={(one) => one.id}
            empty="没有新的导入。"
          />
        )}
      </Tabs>
    </>
  )
}

function Facts({ view: { draft, refusals, rules } }: { view: DraftView }) {
  const isProposed = draft.state === 'proposed'
  return (
    <>
      <dl className="drafts-facts">
        <Fact name="期号" value={`第 ${draft.number} 期`} />
        <Fact name="类别" value={KINDS_OF_DRAFT[draft.kind]} />
        <Fact name="状态" value={STATES[draft.state]} />
        <Fact
          name="隐名规则"
          value={
            rules.applies === rules.inForce
              ? `第 ${rules.applies} 版，与现在公开的相同`
              : `第 ${rules.applies} 版（新）；现在公开的${rules.inForce === 0 ? '还没有' : `是第 ${rules.inForce} 版`}`
          }
        />
        <Fact name="提交" value={`${draft.proposedName}　${moment(draft.proposedAt)}`} />
        {draft.decidedAt !== '' && <Fact name="审核" value={`${draft.decidedName}　${moment(draft.decidedAt)}`} />}
        {draft.publishAt !== '' && <Fact name="定时发布" value={moment(draft.publishAt)} />}
        <Fact name="对照" value={draft.base === 0 ? '尚未发布过' : `第 ${draft.base} 期`} />
        <Fact name="内容指纹" value={<span className="drafts-fingerprint">{draft.fingerprint.slice(0, 16)}</span>} />
      </dl>
      {draft.withdraws.length > 0 && (
        <Notice kind="warn">
          发布后撤回第 {draft.withdraws.join('、')} 期：{draft.why}
        </Notice>
      )}
      {draft.words !== '' && <Notice kind="bad">退回的原因：{draft.words}</Notice>}
      {isProposed && refusals.length > 0 && (
        <Notice kind="warn">
          {refusals.map((reason) => (
            <p key={reason}>{reason}。</p>
          ))}
        </Notice>
      )}
    </>
  )
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const IMPORTS: readonly Column<DraftView['imports'][number]>[] = [
  { key: 'id', title: '批次', show: ({ id }) => (id === 0 ? '随软件带来' : `第 ${id} 批`) },
  { key: 'table', title: '表', show: ({ table }) => table },
  { key: 'file', title: '文件', show: ({ file }) => file },
  { key: 'rows', title: '行数', right: true, show: ({ rows }) => rows.toLocaleString('zh-CN') },
  { key: 'by', title: '导入人', show: ({ by }) => by || '—' },
  { key: 'at', title: '导入时间', show: ({ at }) => moment(at) },
]
