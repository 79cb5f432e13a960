// Taking back a mistake: which imports, and why, in plain words about what happens.
import { useState } from 'react'
import type { ReleaseInList } from '../../contract/console/drafts.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { TextField } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { useStart } from './queries.ts'

export function WithdrawDialog(props: {
  release: ReleaseInList
  onClose: () => void
  onStarted: (job: string) => void
}) {
  const { release, onClose, onStarted } = props
  const [why, setWhy] = useState('')
  const [chosen, setChosen] = useState<readonly number[]>([])
  const start = useStart((job) => {
    onStarted(job)
    onClose()
  })
  const toggle = (id: number): void =>
    setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))
  const isReady = why.trim() !== '' && chosen.length > 0
  return (
    <Dialog title={`撤回第 ${release.number} 期里的错误`} onClose={onClose} wide>
      <p>
        选出有错的导入。新的一期不再有这些数据；批准并发布后，服务器上含有它们的文件全部删除，终端换期时立刻丢掉旧的一期。已经有人看过的，收不回来。
      </p>
      <fieldset className="drafts-choices">
        <legend>有错的导入</legend>
        {release.imports.map(({ id, table, file, rows, by }) => (
          <label key={id}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />第 {id} 批　{file}（
            {table}，{rows.toLocaleString('zh-CN')} 行，{by || '—'} 导入）
          </label>
        ))}
      </fieldset>
      <TextField label="错在哪里" rows={3} required value={why} onChange={(event) => setWhy(event.target.value)} />
      <ErrorNotice error={start.error} />
      <div className="c-row drafts-buttons">
        <Button
          kind="danger"
          busy={start.isPending || !isReady}
          onClick={() =>
            start.mutate({ path: '/withdraw', body: { release: release.number, imports: chosen, why: why.trim() } })
          }
        >
          生成撤回稿，送审
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </Dialog>
  )
}
