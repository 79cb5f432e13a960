// Writes real workbooks and zip files for the tests of this room.
import { writeFileSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'
import * as xlsx from '@e965/xlsx'

export type Cell = xlsx.CellObject | string | number | null
export interface Sheet {
  rows: Cell[][]
  merges?: string[]
  name?: string
  hidden?: boolean
  hiddenRows?: number[]
  hiddenColumns?: number[]
}

/** Writes a real workbook and gives back its path. */
export function writeWorkbook(file: string, ...sheets: Sheet[]): string {
  const book = xlsx.utils.book_new()
  for (const [
    at,
    { rows, merges = [], name: title = `表${at + 1}`, hiddenRows = [], hiddenColumns = [] },
  ] of sheets.entries()) {
    const sheet = xlsx.utils.aoa_to_sheet(rows)
    sheet['!merges'] = merges.map((range) => xlsx.utils.decode_range(range))
    sheet['!rows'] = Array.from({ length: rows.length }, (_, row) => ({ hidden: hiddenRows.includes(row + 1) }))
    sheet['!cols'] = Array.from({ length: rows[0]?.length ?? 0 }, (_, at) => ({
      hidden: hiddenColumns.includes(at + 1),
    }))
    xlsx.utils.book_append_sheet(book, sheet, title)
  }
  book.Workbook = { Sheets: sheets.map(({ hidden }) => ({ Hidden: hidden === true ? 1 : 0 })) }
  writeFileSync(file, xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }))
  return file
}

/** A zip of one deflated part that says `declared` of its unpacked size. */
export function zipOf(name: string, bytes: Buffer, declared: number): Buffer {
  const packed = deflateRawSync(bytes)
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(8, 4)
  facts.writeUInt32LE(crc32(bytes), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(declared, 18)
  facts.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), facts, Buffer.from(name), packed])
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0'), facts, Buffer.alloc(14), Buffer.from(name)])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}
