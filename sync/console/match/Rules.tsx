// The rules of matching: read, switched on and off, changed.
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type MatchRule, matchRuleSchema, REGISTER_NAMES } from '../../contract/console/match.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field, TextField } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { MATCH } from './address.ts'

const KEYS = [
  { value: 'id', title: '只按身份证号' },
  { value: 'id-or-name', title: '身份证号，没有的按姓名和村' },
  { value: 'name-village', title: '只按姓名和村' },
]
const PERIODS = [
  { value: 'after', title: '登记日期之后发放的' },
  { value: 'while', title: '登记期内发放的' },
  { value: 'any', title: '不论时间' },
]

export function Rules({ rules }: { rules: readonly MatchRule[] }) {
  const [editing, setEditing] = useState<MatchRule | null>(null)
  const columns: readonly Column<MatchRule>[] = [
    { key: 'on', title: '状态', width: '5rem', show: ({ enabled }) => (enabled ? '启用' : '停用') },
    { key: 'name', title: '规则', show: ({ name }) => name },
    { key: 'register', title: '登记册', show: ({ register }) => REGISTER_NAMES[register] },
    { key: 'funds', title: '资金', show: ({ funds }) => fundWords(funds) },
    { key: 'key', title: '怎么对', show: ({ key }) => KEYS.find(({ value }) => value === key)?.title },
    { key: 'score', title: '最低分', right: true, show: ({ minScore }) => minScore },
    { key: 'do', title: '办理', show: (rule) => <Button onClick={() => setEditing(rule)}>修改</Button> },
  ]
  return (
    <>
      <Table caption="规则" columns={columns} rows={rules} keyOf={({ id }) => id} empty="没有规则。" />
      {editing !== null && <RuleDialog rule={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

/** ['*低保*', 'F001'] → '含“低保”，F001' */
function fundWords(funds: readonly string[]): string {
  return funds.map((one) => (one === '*' ? '全部' : one.replace(/^\*(.+)\*$/, '含“$1”'))).join('，')
}

function RuleDialog({ rule, onClose }: { rule: MatchRule; onClose: () => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const [draft, setDraft] = useState({ ...rule, fundText: rule.funds.join('，') })
  const [error, setError] = useState<Error | null>(null)
  const save = (event: FormEvent): void => {
    event.preventDefault()
    const { fundText, ...body } = draft
    const funds = fundText.split(/[，,\s]+/).filter((word) => word !== '')
    api.put(`${MATCH}/rules/${rule.id}`, { ...body, funds }, matchRuleSchema).then(() => {
      void queries.invalidateQueries({ queryKey: ['match'] })
      onClose()
    }, setError)
  }
  return (
    <Dialog title={rule.name} wide onClose={onClose}>
      <form className="match-form" onSubmit={save}>
        <Field
          label="名称"
          value={draft.name}
          maxLength={60}
          required
          onChange={({ target }) => setDraft({ ...draft, name: target.value })}
        />
        <Field
          label="资金"
          help="编号（F055），或星号夹着的字（*低保*）；单个星号是全部资金"
          value={draft.fundText}
          required
          onChange={({ target }) => setDraft({ ...draft, fundText: target.value })}
        />
        <RuleChoices draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
        <TextField
          label="为什么查，什么情况算正常"
          value={draft.explanation}
          maxLength={400}
          required
          rows={3}
          onChange={({ target }) => setDraft({ ...draft, explanation: target.value })}
        />
        <ErrorNotice error={error} />
        <div className="c-row">
          <Button kind="main" type="submit">
            保存
          </Button>
          <Button onClick={onClose}>不改了</Button>
        </div>
      </form>
    </Dialog>
  )
}

function RuleChoices({ draft, onChange }: { draft: MatchRule; onChange: (change: Partial<MatchRule>) => void }) {
  const { shape } = matchRuleSchema
  return (
    <div className="match-pairs">
      <Select
        label="怎么对"
        options={KEYS}
        value={draft.key}
        onChange={({ target }) => onChange({ key: shape.key.parse(target.value) })}
      />
      <Select
        label="时间"
        options={PERIODS}
        value={draft.period}
        onChange={({ target }) => onChange({ period: shape.period.parse(target.value) })}
      />
      <Field
        label="宽限天数"
        type="number"
        min={0}
        max={3650}
        value={draft.graceDays}
        onChange={({ target }) => onChange({ graceDays: Number(target.value) })}
      />
      <Field
        label="最低分（0 到 100）"
        type="number"
        min={0}
        max={100}
        value={draft.minScore}
        onChange={({ target }) => onChange({ minScore: Number(target.value) })}
      />
      <Select
        label="状态"
        options={[
          { value: 'on', title: '启用' },
          { value: 'off', title: '停用' },
        ]}
        value={draft.enabled ? 'on' : 'off'}
        onChange={({ target }) => onChange({ enabled: target.value === 'on' })}
      />
    </div>
  )
}
