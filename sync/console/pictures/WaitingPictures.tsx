// On the home page: how many pictures wait for a look.
import { Link } from 'wouter'
import { usePictures } from './queries.ts'

export function WaitingPictures() {
  const { data } = usePictures('waiting', 0)
  if (data === undefined || data.waiting === 0) return null
  return <Link href="/pictures">{data.waiting} 张图片等着看过才能公开</Link>
}
