// Pictures of a project, before, during and after. One that this terminal doesn't keep is said to be so.
import type { ReactNode } from 'react'
import type { ProjectRow } from '../../../sync/contract/rows.ts'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { StoredPicture } from '../../hall/StoredPicture.tsx'
import { useTap } from '../../hall/tap.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'

type Photo = ProjectRow['photos'][number]

export interface ProjectPhotosProps {
  photos: readonly Photo[]
  name: string
  screen: ScreenProps<'project'>
}

export function ProjectPhotos(props: ProjectPhotosProps): ReactNode {
  const text = useText()
  return (
    <section className="stack">
      <SectionHead title={text('funds.photosHead')} />
      {props.photos.length === 0 ? <p>{text('funds.photosNone')}</p> : null}
      <div className="photos">
        {props.photos.map((photo) => (
          <OnePhoto key={`${photo.stage}${photo.media}`} photo={photo} name={props.name} screen={props.screen} />
        ))}
      </div>
    </section>
  )
}

function OnePhoto(props: { photo: Photo; name: string; screen: ScreenProps<'project'> }): ReactNode {
  const text = useText()
  const { photo } = props
  const { data, visit } = props.screen
  const stage = text(`funds.stage.${photo.stage}`)
  const caption = `${props.name}，${stage}`
  const tap = useTap(() => visit.go({ screen: 'picture', hash: photo.media, caption }))
  return (
    <button type="button" className="photo" {...tap}>
      <StoredPicture hash={photo.media} caption={caption} picture={data.picture} />
      <span className="photo-words">
        <span className="strong">{stage}</span>
        <span>{photo.date === null ? text('funds.dateUnknown') : longDay(photo.date, text.language)}</span>
      </span>
    </button>
  )
}
