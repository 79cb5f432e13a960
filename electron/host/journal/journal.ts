// The host's journal of sealed messages (P4): each lies in a file of its own in <data>/journal, outside every browser
// profile, written aside, fsynced and renamed before the page may show a receipt, and goes only when the office has
// signed for it.
//
//   <id>.<sha256>.json           canonical JSON of the sealed message, as it is sent, byte for byte
//   <id>.<sha256>.json.refused   one that the office has signed never to take: kept, and not sent again
//   <id>.<sha256>.json.damaged   one that the disk no longer has whole
//
// Invariants: what `add` returned from is on the disk; a file whose bytes don't have the hash in its name is never
// delivered, nor thrown away; one id has one content. What lies here is a JWE: the terminal has no key to it.
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../../sync/contract/errors.ts'
import { MAX_JOURNAL_BYTES, MAX_JOURNAL_MESSAGES } from '../../../sync/contract/limits.ts'
import { MAX_SEALED_BYTES, type SealedMessage } from '../../../sync/contract/report.ts'
import type { Hash } from '../../../sync/contract/rows.ts'
import { canonicalJson } from '../../../sync/core/canonical.ts'
import { makeFolder, readIfThere, syncFolder, writeWhole } from '../files.ts'
import { sha256 } from '../hash.ts'

const REFUSED = '.refused'
const NAME = /^([0-9A-Z]{11})\.([0-9a-f]{64})\.json$/

/** What waits, without its content. */
export interface Waiting {
  id: string
  sha256: Hash
  bytes: number
}
export interface Journal {
  /**
   * Keeps a message; once this returns it survives any cut of power. The same message again is the one that is there.
   * Errors: E-STATE for the same id with other content, E-LENGTH for a message too long, E-QUOTA for a full journal or
   * disk, E-STORE.
   */
  add(message: SealedMessage): Waiting
  waiting(): Waiting[]
  /** Text as it was kept; null where the disk no longer has it whole. */
  read(entry: Waiting): string | null
  /** Sends a message no more, which stays on the disk: the office has signed that it never takes it. */
  setAside(entry: Waiting): void
  /** How many were set aside. */
  refused(): number
  /** Forgets a message that the office has signed for; gone for good once this returns. */
  remove(entry: Waiting): void
}
/** How much a journal holds at most; tests take smaller ones. */
export interface JournalLimits {
  messages: number
  bytes: number
}

/** Opens the journal, and takes away what a cut-off `add` left half written. Errors: E-STORE, E-QUOTA. */
export function openJournal(
  folder: string,
  limits: JournalLimits = { messages: MAX_JOURNAL_MESSAGES, bytes: MAX_JOURNAL_BYTES },
): Journal {
  makeFolder(folder)
  const entries = new Map<string, Waiting>()
  let refused = 0
  for (const name of readdirSync(folder)) {
    if (name.endsWith(REFUSED)) refused += 1
    if (name.endsWith('.part')) rmSync(join(folder, name), { force: true })
    const entry = entryOf(folder, name)
    if (entry !== null) entries.set(entry.id, entry)
  }
  const fileOf = ({ id, sha256: hash }: Waiting): string => join(folder, `${id}.${hash}.json`)
  return {
    add(message) {
      const text = canonicalJson(message)
      const entry = { id: message.id, sha256: sha256(text), bytes: Buffer.byteLength(text) }
      const known = entries.get(entry.id)
      if (known?.sha256 === entry.sha256) return known
      if (known !== undefined)
        throw new SunhallError('E-STATE', `Expected message ${entry.id} as it was, got other content; give it a new id`)
      requireRoom(entry, [...entries.values()], limits)
      writeWhole(fileOf(entry), text)
      entries.set(entry.id, entry)
      return entry
    },
    waiting: () => [...entries.values()],
    read(entry) {
      const bytes = readIfThere(fileOf(entry))
      return bytes !== null && sha256(bytes) === entry.sha256 ? bytes.toString('utf8') : null
    },
    setAside(entry) {
      renameSync(fileOf(entry), `${fileOf(entry)}${REFUSED}`)
      syncFolder(folder)
      entries.delete(entry.id)
      refused += 1
    },
    refused: () => refused,
    remove(entry) {
      rmSync(fileOf(entry), { force: true })
      syncFolder(folder)
      entries.delete(entry.id)
    },
  }
}

/** A file of the journal; null for anything else. What isn't whole is set aside for whoever can still read it. */
function entryOf(folder: string, name: string): Waiting | null {
  const [, id, hash] = NAME.exec(name) ?? []
  if (id === undefined || hash === undefined) return null
  const file = join(folder, name)
  const bytes = readIfThere(file)
  if (bytes !== null && sha256(bytes) === hash) return { id, sha256: hash, bytes: bytes.length }
  renameSync(file, `${file}.damaged`)
  return null
}

function requireRoom(entry: Waiting, entries: readonly Waiting[], limits: JournalLimits): void {
  if (entry.bytes > MAX_SEALED_BYTES)
    throw new SunhallError('E-LENGTH', `Expected a message of at most ${MAX_SEALED_BYTES} bytes, got ${entry.bytes}`)
  const total = entries.reduce((sum, { bytes }) => sum + bytes, entry.bytes)
  if (entries.length < limits.messages && total <= limits.bytes) return
  throw new SunhallError(
    'E-QUOTA',
    `Expected at most ${limits.messages} messages of ${limits.bytes} bytes waiting for the office, got one more; bring the line back, then try again`,
  )
}
