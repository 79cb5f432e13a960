// Reporting as the screens see it: the chart's draft and receipt, and the way through envelope and host.
import { useCallback, useMemo, useRef } from 'react'
import type { HostState, TerminalProfile } from '../../../sync/contract/host-api.ts'
import type { ChangeDraft, Reporting, ReportSubject } from '../../navigation/report.ts'
import type { HostClient } from '../host-client.ts'
import type { ChartRef, ChartState } from '../use-chart.ts'
import { objectOf } from './compose.ts'
import { type Envelope, sendDraft } from './send.ts'
import { readLexicon } from './words.ts'

export interface ReportingParts {
  chart: { ref: ChartRef; state: ChartState }
  client: HostClient
  /** null while the host doesn't answer: then nothing can be stored, and no key is shown. */
  host: HostState | null
  profile: TerminalProfile
  today: string
  /** Number of the release on screen. */
  release: number
}

/** null where this terminal can't take messages now. The envelope lives as long as the visit is drawn (P6). */
export function useReporting(parts: ReportingParts): Reporting | null {
  const { chart, client, host, profile, release } = parts
  const { draft, receipt, village } = chart.state.context
  const { ref } = chart
  const send = useSend(parts)
  const begin = useCallback(
    (subject: ReportSubject) => {
      const object = objectOf(subject, village, profile, release)
      ref.send({ type: 'report', object, names: subject.names })
    },
    [ref, village, profile, release],
  )
  const able = host?.reporting === true
  const printer = host?.printer === true
  const online = host?.office === 'reachable'
  return useMemo(() => {
    // A receipt stays on screen even if the recipients have gone meanwhile.
    if (!able && receipt === null) return null
    return {
      draft,
      receipt,
      begin,
      send,
      online,
      lexicon: readLexicon,
      change: (change: ChangeDraft) => ref.send({ type: 'draft', change }),
      noted: () => ref.send({ type: 'home' }),
      print: printer ? client.print : null,
    }
  }, [able, draft, receipt, begin, send, online, ref, printer, client])
}

function useSend({ chart, client, profile, today }: ReportingParts): () => Promise<void> {
  const { ref } = chart
  const { terminal } = profile
  const envelope = useRef<Envelope | null>(null)
  return useCallback(async () => {
    const { draft, visit } = ref.getSnapshot().context
    if (draft === null) return
    const keep = (sealed: Envelope) => {
      envelope.current = sealed
    }
    const outbox = { recipients: client.recipients, store: client.store }
    const codes = await sendDraft(draft, envelope.current, outbox, { terminal, day: today }, keep)
    envelope.current = null
    ref.send({ type: 'sealed', visit, ...codes })
  }, [ref, client, terminal, today])
}
