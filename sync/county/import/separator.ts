// What separates the cells of a text file: commas in most, tabs in Excel's “Unicode 文本”, semicolons in exports of other
// systems. Told by the headings that are known when the first lines are cut at each of them.
import type { FieldOf } from './headings.ts'
import { IMPORT_LIMITS } from './limits.ts'
import { type Encoding, textOf } from './text-file.ts'

export type Separator = ',' | '\t' | ';'
const SEPARATORS: readonly Separator[] = [',', '\t', ';']

/** A comma where nothing speaks for another. */
export async function findSeparator(path: string, encoding: Encoding, fieldOf: FieldOf): Promise<Separator> {
  const lines = (await firstText(path, encoding)).split(/\r?\n/).slice(0, IMPORT_LIMITS.headingLines)
  let best: Separator = ','
  let most = 0
  for (const separator of SEPARATORS) {
    const known = Math.max(...lines.map((line) => knownIn(line.split(separator), fieldOf)))
    if (known <= most) continue
    best = separator
    most = known
  }
  return best
}

function knownIn(cells: readonly string[], fieldOf: FieldOf): number {
  return cells.filter((cell) => fieldOf(cell.trim().replace(/^"|"$/g, '')) !== undefined).length
}

async function firstText(path: string, encoding: Encoding): Promise<string> {
  for await (const text of textOf(path, encoding)) return text
  return ''
}
