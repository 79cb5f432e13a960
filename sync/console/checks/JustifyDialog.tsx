// Why a warning may stand, in words, under the speaker's name: for one row, or for all open ones of a rule.
import { useState } from 'react'
import type { Finding, RuleSummary } from '../../contract/console/checks.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { TextField } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { useActor } from '../parts/session.tsx'
import { useJustify } from './queries.ts'

const FEWEST = 4

export function JustifyDialog(props: { rule: RuleSummary; finding: Finding | 'all'; onClose: () => void }) {
  const { rule, finding, onClose } = props
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const justify = useJustify()
  const actor = useActor()
  const short = words.trim().length < FEWEST
  const send = (): void => {
    setTried(true)
    if (short) return
    const what = finding === 'all' ? { rule: rule.id } : { id: finding.id }
    justify.mutate({ ...what, words: words.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog title={finding === 'all' ? `一并说明：${rule.title}` : `说明：${rule.title}`} onClose={onClose}>
      <form
        className="c-stack"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <p>
          {finding === 'all'
            ? `${rule.warnings} 条待说明的提醒都用这句理由。只有逐条核实过、原因相同的，才一并说明。`
            : `${finding.placeName}：${finding.value}；应当：${finding.wanted}`}
        </p>
        <TextField
          label="核实的情况和理由"
          help={`会和您的姓名（${actor.name}）、时间一起留下，审核人和审计员看得到。`}
          rows={3}
          maxLength={300}
          value={words}
          error={tried && short ? `至少写 ${FEWEST} 个字` : null}
          onChange={({ target }) => setWords(target.value)}
        />
        <ErrorNotice error={justify.error} />
        <div className="c-row">
          <Button type="submit" kind="main" busy={justify.isPending}>
            确认说明
          </Button>
          <Button onClick={onClose}>取消</Button>
        </div>
      </form>
    </Dialog>
  )
}
