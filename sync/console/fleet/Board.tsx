// The thirty on one page: worst first, then by township. One look says which terminal needs somebody.
import { Link } from 'wouter'
import { type BoardLine, TERMINAL_STATES } from '../../contract/console/fleet.ts'
import { ErrorNotice } from '../parts/Notice.tsx'
import { useBoard } from './queries.ts'
import { StateMark } from './StateMark.tsx'
import { ALARM_WORDS, timeInWords, whyInWords } from './words.ts'

export function Board() {
  const { data, error } = useBoard()
  if (data === undefined) return error === null ? <p>正在查看终端……</p> : <ErrorNotice error={error} />
  const counts = TERMINAL_STATES.map((state) => ({
    state,
    count: data.lines.filter((line) => line.state === state).length,
  })).filter(({ count }) => count > 0)
  return (
    <>
      <ErrorNotice error={error} />
      <ul className="fleet-counts" aria-label="各种状态的台数">
        {counts.map(({ state, count }) => (
          <li key={state}>
            <StateMark state={state} /> <b>{count}</b> 台
          </li>
        ))}
        <li className="fleet-published">
          {data.published === null ? '还没有发布过' : `已发布第 ${data.published} 期`}，{timeInWords(data.now)} 的情况
        </li>
      </ul>
      <ul className="fleet-board" aria-label="终端">
        {data.lines.map((line) => (
          <li key={line.terminal}>
            <Tile line={line} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Tile({ line }: { line: BoardLine }) {
  const others = line.alarms.filter((kind) => kind !== 'silent' && kind !== 'refusing')
  // That a terminal reports in time is no news beside a full disk.
  const why = line.state === 'fresh' && others.length > 0 ? [] : [whyInWords(line.why)]
  const reasons = [...others.map((kind) => ALARM_WORDS[kind]), ...why]
  return (
    <Link href={`/terminals/${line.terminal}`} className="fleet-tile" data-state={line.state}>
      <span className="fleet-tile-head">
        <StateMark state={line.state} />
        <b>{line.terminal}</b>
      </span>
      <span className="fleet-name">{line.name}</span>
      <span className="fleet-why" data-alarm={others.length > 0 ? '' : undefined}>
        {others.length > 0 && '！'}
        {reasons.join('；')}
      </span>
      <span className="fleet-facts">
        {line.heardAt === null ? '' : `${timeInWords(line.heardAt)} · `}
        {line.release === null ? line.townshipName : `第 ${line.release} 期`}
      </span>
    </Link>
  )
}
