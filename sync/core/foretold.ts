// A group after what follows from other edits has been foretold: what a patch's own edit of it refers to.
import type { Kind } from '../contract/rows.ts'
import { blocksOfRows, type Edit, type Entry, editRows, type Group, movesRows, type Row } from './group.ts'

export class Foretold {
  readonly #group: Group
  readonly #edit: Edit
  /** Rows after foretelling, where rows came or went by it. */
  readonly #moved: readonly Row[] | null

  constructor(group: Group, edit: Edit) {
    this.#group = group
    this.#edit = edit
    this.#moved = movesRows(edit) ? editRows(group.kind, group.allRows(), edit) : null
  }

  get kind(): Kind {
    return this.#group.kind
  }

  /** The blocks before: what a group sent whole may keep. */
  get group(): Group {
    return this.#group
  }

  cell(column: string, row: number): unknown {
    if (this.#moved !== null) return this.#moved[row]?.[column]
    const cells = this.#edit.cells.get(column)
    return cells?.has(row) === true ? cells.get(row) : this.#group.cell(column, row)
  }

  rows(): readonly Row[] {
    return this.#moved ?? editRows(this.kind, this.#group.allRows(), this.#edit)
  }

  /** Blocks after `edit` of what was foretold. Errors: E-FORMAT. */
  apply(edit: Edit): Entry[] {
    if (this.#moved !== null) return blocksOfRows(this.kind, editRows(this.kind, this.#moved, edit))
    return this.#group.apply(merged(this.#edit, edit))
  }
}

/** Two edits of the same rows in one; the later one's cells stand. */
function merged(first: Edit, second: Edit): Edit {
  const cells = new Map([...first.cells].map(([column, of]) => [column, new Map(of)]))
  for (const [column, of] of second.cells) {
    const own = cells.get(column) ?? new Map<number, unknown>()
    cells.set(column, own)
    for (const [row, value] of of) own.set(row, value)
  }
  return { cells, removed: second.removed, inserted: second.inserted }
}
