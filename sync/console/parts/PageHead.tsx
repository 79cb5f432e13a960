// Head of a page: its title, what it is for, and its main action at the right. Also names the browser's tab.
import './page-head.css'
import { type ReactNode, useEffect } from 'react'

export function PageHead({ title, about, children }: { title: string; about?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · 阳光查询终端`
  }, [title])
  return (
    <header className="c-head">
      <div>
        <h1>{title}</h1>
        {about !== undefined && <p>{about}</p>}
      </div>
      {children !== undefined && <div className="c-row">{children}</div>}
    </header>
  )
}
