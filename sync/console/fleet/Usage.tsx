// How the terminals are used: by screen, hour and place. Counts only; nobody can be found in them.
import { useState } from 'react'
import type { UsageReport } from '../../contract/console/fleet.ts'
import { Empty } from '../parts/Empty.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { BarFigure } from './BarFigure.tsx'
import { FLEET, useBoard, useUsageReport } from './queries.ts'
import { screenInWords } from './words.ts'

const DAY_MS = 86_400_000
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
/** Screens drawn; the table has them all. */
const DRAWN = 12

export function Usage() {
  const [from, setFrom] = useState(() => dayOf(Date.now() - 29 * DAY_MS))
  const [to, setTo] = useState(() => dayOf(Date.now()))
  const [terminal, setTerminal] = useState('')
  const { data, error } = useUsageReport(from, to, terminal)
  const lines = useBoard().data?.lines ?? []
  const places = lines
    .map((line) => ({ value: line.terminal, title: `${line.terminal} ${line.name}` }))
    .sort((a, b) => a.value.localeCompare(b.value))
  return (
    <div className="c-stack">
      <div className="c-row">
        <Field label="从" type="date" value={from} max={to} onChange={({ target }) => setFrom(target.value)} />
        <Field label="到" type="date" value={to} min={from} onChange={({ target }) => setTo(target.value)} />
        <Select
          label="终端"
          value={terminal}
          options={[{ value: '', title: '全部' }, ...places]}
          onChange={({ target }) => setTerminal(target.value)}
        />
        <a href={`${FLEET}/usage.csv?from=${from}&to=${to}${terminal === '' ? '' : `&terminal=${terminal}`}`}>
          下载全部计数（CSV）
        </a>
      </div>
      <ErrorNotice error={error} />
      {data !== undefined && <Figures report={data} />}
    </div>
  )
}

function Figures({ report }: { report: UsageReport }) {
  if (report.visits === 0 && report.byScreen.length === 0) return <Empty>这段时间还没有收到终端的使用计数。</Empty>
  const screens = report.byScreen.map(({ screen, count }) => ({ name: screenInWords(screen), count }))
  const hours = report.byHour.map(({ hour, visits }) => ({ name: `${hour}`, count: visits }))
  const places = report.byTerminal.map(({ terminal, name, visits }) => ({ name: `${terminal} ${name}`, count: visits }))
  return (
    <>
      <p>
        {report.from} 到 {report.to}，共 <b>{report.visits}</b> 次使用。只计次数，不计人；反映和询问合在一起，只按天计。
      </p>
      <div className="fleet-figures">
        <BarFigure title="一天里什么时候用" unit="次" named="几点" rows={hours} upright />
        <BarFigure title="看什么" unit="次" named="画面" rows={screens} drawn={DRAWN} />
        <BarFigure title="在哪里用" unit="次" named="终端" rows={places} drawn={DRAWN} />
      </div>
    </>
  )
}
