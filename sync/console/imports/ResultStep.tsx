// Third step: the fate of every row, the refused cells one by one, and the choice: whole, the good rows, or not at all.
import type { ImportReportView } from '../../contract/console/imports.ts'
import { sayReason } from '../../contract/console/reasons.ts'
import { Button } from '../parts/Button.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Table } from '../parts/Table.tsx'
import { yuan } from './order.ts'

const KINDS: Readonly<Record<string, string>> = {
  total: '合计',
  subtotal: '小计',
  signature: '签名或说明',
  heading: '重复的表头',
}

export function ResultStep(props: {
  report: ImportReportView | null
  onTake: (take: 'whole' | 'part') => void
  onBack: () => void
}) {
  const { report, onTake, onBack } = props
  if (report === null) return null
  const clean = report.refused === 0
  return (
    <>
      <Fates report={report} />
      {report.taken && <Notice kind="good">第 {report.import} 批已入库，等待检查和审核；公开前还须另一人审核。</Notice>}
      {report.sameFileAs !== null && (
        <Notice kind="warn">这个文件和第 {report.sameFileAs} 批一模一样。两批都要吗？不要的请撤回。</Notice>
      )}
      {report.unit === '万元' && <Notice kind="warn">表上写明单位：万元，金额已按万元读取。</Notice>}
      {report.warnings.map((warning) => (
        <Notice key={sayReason(warning, 'zh')}>{sayReason(warning, 'zh')}</Notice>
      ))}
      {report.sheets.length > 1 && <Sheets report={report} />}
      {report.totals.length > 0 && <Totals report={report} />}
      {report.skippedLines.length > 0 && (
        <p className="imports-titles">
          不算行的：
          {report.skippedLines
            .slice(0, 8)
            .map(
              ({ sheet, row, kind }) =>
                `${report.sheets.length > 1 ? `“${sheet}”` : ''}第 ${row} 行（${KINDS[kind] ?? kind}）`,
            )
            .join('、')}
        </p>
      )}
      {!clean && <RefusedCells report={report} />}
      {!report.taken && (
        <div className="c-row imports-actions">
          {clean ? (
            <Button kind="main" onClick={() => onTake('whole')}>
              整个文件入库
            </Button>
          ) : (
            <Button kind="danger" onClick={() => onTake('part')} busy={report.accepted === 0}>
              只入库 {report.accepted.toLocaleString('zh-CN')} 行好的，{report.refused.toLocaleString('zh-CN')} 行留下
            </Button>
          )}
          <Button onClick={onBack}>回去改表头</Button>
        </div>
      )}
    </>
  )
}

function Fates({ report }: { report: ImportReportView }) {
  const fates = [
    [report.taken ? '已入库' : '可入库', report.accepted],
    ['拒收', report.refused],
    ['文件内重复', report.duplicates],
    ['不算行', report.skipped],
  ] as const
  return (
    <dl className="imports-fates">
      {fates.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count.toLocaleString('zh-CN')}</dd>
        </div>
      ))}
    </dl>
  )
}

function Sheets({ report }: { report: ImportReportView }) {
  const number = (value: number): string => value.toLocaleString('zh-CN')
  return (
    <Table
      caption="各张工作表"
      captionShown
      columns={[
        { key: 'sheet', title: '工作表', show: ({ sheet }) => sheet },
        { key: 'accepted', title: '可入库', right: true, show: ({ accepted }) => number(accepted) },
        { key: 'refused', title: '拒收', right: true, show: ({ refused }) => number(refused) },
        { key: 'duplicates', title: '重复', right: true, show: ({ duplicates }) => number(duplicates) },
        { key: 'skipped', title: '不算行', right: true, show: ({ skipped }) => number(skipped) },
      ]}
      rows={report.sheets}
      keyOf={({ sheet }) => sheet}
      empty="没有"
    />
  )
}

function Totals({ report }: { report: ImportReportView }) {
  const lines = report.totals.flatMap(({ sheet, row, label, figures, refused, duplicates }) =>
    figures.map((figure) => ({
      ...figure,
      sheet,
      row,
      label,
      left: refused + duplicates,
      key: `${sheet} ${row} ${figure.heading}`,
    })),
  )
  return (
    <Table
      caption="合计和各行之和"
      captionShown
      columns={[
        { key: 'sheet', title: '工作表', show: ({ sheet }) => sheet || '—' },
        { key: 'row', title: '行', right: true, show: ({ row }) => row },
        { key: 'label', title: '名目', show: ({ label }) => label },
        { key: 'heading', title: '列', show: ({ heading }) => heading },
        {
          key: 'said',
          title: '表上写的（元）',
          right: true,
          show: ({ said, text }) => (said === null ? text : yuan(said)),
        },
        { key: 'summed', title: '可入库各行之和（元）', right: true, show: ({ summed }) => yuan(summed) },
        {
          key: 'same',
          title: '比对',
          show: ({ said, summed, left }) =>
            said === summed ? '相符' : <strong>不符{left > 0 && `（上面有 ${left} 行拒收或重复）`}</strong>,
        },
      ]}
      rows={lines.slice(0, 30)}
      keyOf={({ key }) => key}
      empty="没有"
    />
  )
}

function RefusedCells({ report }: { report: ImportReportView }) {
  const link = `/console/api/imports/tries/${report.run}/refused`
  return (
    <>
      <div className="c-row imports-refused">
        <h2>拒收的格子</h2>
        {report.refusedWorkbook !== null && (
          <a href={`${link}.xlsx`} download>
            下载待改的 Excel（坏格标红，改好可直接再传）
          </a>
        )}
        {report.refusedFile !== null && (
          <a href={`${link}.csv`} download>
            下载 CSV（全部）
          </a>
        )}
      </div>
      <Table
        caption="拒收的格子"
        columns={[
          { key: 'sheet', title: '工作表', show: ({ sheet }) => sheet || '—' },
          { key: 'row', title: '行', right: true, show: ({ row }) => row },
          { key: 'column', title: '列', show: ({ column }) => column || '整行' },
          { key: 'heading', title: '表头', show: ({ heading }) => heading },
          {
            key: 'value',
            title: '内容',
            show: ({ value }) => <span className="imports-value">{value || '（空）'}</span>,
          },
          { key: 'reason', title: '原因', show: ({ reason }) => sayReason(reason, 'zh') },
        ]}
        rows={report.refusedCells}
        keyOf={({ sheet, row, column, reason }) => `${sheet} ${row} ${column} ${reason.code}`}
        empty="没有"
      />
      {report.refused > report.refusedCells.length && (
        <p className="imports-titles">这里只列前 {report.refusedCells.length} 格，全部在下载的文件里。</p>
      )}
    </>
  )
}
