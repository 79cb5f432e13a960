// What a terminal will show of one place: the candidate's own blocks, decoded as a terminal does. Nothing that the office
// keeps for itself is in them.

import { join } from 'node:path'
import type { PreviewAnswer, PreviewPlaces } from '../../contract/console/drafts.ts'
import { SunhallError } from '../../contract/errors.ts'
import { COUNTY } from '../../contract/tree.ts'
import { isKind } from '../../core/schema.ts'
import type { Office } from '../office.ts'
import type { Draft } from './draft.ts'
import { draftFolder } from './draft.ts'
import { type KeptPlace, KeptRelease } from './kept.ts'
import { DERIVED } from './row-difference.ts'

/** Where the draft's content lies: aside while it is proposed, signed once it is approved, public in the end. */
export function contentOf(office: Office, draft: Draft): KeptPlace {
  const folders = { proposed: 'candidate', approved: 'stage' } as const
  const folder = Reflect.get(folders, draft.state)
  if (typeof folder === 'string') return { folder: join(draftFolder(office, draft.id), folder), root: draft.root }
  if (draft.state === 'published') return { folder: office.dist, root: draft.root }
  throw new SunhallError(
    'E-STATE',
    `Expected a draft that is open or published, got ${draft.id}, which is ${draft.state}`,
  )
}

/** Places of the candidate in code order, with the kinds of rows that each shows. */
export function previewPlaces(office: Office, draft: Draft): PreviewPlaces {
  const release = new KeptRelease(contentOf(office, draft))
  const names = new Map(release.rowsOf('places', COUNTY, '').map(({ code, name }) => [code, name]))
  const places = new Map<string, PreviewPlaces['places'][number]>()
  for (const { part, village, leaf } of release.leaves) {
    if (DERIVED.has(leaf[0])) continue
    const code = village || part
    const name = names.get(code) ?? (code === COUNTY ? '会同县' : code)
    const place = places.get(code) ?? { part, village, name, kinds: [] }
    places.set(code, place)
    const kind = place.kinds.find((one) => one.kind === leaf[0])
    if (kind === undefined) place.kinds.push({ kind: leaf[0], rows: leaf[3] })
    else kind.rows += leaf[3]
  }
  return { places: [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place) }
}

export interface PreviewQuestion {
  part: string
  village: string
  kind: string
  offset: number
  limit: number
}

/** A page of rows of one kind in one place, people by name. Errors: E-INPUT for a kind that is none. */
export function previewRows(office: Office, draft: Draft, question: PreviewQuestion): PreviewAnswer {
  const { part, village, kind, offset, limit } = question
  if (!isKind(kind)) throw new SunhallError('E-INPUT', `Expected a kind of rows, got "${kind.slice(0, 40)}"`)
  const release = new KeptRelease(contentOf(office, draft))
  const rows = release.rowsOf(kind, part, village)
  const people = new Map(
    kind === 'payments' ? release.rowsOf('people', part, village).map(({ number, name }) => [number, name]) : [],
  )
  const shown = rows.slice(offset, offset + limit).map((row): Record<string, unknown> => {
    const payee = 'person' in row ? { payee: people.get(row.person) ?? '' } : {}
    return { ...payee, ...row }
  })
  const columns = Object.keys(shown[0] ?? {})
  return { total: rows.length, columns, rows: shown.map((row) => columns.map((column) => textOf(row[column]))) }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
