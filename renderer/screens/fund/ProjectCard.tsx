// A project as one wide key: its latest picture, name, place, dates and how far it is.
import type { ReactNode } from 'react'
import type { Hash, ProjectRow } from '../../../sync/contract/rows.ts'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { StoredPicture } from '../../hall/StoredPicture.tsx'
import { useTap } from '../../hall/tap.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export interface ProjectCardProps {
  project: ProjectRow
  picture: (hash: Hash) => Promise<Uint8Array | null>
  onTap: () => void
}

export function ProjectCard(props: ProjectCardProps): ReactNode {
  const text = useText()
  const tap = useTap(props.onTap)
  const { project } = props
  const photo = project.photos.at(-1)
  const latest = project.progress.at(-1)
  const accepted =
    project.accepted === null
      ? text('funds.acceptedNot')
      : text('funds.accepted', { day: longDay(project.accepted, text.language) })
  return (
    <button type="button" className="project-card" data-more="" {...tap}>
      {photo === undefined ? null : (
        <span className="project-photo">
          <StoredPicture hash={photo.media} caption={project.name} picture={props.picture} />
        </span>
      )}
      <span className="project-words">
        <span className="project-name">{project.name}</span>
        <span>{project.place}</span>
        <span className="project-progress">
          <span className="progress-track">
            <span style={{ inlineSize: `${Math.min(100, Math.max(0, latest?.percent ?? 0))}%` }} />
          </span>
          <span>
            {latest === undefined ? text('funds.progressNone') : text('funds.progress', { percent: latest.percent })}
          </span>
        </span>
        <span>{accepted}</span>
      </span>
      <Pictogram name="right" />
    </button>
  )
}
