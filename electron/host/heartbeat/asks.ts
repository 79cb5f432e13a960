// What the office asked for: the end of the log at once, a picture of the screen only while nobody stands there.
//
//   asked ─ log ─────────────────────────────────► signed upload
//     └──── screenshot ─ resting ─► taken ─ still the same rest ─► signed upload
//                └─ visit ─► waits for the rest      └─ a visit began meanwhile ─► thrown away, waits again   (P6)
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { TerminalConfig } from '../../../kiosk-config/schema.ts'
import { codeOf, messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import {
  type AskKind,
  LOG_TAIL_BYTES,
  MAX_UPLOAD_BYTES,
  UPLOAD_TYPE,
  type Upload,
} from '../../../sync/contract/fleet.ts'
import type { Identity } from '../identity/identity.ts'
import { LOG_NAME, type Log } from '../log.ts'
import type { Line } from './line.ts'
import type { Usage } from './usage.ts'

export interface Ask {
  id: string
  kind: AskKind
}
export interface AskParts {
  dataFolder: string
  identity: Identity
  usage: Usage
  log: Log
  clock(): Date
  /** PNG of the screen; null where this shell can't. */
  screenshot(): Promise<Uint8Array | null>
}

export interface Asks {
  /** Begins what isn't under way already; the office tells again what hasn't come. Never throws. */
  take(asks: readonly Ask[], config: TerminalConfig, line: Line): void
  /** When nothing that was begun is under way; what waits for a rest doesn't count. */
  idle(): Promise<void>
}

export function openAsks(parts: AskParts): Asks {
  const waiting = new Set<string>()
  let work: Promise<void> = Promise.resolve()
  const send = (ask: Ask, config: TerminalConfig, line: Line): void => {
    work = work.then(async () => {
      try {
        const bytes = ask.kind === 'log' ? logTail(parts.dataFolder) : await picture(parts)
        if (bytes === null) return
        const jws = await parts.identity.sign(uploadOf(ask, config, bytes, parts.clock()), UPLOAD_TYPE, {
          kid: config.terminal,
        })
        await line.upload(ask.id, jws, bytes)
        parts.log('ask-answered', { kind: ask.kind, id: ask.id, bytes: bytes.length })
      } catch (error) {
        parts.log('ask-failed', { kind: ask.kind, id: ask.id, code: codeOf(error, 'E-STATE'), why: messageOf(error) })
      } finally {
        waiting.delete(ask.id)
      }
    })
  }
  return {
    take(asks, config, line) {
      for (const ask of asks) {
        if (waiting.has(ask.id)) continue
        waiting.add(ask.id)
        if (ask.kind === 'log') send(ask, config, line)
        else parts.usage.whenResting(() => send(ask, config, line))
      }
    },
    idle: () => work,
  }
}

function uploadOf(ask: Ask, config: TerminalConfig, bytes: Uint8Array, now: Date): Upload {
  return {
    county: config.county,
    terminal: config.terminal,
    id: ask.id,
    kind: ask.kind,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    iat: Math.floor(now.getTime() / 1000),
  }
}

/** P6: of the attract or maintenance screen only. Null where a visit is on or began meanwhile: it is asked for again. */
async function picture({ usage, screenshot }: AskParts): Promise<Uint8Array | null> {
  const before = usage.visits()
  if (!usage.resting()) return null
  const bytes = await screenshot()
  if (bytes === null)
    throw new SunhallError('E-STATE', 'Expected a shell that can picture its screen, got one that can’t')
  if (!usage.resting() || usage.visits() !== before) return null
  if (bytes.length <= MAX_UPLOAD_BYTES) return bytes
  throw new SunhallError('E-LENGTH', `Expected a picture of at most ${MAX_UPLOAD_BYTES} bytes, got ${bytes.length}`)
}

/** The last whole lines of the host's log. */
function logTail(dataFolder: string): Uint8Array {
  const handle = openSync(join(dataFolder, 'logs', LOG_NAME), 'r')
  try {
    const { size } = fstatSync(handle)
    const start = Math.max(0, size - LOG_TAIL_BYTES)
    const bytes = Buffer.alloc(size - start)
    const read = readSync(handle, bytes, 0, bytes.length, start)
    const whole = bytes.subarray(start === 0 ? 0 : bytes.indexOf('\n') + 1, read)
    return whole.length > 0 ? whole : Buffer.from('\n')
  } finally {
    closeSync(handle)
  }
}
