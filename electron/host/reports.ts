// The host's part of the report key (P4): whom to seal to, the journal, its way to the office, the slip. Put together
// here so that host and routes have one thing to hold. A journal that can't be opened shuts reporting, not the terminal.
import { join } from 'node:path'
import { codeOf, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { BATCH_TYPE, type HandOver } from '../../sync/contract/inbox.ts'
import { printRequest, type Recipients, sealedMessage } from '../../sync/contract/report.ts'
import { json, readBody } from './answers.ts'
import { openIdentity } from './identity/identity.ts'
import { type Delivered, deliver } from './journal/delivery.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import { postBatch } from './journal/post.ts'
import { startSlots } from './journal/slots.ts'
import type { Log } from './log.ts'
import { openPrinter } from './printing/printing.ts'
import type { Provisioning } from './provisioning.ts'
import { openRecipients } from './recipients/recipients.ts'
import type { Source } from './source.ts'
import type { Trust } from './trust/trust.ts'

export interface ReportParts {
  dataFolder: string
  trust: Trust
  provisioning: Provisioning
  clock(): Date
  log: Log
  changed(): void
  random?(): number
}
export interface Reports {
  /** Paths of sync/contract/host-api.ts that belong to the report key. */
  readonly routes: Readonly<Record<string, (request: Request) => Promise<Response> | Response>>
  /** What the page and the technician may know. */
  state(): { reporting: boolean; printer: boolean; waiting: number; setAside: number }
  /** Looks for a newer list of recipients where a look for a release has just succeeded. Never throws. */
  lookForRecipients(source: Source): Promise<void>
  deliverNow(): Promise<Delivered>
  close(): Promise<void>
}

export function openReports(parts: ReportParts): Reports {
  const { provisioning, clock, log, changed } = parts
  const journal = journalOrNone(parts)
  const recipients = openRecipients(join(parts.dataFolder, 'trust'), parts.trust.root)
  const printer = openPrinter()
  const random = parts.random ?? Math.random
  const identity = openIdentity(parts.dataFolder)
  /** By the terminal's own key once the office has taken it. */
  const sign = async (batch: HandOver): Promise<string | null> =>
    identity.enrolled() === null ? null : identity.sign(batch, BATCH_TYPE, { kid: batch.terminal })
  const send = (batch: HandOver): Promise<unknown> => {
    const url = provisioning.config()?.officeUrl
    if (url === undefined) throw new SunhallError('E-STATE', 'Expected the office’s address in the config, got none')
    return postBatch(url, batch, sign, () => clock().getTime())
  }
  const terminal = (): string | null => provisioning.config()?.terminal ?? null
  const slots = startSlots({
    schedule: () => scheduleOf(provisioning),
    now: () => clock().getTime(),
    random,
    async deliver() {
      if (journal === null) return { receipts: 0, refused: 0, setAside: 0, failure: null }
      const done = await deliver({ journal, send, terminal, officeKey: recipients.officeKey, random, log, changed })
      // How many, never when each was pressed.
      if (done.receipts + done.refused + done.setAside > 0 || done.failure !== null) log('delivery', { ...done })
      return done
    },
  })
  const current = (): Recipients | null =>
    journal === null || recipients.officeKey() === null ? null : recipients.current(clock())
  void printer.look().then((found) => found && changed())
  return {
    routes: {
      'GET /host/recipients': () => json(current() ?? noRecipients()),
      'POST /host/message': async (request) => {
        keep(journal, await readBody(request, sealedMessage))
        changed()
        return json({ stored: true })
      },
      'POST /host/print': async (request) => {
        await printer.print(await readBody(request, printRequest))
        return json({})
      },
    },
    state: () => ({
      reporting: current() !== null,
      printer: printer.available(),
      waiting: journal?.waiting().length ?? 0,
      setAside: journal?.refused() ?? 0,
    }),
    async lookForRecipients(source) {
      try {
        if (!(await recipients.update(source, clock()))) return
        log('recipients', { version: recipients.current(clock())?.version ?? null })
        changed()
      } catch (error) {
        // An office without inspectors' keys yet is none that attacks.
        if (codeOf(error, 'E-STORE') !== 'E-MISSING')
          log('recipients-refused', { code: codeOf(error, 'E-STORE'), why: messageOf(error) })
      }
    },
    deliverNow: slots.deliverNow,
    close: slots.close,
  }
}

function journalOrNone({ dataFolder, log }: ReportParts): Journal | null {
  try {
    return openJournal(join(dataFolder, 'journal'))
  } catch (error) {
    log('journal-shut', { code: codeOf(error, 'E-STORE'), why: messageOf(error) })
    return null
  }
}

/** P4: answers only after the message is on the disk. */
function keep(journal: Journal | null, message: Parameters<Journal['add']>[0]): void {
  if (journal === null)
    throw new SunhallError('E-STORE', 'Expected a journal on the disk, got none; call the technician: check the disk')
  journal.add(message)
}

function noRecipients(): never {
  throw new SunhallError(
    'E-MISSING',
    'Expected the inspectors’ signed keys, got none; the office publishes them with "county keys inspectors"',
  )
}

function scheduleOf(provisioning: Provisioning) {
  const config = provisioning.config()
  if (config === null) return null
  return { everyMinutes: config.schedule.everyMinutes, slot: config.slot, fleet: config.fleet }
}
