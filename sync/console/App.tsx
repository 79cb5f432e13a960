// The console's frame: who is signed in decides what is shown.
import './app.css'
import { Suspense } from 'react'
import { Link, Route, Router, Switch, useLocation } from 'wouter'
import { ROLE_NAMES } from '../contract/console/session.ts'
import { HomePage } from './home/HomePage.tsx'
import { LoginPage } from './login/LoginPage.tsx'
import { PAGES, type PageEntry } from './pages.ts'
import { Button } from './parts/Button.tsx'
import { Empty } from './parts/Empty.tsx'
import { PageHead } from './parts/PageHead.tsx'
import { hasRole, useActor, useSession } from './parts/session.tsx'
import { PasswordPage } from './password/PasswordPage.tsx'

export function App() {
  const { state, session, ask } = useSession()
  if (state === 'asking') return <p className="app-wait">正在连接县办公室……</p>
  if (state === 'offline')
    return (
      <main className="app-wait">
        <p>连不上县办公室的服务器。</p>
        <Button onClick={() => void ask()}>再试一次</Button>
      </main>
    )
  if (session === null) return <LoginPage />
  if (session.mustChange)
    return (
      <main className="app-alone">
        <PasswordPage forced />
      </main>
    )
  return (
    <Router base="/console">
      <Frame />
    </Router>
  )
}

function Frame() {
  const actor = useActor()
  const pages = PAGES.filter(({ roles }) => hasRole(actor, roles))
  return (
    <div className="app-frame">
      <a className="app-skip" href="#content">
        跳到正文
      </a>
      <Navigation pages={pages} />
      <main id="content" className="app-content" tabIndex={-1}>
        <Suspense fallback={<p className="app-loading">正在打开……</p>}>
          <Switch>
            <Route path="/">
              <HomePage pages={pages} />
            </Route>
            <Route path="/password">
              <PasswordPage />
            </Route>
            {pages.map(({ path, Page }) => (
              <Route key={path} path={`${path}/*?`} component={Page} />
            ))}
            <Route component={NoPage} />
          </Switch>
        </Suspense>
      </main>
    </div>
  )
}

function Navigation({ pages }: { pages: readonly PageEntry[] }) {
  const actor = useActor()
  const { signOut } = useSession()
  const groups = [...new Set(pages.map(({ group }) => group))]
  return (
    <nav className="app-nav" aria-label="主菜单">
      <p className="app-mark">
        阳光查询终端<span>县办公室</span>
      </p>
      <div className="app-links">
        <NavigationLink path="/" title="待办" />
        {groups.map((group) => (
          <div key={group} className="app-group">
            <p className="app-group-name">{group}</p>
            {pages
              .filter((page) => page.group === group)
              .map(({ path, title }) => (
                <NavigationLink key={path} path={path} title={title} />
              ))}
          </div>
        ))}
      </div>
      <div className="app-person">
        <p className="app-name">{actor.name}</p>
        <p className="app-roles">{actor.roles.map((role) => ROLE_NAMES[role]).join('、')}</p>
        <p>
          <Link href="/password" className="app-link">
            改密码
          </Link>
          <button type="button" className="app-link" onClick={() => void signOut()}>
            退出
          </button>
        </p>
      </div>
    </nav>
  )
}

function NavigationLink({ path, title }: { path: string; title: string }) {
  const [location] = useLocation()
  const here = path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`)
  return (
    <Link href={path} className="app-nav-link" aria-current={here ? 'page' : undefined}>
      {title}
    </Link>
  )
}

function NoPage() {
  return (
    <>
      <PageHead title="没有这一页" />
      <Empty>地址不对，或者您的账号不办理这件事。</Empty>
    </>
  )
}
