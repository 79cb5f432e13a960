// CSV as the office writes it (RFC 4180): one way of quoting, and no cell that a spreadsheet would take for a formula.

/** Begins a file: the BOM lets a spreadsheet see that this is UTF-8. */
export const BOM = '\ufeff'
/** Begins what a spreadsheet would calculate, and is no plain number. */
const FORMULA = /^[=+\-@\t\r](?![\d.,]+$)/
/** Sign that makes a spreadsheet take a cell as text. */
const TEXT_SIGN = "'"

/** A line with its end. Cells are written as they are: other people's text goes through `inert` first. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

/** A cell that no spreadsheet takes for a formula; `fromInert` gives the cell back. */
export function inert(cell: string): string {
  return FORMULA.test(cell) ? TEXT_SIGN + cell : cell
}

export function fromInert(cell: string): string {
  return cell.startsWith(TEXT_SIGN) && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}

function quoted(cell: string): string {
  return /[",\r\n\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
