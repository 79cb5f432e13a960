// The county's own limits for the checks: forbidden expenses, closed months, and how much is unusual.
import { useState } from 'react'
import { type CheckSettings, checkSettings } from '../../contract/console/checks.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field, TextField } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { useSaveCheckSettings } from './queries.ts'

export function CheckSettingsDialog({ settings, onClose }: { settings: CheckSettings; onClose: () => void }) {
  const [forbidden, setForbidden] = useState(settings.forbidden.join('、'))
  const [rest, setRest] = useState({ ...settings })
  const save = useSaveCheckSettings()
  const words = forbidden.split(/[、,，\s]+/).filter((word) => word !== '')
  const read = checkSettings.safeParse({ ...rest, forbidden: words })
  const number = (name: 'resendDays' | 'outlierTimes' | 'rounding') => ({
    type: 'number',
    value: Number.isNaN(rest[name]) ? '' : rest[name],
    onChange: ({ target }: { target: HTMLInputElement }) => setRest({ ...rest, [name]: target.valueAsNumber }),
  })
  return (
    <Dialog title="检查设置" onClose={onClose}>
      <form
        className="c-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (read.success) save.mutate(read.data, { onSuccess: onClose })
        }}
      >
        <TextField
          label="村级财务禁止列支的词"
          help="用顿号隔开；在支出的摘要、科目和类别里查找。"
          rows={2}
          value={forbidden}
          onChange={({ target }) => setForbidden(target.value)}
        />
        <Field
          label="已结账到"
          help="这个月和以前的月份不能再加记录；不填就不限。"
          type="month"
          value={rest.closedUntil}
          onChange={({ target }) => setRest({ ...rest, closedUntil: target.value })}
        />
        <Field label="退回后多少天内应补发" min={1} {...number('resendDays')} />
        <Field label="超过通常金额多少倍算异常" min={2} {...number('outlierTimes')} />
        <Field label="标准×数量允许的取整误差（分）" min={0} max={100} {...number('rounding')} />
        {!read.success && <Notice kind="bad">有一项填得不对，请看每项的范围。</Notice>}
        <ErrorNotice error={save.error} />
        <div className="c-row">
          <Button type="submit" kind="main" busy={save.isPending}>
            保存
          </Button>
          <Button onClick={onClose}>取消</Button>
        </div>
      </form>
    </Dialog>
  )
}
