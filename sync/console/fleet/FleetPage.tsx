// The terminals' pages: the board, alarms, use, and one terminal.
import './fleet.css'
import { Link, Route, Switch, useLocation } from 'wouter'
import { PageHead } from '../parts/PageHead.tsx'
import { Alarms } from './Alarms.tsx'
import { Board } from './Board.tsx'
import { TerminalView } from './TerminalView.tsx'
import { Usage } from './Usage.tsx'

const VIEWS = [
  { path: '/terminals', title: '全部终端', View: Board },
  { path: '/terminals/alarms', title: '警报', View: Alarms },
  { path: '/terminals/usage', title: '使用情况', View: Usage },
] as const

export function FleetPage() {
  return (
    <Switch>
      {VIEWS.map(({ path, title, View }) => (
        <Route key={path} path={path}>
          <PageHead title={path === '/terminals' ? '终端' : title}>
            <Views />
          </PageHead>
          <View />
        </Route>
      ))}
      <Route path="/terminals/:id">{({ id }) => <TerminalView terminal={id} />}</Route>
    </Switch>
  )
}

function Views() {
  const [location] = useLocation()
  return (
    <nav className="fleet-views" aria-label="终端的几页">
      {VIEWS.map(({ path, title }) => (
        <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  )
}
