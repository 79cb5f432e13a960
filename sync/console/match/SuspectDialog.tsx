// One suspect: the register's row beside the payments, why it is one, and the decision.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  decisionSchema,
  type MatchedPayment,
  REGISTER_NAMES,
  type RegisterRow,
  STATE_NAMES,
  type SuspectDetail,
  suspectDetailSchema,
} from '../../contract/console/match.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { TextField } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { MATCH } from './address.ts'
import { yuan } from './yuan.ts'

const DECISIONS = (['cleared', 'passed-on', 'recovered'] as const).map((value) => ({
  value,
  title: STATE_NAMES[value],
}))
const PAYMENT_COLUMNS: readonly Column<MatchedPayment>[] = [
  { key: 'date', title: '发放日期', show: ({ date }) => date },
  { key: 'amount', title: '金额（元）', right: true, show: ({ amount }) => yuan(amount) },
  { key: 'payee', title: '领取人', show: ({ payee, group }) => `${payee} ${group}` },
  { key: 'id', title: '身份证号', show: ({ idNumber }) => idNumber || '没有' },
  { key: 'batch', title: '批次', show: ({ batch, status }) => `${batch} ${status}` },
  { key: 'from', title: '来源', show: ({ file, line }) => `${file} 第 ${line} 行` },
]

export function SuspectDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const api = useApi()
  const found = useQuery({
    queryKey: ['match', 'suspect', id],
    queryFn: () => api.get(`${MATCH}/suspects/${id}`, suspectDetailSchema),
  })
  const suspect = found.data
  return (
    <Dialog title={suspect === undefined ? '疑点' : `${suspect.name}：${suspect.ruleName}`} wide onClose={onClose}>
      <ErrorNotice error={found.error} />
      {suspect !== undefined && (
        <>
          <p>
            {suspect.villageName}，{suspect.fundName}，{suspect.payments} 笔共 {yuan(suspect.amount)} 元。得分{' '}
            {suspect.score}：{suspect.why}。
          </p>
          <h3>{REGISTER_NAMES[suspect.register]}登记</h3>
          <RegisterSide row={suspect.registerRow} />
          <h3>发放记录</h3>
          <Table
            caption="发放记录"
            columns={PAYMENT_COLUMNS}
            rows={suspect.rows}
            keyOf={(row) => `${row.file}-${row.line}`}
            empty="没有。"
          />
          <DecisionForm suspect={suspect} onClose={onClose} />
        </>
      )}
    </Dialog>
  )
}

function RegisterSide({ row }: { row: RegisterRow }) {
  const facts = [
    ['姓名', row.name],
    ['身份证号', row.idNumber],
    ['村代码', row.village],
    ['组', row.group],
    ['关系', row.relation],
    ['登记日期', row.from],
    ['截止日期', row.until],
    ...Object.entries(row.detail),
  ].filter(([, value]) => value !== '')
  return (
    <dl className="match-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function DecisionForm({ suspect, onClose }: { suspect: SuspectDetail; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const [state, setState] = useState('cleared')
  const [words, setWords] = useState('')
  const [error, setError] = useState<Error | null>(null)
  const [short, setShort] = useState<string | null>(null)
  const decide = (event: FormEvent): void => {
    event.preventDefault()
    const read = decisionSchema.safeParse({ state, words })
    if (!read.success) {
      setShort('写明核查的情况，至少两个字')
      return
    }
    api.post(`${MATCH}/suspects/${suspect.id}/decision`, read.data, suspectDetailSchema).then(() => {
      void queries.invalidateQueries({ queryKey: ['match'] })
      onClose()
    }, setError)
  }
  return (
    <form className="match-form" onSubmit={decide}>
      {suspect.state !== 'open' && (
        <Notice>
          {suspect.decidedAt.slice(0, 10)} {suspect.decidedBy}：{STATE_NAMES[suspect.state]}。{suspect.words}
        </Notice>
      )}
      <Select label="处理" options={DECISIONS} value={state} onChange={({ target }) => setState(target.value)} />
      <TextField
        label="核查情况"
        help="以后只列出新的发放，不再重复列出这些"
        rows={2}
        maxLength={500}
        value={words}
        error={short}
        onChange={({ target }) => setWords(target.value)}
      />
      <ErrorNotice error={error} />
      <div className="c-row">
        <Button kind="main" type="submit">
          记下处理
        </Button>
        <Button onClick={onClose}>关闭</Button>
      </div>
    </form>
  )
}
