// Where a matter goes and by when: all that is written back to the office. Whom it accuses is asked first, and is no
// longer in the list of bodies then.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  type Envelope,
  envelope as envelopeShape,
  type RoutingBody,
  type RoutingRequest,
} from '../../contract/console/inbox.ts'
import type { ReportMessage } from '../../contract/report.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { useApi } from '../parts/session.tsx'
import { DEADLINE_NAMES, deadlinesOf, likelyAccused, openTo } from './words.ts'

interface Props {
  envelope: Envelope
  message: ReportMessage
  bodies: readonly RoutingBody[]
}

function firstRouting({ envelope, message, bodies }: Props): RoutingRequest {
  const { routing } = envelope
  return {
    body: routing?.body ?? 'inspection',
    accuses: likelyAccused(message, bodies),
    deadlines: routing?.deadlines ?? deadlinesOf(message),
    goesUp: routing?.goesUp ?? false,
    extended: routing?.extended ?? false,
    told: (routing?.told ?? '') !== '',
    closed: (routing?.closed ?? '') !== '',
  }
}

export function RoutingForm(props: Props) {
  const { envelope, bodies } = props
  const [routing, setRouting] = useState(() => firstRouting(props))
  const api = useApi()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: (request: RoutingRequest) =>
      api.put(`/console/api/inbox/messages/${envelope.id}`, request, envelopeShape),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['inbox'] }),
  })
  const open = openTo(bodies, routing.accuses, routing.goesUp)
  const body = open.some(({ code }) => code === routing.body) ? routing.body : (open[0]?.code ?? '')
  const change = (part: Partial<RoutingRequest>): void => setRouting({ ...routing, ...part })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate({ ...routing, body })
  }
  return (
    <form className="inbox-form" aria-label="办理" onSubmit={submit}>
      <h3>办理</h3>
      <Accused bodies={bodies} accused={routing.accuses} onChange={(accuses) => change({ accuses })} />
      <Tick
        label="反映的是本机关负责人：报送上一级，不进日常列表"
        ticked={routing.goesUp}
        onChange={(goesUp) => change({ goesUp })}
      />
      <Select
        label="转给"
        value={body}
        options={open.map(({ code, name }) => ({ value: code, title: name }))}
        onChange={(event) => change({ body: event.target.value })}
      />
      <Select
        label="期限"
        value={routing.deadlines}
        options={Object.entries(DEADLINE_NAMES).map(([value, title]) => ({ value, title }))}
        onChange={(event) => change({ deadlines: event.target.value === 'petition' ? 'petition' : 'question' })}
      />
      <Tick label="已告知是否受理" ticked={routing.told} onChange={(told) => change({ told })} />
      <Tick label="经批准延长 30 日" ticked={routing.extended} onChange={(extended) => change({ extended })} />
      <Tick label="已办结" ticked={routing.closed} onChange={(closed) => change({ closed })} />
      <ErrorNotice error={save.error} />
      {save.isSuccess && <Notice kind="good">办理情况已记下。信的内容没有离开本页。</Notice>}
      <Button type="submit" kind="main" busy={save.isPending}>
        记下
      </Button>
    </form>
  )
}

function Accused(props: {
  bodies: readonly RoutingBody[]
  accused: readonly string[]
  onChange: (accused: string[]) => void
}) {
  const { bodies, accused, onChange } = props
  const rest = bodies.filter(({ code, kind }) => kind !== 'up' && !accused.includes(code))
  return (
    <fieldset>
      <legend>被反映的单位（绝不转给它们）</legend>
      {bodies
        .filter(({ code }) => accused.includes(code))
        .map(({ code, name }) => (
          <Tick key={code} label={name} ticked onChange={() => onChange(accused.filter((one) => one !== code))} />
        ))}
      <Select
        label="再加一个"
        value=""
        options={[{ value: '', title: '请选' }, ...rest.map(({ code, name }) => ({ value: code, title: name }))]}
        onChange={(event) => event.target.value !== '' && onChange([...accused, event.target.value])}
      />
    </fieldset>
  )
}

function Tick(props: { label: string; ticked: boolean; onChange: (ticked: boolean) => void }) {
  return (
    <label className="inbox-tick">
      <input type="checkbox" checked={props.ticked} onChange={(event) => props.onChange(event.target.checked)} />
      {props.label}
    </label>
  )
}
