// What the check of the chain found, in words.
import type { AuditCheck } from '../../contract/console/audit.ts'
import { Notice } from '../parts/Notice.tsx'

const REASONS = {
  gap: '它前面少了记录',
  link: '它和前一条接不上',
  hash: '它写下以后被改过',
  'release-head': '这一期发布里记下的链头不在记录里，或顺序倒了',
  'noted-head': '先前抄下的链头不在记录里',
  record: '这一期的发布记录读不出来',
} as const

export function CheckResult({ found }: { found: AuditCheck }) {
  if (found.broken === null)
    return (
      <Notice kind="good">
        <p>
          完整：{found.entries} 条记录首尾相接，{found.releases} 期发布的链头都对得上。
        </p>
        <p>
          链头（可抄下存档）：<code>{found.head || '无'}</code>
        </p>
      </Notice>
    )
  const { seq, release, reason } = found.broken
  const place = seq !== null ? `第 ${seq} 条记录` : release !== null ? `第 ${release} 期发布` : '链头'
  return (
    <Notice kind="bad">
      <p>
        不完整：{place}：{REASONS[reason]}。
      </p>
      <p>前面的 {found.entries} 条没有问题。请保留数据库和发布目录，报告县纪委和上级。</p>
    </Notice>
  )
}
