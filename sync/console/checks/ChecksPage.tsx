// Checks: what the rules found in what was imported, rule by rule, and what stands in the way of the next release.
import './checks.css'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CheckOverview, RuleSummary } from '../../contract/console/checks.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { CheckSettingsDialog } from './CheckSettingsDialog.tsx'
import { useOverview, useRunChecks } from './queries.ts'
import { RuleFindings } from './RuleFindings.tsx'

export function ChecksPage() {
  const overview = useOverview()
  const run = useRunChecks()
  const queries = useQueryClient()
  const actor = useActor()
  const [settings, setSettings] = useState(false)
  const maySet = hasRole(actor, ['reviewer']) && actor.township === null
  return (
    <div className="c-stack">
      <PageHead
        title="数据检查"
        about="错误要改正后重新导入，才能公开；提醒要核实，并写明一句理由。每条规则都写着依据和做法。"
      >
        {maySet && <Button onClick={() => setSettings(true)}>检查设置</Button>}
        <Button kind="main" busy={run.isPending} onClick={() => run.mutate()}>
          重新检查
        </Button>
      </PageHead>
      <ErrorNotice error={overview.error ?? run.error} />
      {run.data !== undefined && (
        <JobProgress
          key={run.data.id}
          id={run.data.id}
          onEnd={() => void queries.invalidateQueries({ queryKey: ['checks'] })}
        />
      )}
      {overview.data !== undefined && <Overview overview={overview.data} />}
      {settings && overview.data !== undefined && (
        <CheckSettingsDialog settings={overview.data.settings} onClose={() => setSettings(false)} />
      )}
    </div>
  )
}

function Overview({ overview }: { overview: CheckOverview }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const rule = overview.rules.find(({ id }) => id === chosen)
  if (rule !== undefined) return <RuleFindings key={rule.id} rule={rule} onBack={() => setChosen(null)} />
  return (
    <>
      <Verdict overview={overview} />
      <Table
        caption="各条规则和查出的问题"
        columns={columns(setChosen)}
        rows={[...overview.rules].sort((a, b) => weight(b) - weight(a))}
        keyOf={({ id }) => id}
        empty="没有规则"
      />
    </>
  )
}

/** Errors first, then what waits for a word, then the rest in the rules' own order. */
function weight({ errors, warnings, justified }: RuleSummary): number {
  return (errors > 0 ? 4 : 0) + (warnings > 0 ? 2 : 0) + (justified > 0 ? 1 : 0)
}

function Verdict({ overview: { ranAt, stale, errors, warnings } }: { overview: CheckOverview }) {
  if (ranAt === '') return <Notice kind="warn">还没有检查过，请按“重新检查”。</Notice>
  const when = new Date(ranAt).toLocaleString('zh-CN', { hour12: false })
  if (stale) return <Notice kind="warn">{when} 检查以后，又有导入、撤回或发布，下面的数可能变了，请重新检查。</Notice>
  if (errors > 0)
    return (
      <Notice kind="bad">
        {when} 查出 {errors} 个错误、{warnings} 条待说明的提醒。有错误就不能公开。
      </Notice>
    )
  if (warnings > 0)
    return (
      <Notice kind="warn">
        {when} 没有错误，还有 {warnings} 条提醒要写明理由。
      </Notice>
    )
  return <Notice kind="good">{when} 检查过：没有错误，提醒都已说明。</Notice>
}

function columns(onChoose: (rule: string) => void): Column<RuleSummary>[] {
  return [
    {
      key: 'title',
      title: '规则',
      width: '16em',
      show: (rule) =>
        rule.errors + rule.warnings + rule.justified > 0 ? (
          <button type="button" className="checks-link" onClick={() => onChoose(rule.id)}>
            {rule.title}
          </button>
        ) : (
          rule.title
        ),
    },
    { key: 'why', title: '为什么查', show: ({ why, source }) => <Why why={why} source={source} /> },
    { key: 'errors', title: '错误', right: true, show: ({ errors }) => <Count count={errors} kind="bad" /> },
    { key: 'warnings', title: '待说明', right: true, show: ({ warnings }) => <Count count={warnings} kind="warn" /> },
    { key: 'justified', title: '已说明', right: true, show: ({ justified }) => <Count count={justified} kind="off" /> },
  ]
}

function Why({ why, source }: { why: string; source: string }) {
  return (
    <>
      {why}
      <p className="checks-source">依据：{source}</p>
    </>
  )
}

function Count({ count, kind }: { count: number; kind: 'bad' | 'warn' | 'off' }) {
  if (count === 0) return <span className="checks-none">无</span>
  return <strong className={`checks-count checks-${kind}`}>{count.toLocaleString('zh-CN')}</strong>
}
