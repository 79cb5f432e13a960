// One rule with the rows it hit: where, what stands there, what was expected, what to do, and the words that let it stand.
import { useState } from 'react'
import type { Finding, RuleSummary } from '../../contract/console/checks.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { JustifyDialog } from './JustifyDialog.tsx'
import { CHECKS, useFindings } from './queries.ts'

const PAGE = 100

export function RuleFindings({ rule, onBack }: { rule: RuleSummary; onBack: () => void }) {
  const [offset, setOffset] = useState(0)
  const [justified, setJustified] = useState(false)
  const [asked, setAsked] = useState<Finding | 'all' | null>(null)
  const page = useFindings(rule.id, offset, justified)
  const maySay = hasRole(useActor(), ['operator', 'reviewer'])
  const total = page.data?.total ?? 0
  return (
    <section className="c-stack" aria-label={rule.title}>
      <div className="checks-rule">
        <h2>{rule.title}</h2>
        <p>{rule.why}</p>
        <p>
          <strong>怎么办：</strong>
          {rule.todo}
        </p>
        <p className="checks-source">依据：{rule.source}</p>
      </div>
      <div className="c-row">
        <Button onClick={onBack}>返回全部规则</Button>
        <label className="checks-check">
          <input
            type="checkbox"
            checked={justified}
            onChange={({ target }) => {
              setJustified(target.checked)
              setOffset(0)
            }}
          />
          连已说明的一起看
        </label>
        {maySay && rule.warnings > 1 && <Button onClick={() => setAsked('all')}>一并说明</Button>}
        <a href={`${CHECKS}/findings.csv?rule=${rule.id}&justified=1`} download>
          下载表格
        </a>
      </div>
      <ErrorNotice error={page.error} />
      {page.data !== undefined && (
        <Table
          caption={`${rule.title}：查出的行`}
          columns={columns(maySay, setAsked)}
          rows={page.data.findings}
          keyOf={({ id }) => id}
          empty="没有待处理的行"
        />
      )}
      {total > PAGE && <Pager offset={offset} total={total} onMove={setOffset} />}
      {rule.unlisted > 0 && (
        <p>另有 {rule.unlisted.toLocaleString('zh-CN')} 行没有逐条列出，请先处理列出的，再检查一次。</p>
      )}
      {asked !== null && <JustifyDialog rule={rule} finding={asked} onClose={() => setAsked(null)} />}
    </section>
  )
}

function Pager({ offset, total, onMove }: { offset: number; total: number; onMove: (offset: number) => void }) {
  return (
    <div className="c-row">
      <Button disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - PAGE))}>
        上一页
      </Button>
      <span>
        第 {offset + 1}–{Math.min(total, offset + PAGE)} 行，共 {total} 行
      </span>
      <Button disabled={offset + PAGE >= total} onClick={() => onMove(offset + PAGE)}>
        下一页
      </Button>
    </div>
  )
}

function columns(maySay: boolean, onAsk: (finding: Finding) => void): Column<Finding>[] {
  return [
    { key: 'level', title: '级别', show: ({ level }) => <Level level={level} /> },
    { key: 'place', title: '地区', show: ({ placeName }) => placeName },
    {
      key: 'where',
      title: '文件和行',
      show: ({ file, row, import: number }) => (
        <>
          {file}
          {row > 0 && ` 第 ${row} 行`}
          <p className="checks-source">第 {number} 次导入</p>
        </>
      ),
    },
    { key: 'value', title: '现在的内容', show: ({ value }) => value },
    { key: 'wanted', title: '应当', show: ({ wanted }) => wanted },
    {
      key: 'words',
      title: '说明',
      show: (finding) => <Words finding={finding} maySay={maySay} onAsk={onAsk} />,
    },
  ]
}

function Level({ level }: { level: Finding['level'] }) {
  return level === 'error' ? (
    <strong className="checks-count checks-bad">错误</strong>
  ) : (
    <strong className="checks-count checks-warn">提醒</strong>
  )
}

function Words(props: { finding: Finding; maySay: boolean; onAsk: (finding: Finding) => void }) {
  const { finding, maySay, onAsk } = props
  if (finding.level === 'error') return <>改正后重新导入</>
  if (finding.words !== '')
    return (
      <>
        {finding.words}
        <p className="checks-source">
          {finding.justifiedName}　{finding.justifiedAt.slice(0, 10)}
        </p>
      </>
    )
  if (!maySay) return <>待说明</>
  return (
    <Button onClick={() => onAsk(finding)} aria-label={`说明：${finding.value}`}>
      说明
    </Button>
  )
}
