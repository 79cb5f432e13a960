// On the home page: errors and warnings that stand in the way of the next release.
import { Link } from 'wouter'
import { useOverview } from './queries.ts'

export function WaitingChecks() {
  const { data } = useOverview()
  if (data === undefined || (data.errors === 0 && data.warnings === 0 && !data.stale)) return null
  const found = `${data.errors} 个错误，${data.warnings} 条提醒待说明`
  return <Link href="/checks">数据检查：{data.stale ? '有新的数据还没检查' : found}</Link>
}
