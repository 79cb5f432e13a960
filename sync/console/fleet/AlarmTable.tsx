// Alarms with who has taken each on. They end by themselves when the terminal is well again.
import { useState } from 'react'
import { Link } from 'wouter'
import type { AlarmLine } from '../../contract/console/fleet.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { Table } from '../parts/Table.tsx'
import { useAcknowledge } from './queries.ts'
import { ALARM_WORDS, alarmInWords, timeInWords } from './words.ts'

export function AlarmTable(props: { alarms: readonly AlarmLine[]; caption: string; empty: string }) {
  const technician = hasRole(useActor(), ['technician'])
  const [taking, setTaking] = useState<AlarmLine | null>(null)
  return (
    <>
      <Table
        caption={props.caption}
        captionShown
        rows={props.alarms}
        keyOf={({ id }) => id}
        empty={props.empty}
        columns={[
          { key: 'kind', title: '警报', show: ({ kind, detail }) => alarmInWords(kind, detail) },
          {
            key: 'terminal',
            title: '终端',
            show: ({ terminal, name }) => <Link href={`/terminals/${terminal}`}>{`${terminal} ${name}`}</Link>,
          },
          { key: 'raised', title: '开始', show: ({ raisedAt }) => timeInWords(raisedAt) },
          {
            key: 'cleared',
            title: '恢复',
            show: ({ clearedAt }) => (clearedAt === null ? '还没有' : timeInWords(clearedAt)),
          },
          {
            key: 'taken',
            title: '谁在处理',
            show: (alarm) =>
              alarm.acknowledgedAt !== null ? (
                `${alarm.acknowledgedBy} ${timeInWords(alarm.acknowledgedAt)} ${alarm.note}`
              ) : technician && alarm.clearedAt === null ? (
                <Button onClick={() => setTaking(alarm)}>我来处理</Button>
              ) : (
                '—'
              ),
          },
        ]}
      />
      {taking !== null && <TakeDialog alarm={taking} onClose={() => setTaking(null)} />}
    </>
  )
}

function TakeDialog({ alarm, onClose }: { alarm: AlarmLine; onClose: () => void }) {
  const [note, setNote] = useState('')
  const acknowledge = useAcknowledge()
  return (
    <Dialog title={`${alarm.terminal} ${ALARM_WORDS[alarm.kind]}`} onClose={onClose}>
      <form
        className="c-stack"
        onSubmit={(event) => {
          event.preventDefault()
          acknowledge.mutate({ id: alarm.id, note }, { onSuccess: onClose })
        }}
      >
        <Field label="打算怎么办" maxLength={200} value={note} onChange={({ target }) => setNote(target.value)} />
        <ErrorNotice error={acknowledge.error} />
        <div className="c-row">
          <Button kind="main" type="submit" busy={acknowledge.isPending}>
            我来处理
          </Button>
          <Button onClick={onClose}>关闭</Button>
        </div>
      </form>
    </Dialog>
  )
}
