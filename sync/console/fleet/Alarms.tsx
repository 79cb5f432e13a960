// All alarms, and after how many hours one is raised.
import { useState } from 'react'
import type { FleetSettings } from '../../contract/console/fleet.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { AlarmTable } from './AlarmTable.tsx'
import { useAlarms, useBoard, useSaveSettings } from './queries.ts'

export function Alarms() {
  const { data, error } = useAlarms()
  const board = useBoard()
  const technician = hasRole(useActor(), ['technician'])
  return (
    <div className="c-stack">
      <ErrorNotice error={error ?? board.error} />
      {data !== undefined && <AlarmTable alarms={data.alarms} caption="警报" empty="没有警报：每台终端都按时报告。" />}
      {technician && board.data !== undefined && <Settings settings={board.data.settings} />}
    </div>
  )
}

function Settings({ settings }: { settings: FleetSettings }) {
  const [late, setLate] = useState(String(settings.lateAfterHours))
  const [silent, setSilent] = useState(String(settings.silentAfterHours))
  const save = useSaveSettings()
  return (
    <form
      className="fleet-settings"
      aria-label="什么时候报警"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ ...settings, lateAfterHours: Number(late), silentAfterHours: Number(silent) })
      }}
    >
      <h2>什么时候报警</h2>
      <div className="c-row">
        <Field
          label="几小时没有报告算迟到"
          inputMode="decimal"
          value={late}
          onChange={({ target }) => setLate(target.value)}
        />
        <Field
          label="几小时没有报告算失联，并报警"
          inputMode="decimal"
          value={silent}
          onChange={({ target }) => setSilent(target.value)}
        />
        <Button type="submit" busy={save.isPending}>
          保存
        </Button>
      </div>
      <ErrorNotice error={save.error} />
      {save.isSuccess && <Notice kind="good">已保存。</Notice>}
    </form>
  )
}
