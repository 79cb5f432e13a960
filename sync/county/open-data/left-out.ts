// What of a release isn't open data, with the reason. A test holds every field of every block kind against `tables.ts` and
// this list, so that a new field is either published or left out by somebody who said why.
import type { Kind, Rows } from '../../contract/rows.ts'

type FieldsLeftOut = { readonly [K in Kind]?: { readonly [F in keyof Rows[K]]?: string } }

/** Kinds of which no row is exported. */
export const KINDS_LEFT_OUT: { readonly [K in Kind]?: string } = {
  masked: 'masked funds are exported as the totals that are shown (domain.md, masked funds)',
  rollup: 'sums of the payments, which are exported row by row',
  names: 'an index of names that the payments hold',
  'name-index': 'an index of names that the payments hold',
  bigrams: 'an index of the clauses’ text',
  answers: 'sealed for one person each, among decoys',
}

/** Fields of exported kinds that no column holds. */
export const FIELDS_LEFT_OUT: FieldsLeftOut = {
  places: { initials: 'made from the name, for the keyboard of the terminals' },
  payments: {
    person: 'open data carries no person numbers; the payee stands there by name',
    serial: 'a person’s line in the village’s list: as good as a number',
    row: 'a person’s line in the village’s file: as good as a number; the file is named',
  },
  people: {
    number: 'open data carries no person numbers',
    household: 'open data carries no household numbers',
    relation: 'ties persons to a household',
    kind: 'says of a person no more than the fund’s own 发放对象',
    blocks: 'where a terminal finds the payments',
  },
  documents: { clauseSeq: 'where a terminal finds the clauses' },
}
