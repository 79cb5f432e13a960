// How far an import is: bytes of the file, or lines of a sheet, that have been read of what there is. The estimate and the
// pace of saying it are `jobs/progress.ts`.

export interface ImportProgress {
  done: number
  total: number
  unit: 'bytes' | 'rows'
}

/** A look at the clock for every row would cost more than it tells. */
const EVERY_ROWS = 1_000

export class Meter {
  readonly #say: ((progress: ImportProgress) => void) | undefined
  readonly #started = performance.now()
  #total = 0
  #unit: ImportProgress['unit'] = 'bytes'
  #rows = 0

  constructor(say: ((progress: ImportProgress) => void) | undefined) {
    this.#say = say
  }

  /** Milliseconds since the start. */
  get ms(): number {
    return Math.round(performance.now() - this.#started)
  }

  start(total: number, unit: ImportProgress['unit']): void {
    this.#total = total
    this.#unit = unit
  }

  readonly bytes = (done: number): void => {
    if (this.#unit === 'bytes') this.#say?.({ done: Math.min(done, this.#total), total: this.#total, unit: 'bytes' })
  }

  row(): void {
    this.#rows += 1
    if (this.#unit === 'rows' && this.#rows % EVERY_ROWS === 0)
      this.#say?.({ done: Math.min(this.#rows, this.#total), total: this.#total, unit: 'rows' })
  }
}
