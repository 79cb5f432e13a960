// A picture out of the terminal's own store. One that this terminal doesn't keep is said to be so, never fetched on a tap.
import { type ReactNode, useEffect, useState } from 'react'
import type { Hash } from '../../sync/contract/rows.ts'
import { useText } from '../text/use-text.tsx'
import { Pictogram } from './Pictogram.tsx'
import './stored-picture.css'

export interface StoredPictureProps {
  hash: Hash
  caption: string
  /** `CountyData.picture`. */
  picture: (hash: Hash) => Promise<Uint8Array | null>
}

type Kept = { hash: Hash; url: string | null } | null

/** The address of a stored picture: undefined while it is looked for, null where this terminal doesn't keep it. */
export function usePicture(hash: Hash, picture: StoredPictureProps['picture']): string | null | undefined {
  const [kept, setKept] = useState<Kept>(null)
  useEffect(() => {
    let url: string | null = null
    let wanted = true
    const keep = (bytes: Uint8Array | null): void => {
      if (!wanted) return
      // Copied: a view may be part of a larger buffer.
      url = bytes === null ? null : URL.createObjectURL(new Blob([bytes.slice()], { type: 'image/webp' }))
      setKept({ hash, url })
    }
    picture(hash).then(keep, () => keep(null))
    return () => {
      wanted = false
      if (url !== null) URL.revokeObjectURL(url)
    }
  }, [hash, picture])
  return kept?.hash === hash ? kept.url : undefined
}

export function StoredPicture(props: StoredPictureProps): ReactNode {
  const url = usePicture(props.hash, props.picture)
  if (url === undefined) return <span className="stored-picture" />
  if (url === null) return <NotKept />
  return <img className="stored-picture" src={url} alt={props.caption} draggable={false} />
}

/** 本机未存: the picture exists, this terminal doesn't keep it. */
export function NotKept(): ReactNode {
  const text = useText()
  return (
    <span className="not-kept">
      <Pictogram name="picture" />
      {text('finance.notKept')}
    </span>
  )
}
