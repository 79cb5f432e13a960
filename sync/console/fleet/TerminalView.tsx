// One terminal in full: how it stands, what it said last, what was asked of it, and what can be done.
import { Link } from 'wouter'
import type { TerminalPage } from '../../contract/console/fleet.ts'
import { ErrorNotice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { Table } from '../parts/Table.tsx'
import { AlarmTable } from './AlarmTable.tsx'
import { Asks } from './Asks.tsx'
import { Deeds } from './Deeds.tsx'
import { useTerminal } from './queries.ts'
import { StateMark } from './StateMark.tsx'
import { bytesInWords, offsetInWords, spanInWords, timeInWords, whyInWords } from './words.ts'

export function TerminalView({ terminal }: { terminal: string }) {
  const { data, error } = useTerminal(terminal)
  const technician = hasRole(useActor(), ['technician'])
  return (
    <>
      <PageHead title={data === undefined ? terminal : `${terminal} ${data.line.name}`} about={<BackToBoard />} />
      <ErrorNotice error={error} />
      {data !== undefined && (
        <div className="c-stack">
          <p className="fleet-verdict">
            <StateMark state={data.line.state} />
            {whyInWords(data.line.why)}
          </p>
          {technician && <Deeds page={data} />}
          <Facts page={data} />
          <Asks page={data} mayRead={technician} />
          <AlarmTable alarms={data.alarms} caption="警报" empty="这台终端没有警报。" />
          <History page={data} />
        </div>
      )}
    </>
  )
}

function BackToBoard() {
  return <Link href="/terminals">← 全部终端</Link>
}

function Facts({ page }: { page: TerminalPage }) {
  const { line, heartbeat } = page
  const facts: [name: string, value: string][] = [
    ['乡镇', line.townshipName],
    ['上次报告', timeInWords(line.heardAt)],
    ['显示的一期', line.release === null ? '—' : `第 ${line.release} 期，数据到 ${line.dataUntil ?? '—'}`],
    ['磁盘剩余', bytesInWords(line.diskFreeBytes)],
    ['时钟', offsetInWords(line.clockOffsetMs)],
    ['登记时间', timeInWords(page.enrolledAt)],
    ['终端公钥指纹', page.key ?? '—'],
    ['登记令牌', page.token === null ? '没有待用的' : `等终端来用，${timeInWords(page.token.until)} 前有效`],
  ]
  if (page.revoked !== null) facts.push(['停用', `${timeInWords(page.revoked.at)}，${page.revoked.why}`])
  if (heartbeat !== null) {
    facts.push(
      ['程序', `${heartbeat.appVersion}（${heartbeat.shell === 'electron' ? 'Electron' : '系统浏览器'}）`],
      ['浏览器', heartbeat.browser ?? '—'],
      ['系统', heartbeat.runtime],
      ['已开机', spanInWords(heartbeat.uptimeSeconds / 3600)],
      ['图片', heartbeat.media === null ? '—' : `${heartbeat.media.have} / ${heartbeat.media.wanted}`],
      ['上次关机', heartbeat.uncleanStop ? '断电或死机' : '正常'],
      [
        '最近的错误',
        heartbeat.lastError === null ? '没有' : `${heartbeat.lastError.code} ${heartbeat.lastError.message}`,
      ],
    )
  }
  return (
    <dl className="fleet-facts-list">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function History({ page }: { page: TerminalPage }) {
  return (
    <Table
      caption="报告记录（一周内每次，之前每天一次）"
      captionShown
      rows={page.history}
      keyOf={({ at }) => at}
      empty="还没有收到过报告。"
      columns={[
        { key: 'at', title: '时间', show: ({ at }) => timeInWords(at) },
        { key: 'release', title: '期', right: true, show: ({ release }) => release ?? '—' },
        { key: 'disk', title: '磁盘剩余', right: true, show: ({ diskFreeBytes }) => bytesInWords(diskFreeBytes) },
        { key: 'clock', title: '时钟', show: ({ clockOffsetMs }) => offsetInWords(clockOffsetMs) },
        { key: 'refusal', title: '拒收', show: ({ refusal }) => refusal || '—' },
        { key: 'error', title: '错误', show: (line) => line.error || '—' },
      ]}
    />
  )
}
