// The six checks of the release on screen.
import type { ReactNode } from 'react'
import { Chip } from '../../hall/Chip.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import { CHECKS, checksOf, type Verdict } from './facts.ts'
import type { MachineView } from './TechnicianScreen.tsx'

const LOOK = {
  passed: { tone: 'good', icon: 'ticked', words: 'tech.passed' },
  'not-passed': { tone: 'bad', icon: 'shield', words: 'tech.notPassed' },
  'not-checked': { tone: 'off', icon: 'minused', words: 'tech.notChecked' },
} as const satisfies Record<Verdict, unknown>

export function Checks(props: MachineView): ReactNode {
  const text = useText()
  const verdicts = checksOf(props.host, props.status)
  const number = props.status?.shown?.number
  return (
    <section className="stack">
      <SectionHead
        title={text('tech.checks')}
        {...(number === undefined ? {} : { note: text('tech.checksNote', { number }) })}
      />
      <div className="tech-checks">
        {CHECKS.map((check) => {
          const { tone, icon, words } = LOOK[verdicts[check]]
          return <Chip key={check} tone={tone} icon={icon} word={text(words, { check: text(`tech.check.${check}`) })} />
        })}
      </div>
    </section>
  )
}
