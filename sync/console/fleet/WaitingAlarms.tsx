// The home page's line about the terminals: how many alarms nobody has taken on.
import { Link } from 'wouter'
import { useAlarms } from './queries.ts'

export function WaitingAlarms() {
  const { data } = useAlarms()
  const open = (data?.alarms ?? []).filter((one) => one.clearedAt === null && one.acknowledgedAt === null)
  if (open.length === 0) return null
  return <Link href="/terminals/alarms">{`${open.length} 个终端警报还没有人处理`}</Link>
}
