// What didn't follow a publication as it should: open data that wasn't exported, stores that still hold what was withdrawn.
import { z } from 'zod'
import type { JobView } from '../../contract/console/jobs.ts'
import { Notice } from '../parts/Notice.tsx'

const after = z.object({
  openData: z.object({ ok: z.boolean() }).nullish(),
  stores: z.array(z.object({ ok: z.boolean(), address: z.string() })).optional(),
})

/** `result` is what the verb said at its end; nothing is shown of one that published nothing. */
export function AfterPublication({ result }: { result: JobView['result'] }) {
  const { openData, stores = [] } = after.safeParse(result).data ?? {}
  const behind = stores.filter(({ ok }) => !ok)
  return (
    <>
      {openData?.ok === false && (
        <Notice kind="warn">
          本期已经发布，但公开数据没有导出。请技术员查明原因（审计记录里有），再运行 county export。
        </Notice>
      )}
      {behind.map(({ address }) => (
        <Notice key={address} kind="warn">
          {address} 还没有删掉撤回的内容。请检查网络和密钥，再运行 county push。
        </Notice>
      ))}
    </>
  )
}
