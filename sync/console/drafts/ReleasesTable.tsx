// The releases so far, newest first; from here a mistake is taken back, and an earlier state published again.
import { useState } from 'react'
import type { ReleaseInList } from '../../contract/console/drafts.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { useStart } from './queries.ts'
import { WithdrawDialog } from './WithdrawDialog.tsx'
import { moment } from './words.ts'

type Asked = { what: 'withdraw' | 'republish'; release: ReleaseInList } | null

export function ReleasesTable(props: { releases: readonly ReleaseInList[]; onStarted: (job: string) => void }) {
  const { releases, onStarted } = props
  const actor = useActor()
  const [asked, setAsked] = useState<Asked>(null)
  const mayAct = hasRole(actor, ['publisher']) && actor.township === null
  const columns: Column<ReleaseInList>[] = [
    { key: 'number', title: '期号', show: ({ number }) => `第 ${number} 期` },
    { key: 'signed', title: '签名', show: ({ signedAt }) => moment(signedAt) },
    { key: 'until', title: '数据截至', show: ({ dataUntil }) => dataUntil },
    { key: 'rows', title: '行数', right: true, show: ({ rows }) => rows.toLocaleString('zh-CN') },
    { key: 'state', title: '状态', show: stateOf },
    { key: 'imports', title: '首次公开的导入', show: ({ imports }) => imports.map(({ id }) => id).join('、') || '—' },
  ]
  if (mayAct)
    columns.push({
      key: 'actions',
      title: '操作',
      show: (release) => (
        <span className="drafts-actions">
          {!release.withdrawn && release.imports.length > 0 && (
            <Button onClick={() => setAsked({ what: 'withdraw', release })}>撤回…</Button>
          )}
          {release.number !== releases[0]?.number && !release.withdrawn && (
            <Button onClick={() => setAsked({ what: 'republish', release })}>重新发布…</Button>
          )}
        </span>
      ),
    })
  const close = (): void => setAsked(null)
  return (
    <>
      <Table
        caption="已发布的各期"
        columns={columns}
        rows={releases}
        keyOf={({ number }) => number}
        empty="还没有发布过。"
      />
      {asked?.what === 'withdraw' && <WithdrawDialog release={asked.release} onClose={close} onStarted={onStarted} />}
      {asked?.what === 'republish' && <RepublishDialog release={asked.release} onClose={close} onStarted={onStarted} />}
    </>
  )
}

function stateOf({ withdrawn, reviewed }: ReleaseInList): string {
  if (withdrawn) return '已撤回'
  return reviewed ? '经两人复核' : '未经复核'
}

function RepublishDialog(props: { release: ReleaseInList; onClose: () => void; onStarted: (job: string) => void }) {
  const { release, onClose, onStarted } = props
  const start = useStart((job) => {
    onStarted(job)
    onClose()
  })
  return (
    <Dialog title={`把第 ${release.number} 期的内容重新发布`} onClose={onClose}>
      <p>按第 {release.number} 期当时的数据生成新的一期送审稿，隐名规则按今天的。之后导入的数据留在办公室，不会丢。</p>
      <ErrorNotice error={start.error} />
      <div className="c-row drafts-buttons">
        <Button
          kind="main"
          busy={start.isPending}
          onClick={() => start.mutate({ path: '/republish', body: { release: release.number } })}
        >
          生成送审稿
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </Dialog>
  )
}
