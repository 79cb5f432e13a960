// What rules about the whole county need, gathered while the villages are walked: paid money by fund and year, and how
// large a fund's payments usually are. Memory grows with funds × years × villages, not with rows.

export interface CountySums {
  /** Fen by 'fund year place'; places are the village's code and 'county'. */
  paid: Map<string, number>
  /** By fund: how many payments, and the sum of the logarithms of their fen: a mean that one slip of a decimal point hardly moves. */
  usual: Map<string, { payments: number; logs: number }>
}

export function emptySums(): CountySums {
  return { paid: new Map(), usual: new Map() }
}

export function addPaid(sums: CountySums, fund: string, year: string, place: string, fen: number): void {
  const key = `${fund} ${year} ${place}`
  sums.paid.set(key, (sums.paid.get(key) ?? 0) + fen)
}

export function addUsual(sums: CountySums, fund: string, payments: number, logs: number): void {
  const known = sums.usual.get(fund)
  if (known === undefined) sums.usual.set(fund, { payments, logs })
  else {
    known.payments += payments
    known.logs += logs
  }
}
