// The first page: what waits for this person, by role; each room says it for itself.
import { Suspense } from 'react'
import { Link } from 'wouter'
import type { PageEntry } from '../pages.ts'
import { Empty } from '../parts/Empty.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { useActor } from '../parts/session.tsx'
import './home.css'

export function HomePage({ pages }: { pages: readonly PageEntry[] }) {
  const actor = useActor()
  return (
    <>
      <PageHead title="待办" about={`${actor.name}，等您处理的事写在各项下面。`} />
      {pages.length === 0 && <Empty>您的账号还没有可办的事，请找账号管理员。</Empty>}
      <ul className="home-list">
        {pages.map(({ path, title, Waiting }) => (
          <li key={path} className="home-item">
            <Link href={path} className="home-title">
              {title}
            </Link>
            {Waiting !== undefined && (
              <Suspense fallback={<p>正在查询……</p>}>
                <Waiting />
              </Suspense>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
