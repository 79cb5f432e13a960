// The proof's look at texts: personal numbers in any field, offices' numbers only where they belong and as approved,
// addresses in names, masked payees' names in free texts (P5).
import type { Kind } from '../../contract/rows.ts'
import type { Failure } from './failure.ts'
import type { ProofFacts } from './proof-facts.ts'
import { addressLeak, numberLeak } from './shapes.ts'
import { FREE_TEXTS, fieldsIn, HEX_FIELDS, NAME_FIELDS, PHONE_FIELDS, stringsIn } from './texts.ts'

/** Strings seen to be clean, at most: batches, units and labels repeat a million times. */
const MAX_REMEMBERED = 200_000
const STATUTE_NAME = 3
const ANY_NAME = 2

export class TextProof {
  readonly #facts: ProofFacts
  readonly #clean = new Set<string>()

  constructor(facts: ProofFacts) {
    this.#facts = facts
  }

  /** What one field of one row leaks. */
  *check(kind: Kind, field: string, value: unknown, where: string): Generator<Failure> {
    // Noise to all but one: a run of digits in it means nothing, and `giveAnswer` took it only in that form.
    if (kind === 'answers') return
    if (fieldsIn(HEX_FIELDS, kind).includes(field)) {
      yield* this.#captions(kind, field, value, where)
      return
    }
    if (typeof value === 'number' || value === null || typeof value === 'boolean') return
    if (fieldsIn(PHONE_FIELDS, kind).includes(field)) {
      if (typeof value === 'string' && value !== '' && !this.#facts.approvedPhones.has(value)) {
        yield {
          rule: 'unapproved-phone',
          where,
          what: `${field} holds a number that is not on the office's approved list (approved-phones.txt in its folder, one a line)`,
        }
      }
      return
    }
    for (const text of stringsIn(value)) yield* this.#text(kind, field, text, where)
  }

  *#text(kind: Kind, field: string, text: string, where: string): Generator<Failure> {
    const known = `${kind} ${field} ${text}`
    if (text.length < 64 && this.#clean.has(known)) return
    let clean = true
    for (const failure of this.#leaks(kind, field, text, where)) {
      clean = false
      yield failure
    }
    if (clean && text.length < 64 && this.#clean.size < MAX_REMEMBERED) this.#clean.add(known)
  }

  *#leaks(kind: Kind, field: string, text: string, where: string): Generator<Failure> {
    const number = numberLeak(text)
    if (number !== null)
      yield {
        rule: number,
        where,
        what: `${field} holds what looks like ${number === 'id-number' ? 'an ID number' : `a ${number.replace('-', ' ')}`}`,
      }
    if (fieldsIn(NAME_FIELDS, kind).includes(field) && addressLeak(text)) {
      yield { rule: 'address', where, what: `${field} holds what looks like an address` }
    }
    if (!fieldsIn(FREE_TEXTS, kind).includes(field)) return
    const at = this.#facts.maskedNames.find(text, kind === 'clauses' || kind === 'documents' ? STATUTE_NAME : ANY_NAME)
    if (at >= 0)
      yield {
        rule: 'masked-name-in-text',
        where,
        what: `${field} names a payee of a masked fund at character ${at + 1}`,
      }
  }

  /** Hex itself says nothing, but nothing else may hide in its place. */
  *#captions(kind: Kind, field: string, value: unknown, where: string): Generator<Failure> {
    if (field === 'photos') return
    for (const text of stringsIn(value)) {
      if (!/^[0-9a-f]*$/.test(text)) yield* this.#leaks(kind, field, text, where)
    }
  }
}
