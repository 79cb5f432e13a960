// Reads the ID number that tells people of one name apart. It is a key, so one that a spreadsheet or a mask has damaged is
// refused: it would join two people into one (`domain.md`, spreadsheets as they arrive).
import { plain, type Reading, read, unreadable } from './reading.ts'

/** Residents' numbers of 18 or 15 digits; else what passports, residence permits and bodies have: letters and digits. */
const RESIDENT = /^(?:\d{17}[\dX]|\d{15})$/
const OTHER = /^(?=.*[A-Z])[A-Z0-9]{6,20}$/

/** The number without spaces, in ASCII capitals; '' where the cell is empty. The reason never repeats the number. */
export function readIdNumber(cell: string): Reading<string> {
  const text = plain(cell).replace(/\s+/g, '').toUpperCase()
  if (text === '' || RESIDENT.test(text)) return read(text)
  if (/[.+]|^\d+E\d+$/.test(text)) return unreadable('id-rounded')
  if (text.includes('*')) return unreadable('id-masked')
  if (OTHER.test(text)) return read(text)
  return unreadable('id-length', { count: text.length })
}
