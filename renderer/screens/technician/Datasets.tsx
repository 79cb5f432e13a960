// Rows of each dataset in the release on screen, and how much of it is in the store.
import type { ReactNode } from 'react'
import { counted } from '../../hall/money.ts'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import { storedPercent } from './facts.ts'
import type { MachineView } from './TechnicianScreen.tsx'

const ORDER = ['funds', 'village-finance', 'policies', 'places', 'notices'] as const

export function Datasets(props: MachineView): ReactNode {
  const text = useText()
  const { status } = props
  const shown = status?.shown ?? null
  if (status === null || shown === null) return null
  const stored = text('tech.stored', { percent: storedPercent(shown, status.shownParts) })
  const payments = shown.kinds['payments']
  return (
    <section>
      <SectionHead title={text('tech.datasets')} note={text('tech.datasetsNote')} />
      {ORDER.map((dataset) => (
        <Line key={dataset} name={text(`tech.dataset.${dataset}`)} rows={shown.datasets[dataset]} stored={stored} />
      ))}
      {payments === undefined ? null : <Line name={text('tech.payments')} rows={payments} stored={stored} />}
      <Line name={text('tech.media')} rows={status.media.wanted} stored={`${status.media.have}`} />
    </section>
  )
}

function Line(props: { name: string; rows: number | undefined; stored: string }): ReactNode {
  return (
    <p className="tech-line">
      <span>{props.name}</span>
      <b>{props.rows === undefined ? '' : counted(props.rows)}</b>
      <span>{props.stored}</span>
    </p>
  )
}
