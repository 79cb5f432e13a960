// Reads database rows by name and type; what is missing or of another type becomes the empty value of that type.
export type DatabaseRow = { readonly [column: string]: unknown }

export function text(row: DatabaseRow, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : ''
}
export function textOrNull(row: DatabaseRow, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' && value !== '' ? value : null
}
export function whole(row: DatabaseRow, column: string): number {
  const value = row[column]
  return typeof value === 'number' ? value : 0
}
export function wholeOrNull(row: DatabaseRow, column: string): number | null {
  const value = row[column]
  return typeof value === 'number' ? value : null
}
/** A list kept as JSON. The shape was checked when it was taken, and is again when blocks are made (codec). */
export function list<T>(row: DatabaseRow, column: string): T[] {
  const value: unknown = JSON.parse(text(row, column) || '[]')
  return Array.isArray(value) ? value : []
}
export function oneOf<T extends string>(row: DatabaseRow, column: string, choices: readonly [T, ...T[]]): T {
  const value = row[column]
  return choices.find((choice) => choice === value) ?? choices[0]
}
export function sourced(row: DatabaseRow): { origin: number; row: number } {
  return { origin: whole(row, 'origin'), row: whole(row, 'row') }
}
/** The newest row of each key, in the order in which keys first came. */
export function newest(rows: Iterable<DatabaseRow>, key: (row: DatabaseRow) => string): DatabaseRow[] {
  const found = new Map<string, DatabaseRow>()
  for (const row of rows) found.set(key(row), row)
  return [...found.values()]
}
