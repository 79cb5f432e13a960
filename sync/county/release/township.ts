// What a release holds of one township beside its villages: projects, three kinds of village property, pictures.
import { sql } from 'kysely'
import type { AllocationRow, AssetRow, ContractRow, DebtRow, MediaRow, ProjectRow } from '../../contract/rows.ts'
import type { TownshipRows } from '../../publish/source.ts'
import type { Books } from '../database/books.ts'
import { rowsOf } from '../database/query.ts'
import type { MaskFacts } from '../disclosure/mask-facts.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import type { ByTownship } from './by-township.ts'
import { type DatabaseRow, list, oneOf, sourced, text, textOrNull, whole, wholeOrNull } from './rows.ts'

export interface TownshipInput {
  books: Books
  facts: MaskFacts
  gazetteer: Gazetteer
  parts: ByTownship
  isSeen: (hash: string) => boolean
}

export async function townshipRows(input: TownshipInput, township: string): Promise<TownshipRows> {
  const { parts } = input
  const projects = (await parts.newest('projects', township))
    // A project of a masked or tier A fund could name who it serves: its money is in the totals only.
    .filter((row) => input.facts.disclosure.get(text(row, 'fund')) === 'open')
    .map((row) => projectOf(row, township, input.isSeen))
  return {
    allocations: await allocationsTo(input, township),
    projects,
    media: await mediaOf(input, township, projects),
    assets: (await parts.newest('assets', township)).map(assetOf),
    contracts: (await parts.newest('contracts', township)).map(contractOf),
    debts: (await parts.newest('debts', township)).map(debtOf),
  }
}

/**
 * Allocations to a township's villages; to everything above villages where `township` is null. A masked fund's sums below
 * the departments would undo its totals, so they stay in the office (P5).
 */
export async function allocationsTo(input: TownshipInput, township: string | null): Promise<AllocationRow[]> {
  const rows = await input.parts.allocations(township)
  return rows
    .filter((row) => mayShow(input.facts, input.gazetteer, row))
    .map((row) => ({
      ...sourced(row),
      fund: text(row, 'fund'),
      year: whole(row, 'year'),
      document: text(row, 'document'),
      from: text(row, 'from'),
      to: text(row, 'to'),
      amount: whole(row, 'amount'),
      central: whole(row, 'central'),
      provincial: whole(row, 'provincial'),
      municipal: whole(row, 'municipal'),
      county: whole(row, 'county'),
      date: textOrNull(row, 'date'),
    }))
}

function mayShow(facts: MaskFacts, gazetteer: Gazetteer, row: DatabaseRow): boolean {
  const disclosure = facts.disclosure.get(text(row, 'fund'))
  const to = text(row, 'to')
  if (disclosure === 'open' || gazetteer.isAboveTownships(to)) return true
  // Whatever isn't surely above the townships stays in the office: a name in the place of a code may be a village's.
  return disclosure === 'totals' && gazetteer.place(to)?.level === 'township'
}

function projectOf(row: DatabaseRow, township: string, isSeen: (hash: string) => boolean): ProjectRow {
  const village = text(row, 'village')
  return {
    ...sourced(row),
    code: text(row, 'code'),
    name: text(row, 'name'),
    fund: text(row, 'fund'),
    year: whole(row, 'year'),
    township,
    village: village === township ? '' : village,
    place: text(row, 'place'),
    content: text(row, 'content'),
    budget: whole(row, 'budget'),
    contractor: text(row, 'contractor'),
    contractPrice: wholeOrNull(row, 'contractPrice'),
    paid: whole(row, 'paid'),
    auditedPrice: wholeOrNull(row, 'auditedPrice'),
    responsible: text(row, 'responsible'),
    officePhone: text(row, 'officePhone'),
    start: textOrNull(row, 'start'),
    end: textOrNull(row, 'end'),
    accepted: textOrNull(row, 'accepted'),
    acceptance: text(row, 'acceptance'),
    beneficiaries: text(row, 'beneficiaries'),
    goals: list(row, 'goals'),
    progress: list(row, 'progress'),
    photos: list<ProjectRow['photos'][number]>(row, 'photos').filter((photo) => isSeen(photo.media)),
    problems: list(row, 'problems'),
  }
}

/** Pictures of the township's projects and vouchers. */
async function mediaOf(input: TownshipInput, township: string, projects: readonly ProjectRow[]): Promise<MediaRow[]> {
  const hashes = new Set(projects.flatMap((project) => project.photos.map((photo) => photo.media)))
  const vouchers = await rowsOf(
    input.books,
    sql`SELECT DISTINCT images FROM ledger
        WHERE images <> '[]' AND village IN (SELECT code FROM places WHERE parent = ${township})`,
  )
  for (const row of vouchers) for (const hash of list<string>(row, 'images')) if (input.isSeen(hash)) hashes.add(hash)
  const media: MediaRow[] = []
  for (const hash of [...hashes].sort()) {
    const [row = {}] = await rowsOf(
      input.books,
      sql`SELECT caption, length(bytes) AS length FROM pictures WHERE hash = ${hash}`,
    )
    media.push({ hash, length: whole(row, 'length'), caption: text(row, 'caption') })
  }
  return media
}

function assetOf(row: DatabaseRow): AssetRow {
  return {
    ...sourced(row),
    village: text(row, 'village'),
    number: text(row, 'number'),
    kind: oneOf(row, 'kind', ['asset', 'resource']),
    class: text(row, 'class'),
    name: text(row, 'name'),
    originalValue: wholeOrNull(row, 'originalValue'),
    depreciation: wholeOrNull(row, 'depreciation'),
    netValue: wholeOrNull(row, 'netValue'),
    landType: text(row, 'landType'),
    area: wholeOrNull(row, 'area'),
    boundaries: text(row, 'boundaries'),
    user: text(row, 'user'),
  }
}

function contractOf(row: DatabaseRow): ContractRow {
  return {
    ...sourced(row),
    village: text(row, 'village'),
    number: text(row, 'number'),
    subject: text(row, 'subject'),
    asset: text(row, 'asset'),
    lessee: text(row, 'lessee'),
    awarded: text(row, 'awarded'),
    start: textOrNull(row, 'start'),
    end: textOrNull(row, 'end'),
    yearlyRent: whole(row, 'yearlyRent'),
    due: whole(row, 'due'),
    received: whole(row, 'received'),
    owed: whole(row, 'owed'),
  }
}

function debtOf(row: DatabaseRow): DebtRow {
  return {
    ...sourced(row),
    village: text(row, 'village'),
    number: text(row, 'number'),
    direction: oneOf(row, 'direction', ['receivable', 'payable']),
    counterpart: text(row, 'counterpart'),
    reason: text(row, 'reason'),
    amount: whole(row, 'amount'),
    date: textOrNull(row, 'date'),
    dueDate: textOrNull(row, 'dueDate'),
  }
}
