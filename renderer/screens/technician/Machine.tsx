// The machine: disk, clock, keys, scrub, program.
import type { ReactNode } from 'react'
import { Pictogram } from '../../hall/Pictogram.tsx'
import type { PictogramName } from '../../hall/pictograms.ts'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import { bytesInWords, clockTime, spanOf } from './facts.ts'
import type { MachineView } from './TechnicianScreen.tsx'

export function Machine(props: MachineView): ReactNode {
  const text = useText()
  const { host, status } = props
  const free = host.diskFreeBytes
  const up = spanOf(host.startedAt, host.now)
  const scrub = status?.scrub ?? null
  const scrubbed =
    scrub === null ? text('tech.notScrubbed') : text('tech.scrubbed', { ...scrub, at: clockTime(scrub.at, host.now) })
  return (
    <section className="stack">
      <SectionHead
        title={text('tech.machine')}
        note={text('tech.machineNote', { version: host.appVersion, shell: host.shell })}
      />
      <ul className="tech-machine">
        <Item icon="drive">
          {free === null ? text('tech.diskUnknown') : text('tech.disk', { bytes: bytesInWords(free) })}
        </Item>
        <Item icon="clock" wrong={!host.clockTrusted}>
          {text(host.clockTrusted ? 'tech.clockTrusted' : 'tech.clockBad')}
        </Item>
        <Item icon="power">
          {text('tech.up', { time: up.days > 0 ? text('tech.timeDays', up) : text('tech.timeHours', up) })}
        </Item>
        <Item icon="lock">{text(host.sampleKeys ? 'tech.sampleKeys' : 'tech.realKeys')}</Item>
        <Item icon="shielded" wide wrong={scrub !== null && scrub.damaged > scrub.repaired}>
          {scrubbed}
        </Item>
        <FleetItem host={host} />
        {(host.setAside ?? 0) > 0 ? (
          <Item icon="shield" wide wrong>
            {text('tech.setAside', { count: host.setAside ?? 0 })}
          </Item>
        ) : null}
        <Item icon="folder" wide>
          {text('tech.folder', { folder: host.dataFolder })}
        </Item>
        {props.appWaiting ? (
          <Item icon="sync" wide>
            {text('tech.updateReady')}
          </Item>
        ) : null}
      </ul>
    </section>
  )
}

/** How the office knows this terminal; nothing where it was given no token. */
function FleetItem({ host }: Pick<MachineView, 'host'>): ReactNode {
  const text = useText()
  const { fleet } = host
  if (fleet === undefined) return null
  const { enrolledAt, lastHeartbeat, problem, key } = fleet
  const words =
    enrolledAt === null
      ? text('tech.notEnrolled')
      : lastHeartbeat === null
        ? text('tech.enrolled')
        : text('tech.heartbeat', { at: clockTime(lastHeartbeat, host.now) })
  const more = [key === null ? null : text('tech.key', { key: key.slice(0, 8) }), problem]
  return (
    <Item icon={problem === null ? 'ticked' : 'shield'} wide wrong={problem !== null}>
      {[words, ...more.filter((one) => one !== null)].join('  ')}
    </Item>
  )
}

function Item(props: { icon: PictogramName; wrong?: boolean; wide?: boolean; children: ReactNode }): ReactNode {
  return (
    <li data-wrong={props.wrong === true ? '' : undefined} data-wide={props.wide === true ? '' : undefined}>
      <Pictogram name={props.icon} />
      <span>{props.children}</span>
    </li>
  )
}
