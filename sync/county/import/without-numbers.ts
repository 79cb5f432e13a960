// Messages, lists of tries and logs go where no ID number may: a cell that they repeat is shown without the numbers in it,
// whatever column it slipped into. The file of refused rows, which stays in the office, has it whole.
import type { Reason } from '../../contract/console/reasons.ts'
import { numberLeak } from '../disclosure/shapes.ts'

/** Long runs of digits of either width, with what people or programs put between them. */
const RUN = /[0-9０-９](?:[\s\p{Cf}\-.·_/*－．]{0,3}[0-9０-９XxＸｘ]){6,}/gu
/** A cell that was cut for its message may have been cut inside a number. */
const CUT_RUN = /[0-9０-９]{7,}…$/
/** Named by people for people: a path without its digits leads nowhere. */
const PLACES: readonly string[] = ['path', 'file', 'line', 'row']

/** '身份证4312…': enough to find the cell by, too little to be anybody's number. */
export function withoutNumbers(text: string): string {
  const clean =
    numberLeak(text) === null ? text : text.replace(RUN, (run) => (numberLeak(run) === null ? run : cut(run)))
  return clean.replace(CUT_RUN, cut)
}

export function reasonWithoutNumbers(reason: Reason): Reason {
  const words = Object.entries(reason.with).map(([name, word]) => [
    name,
    PLACES.includes(name) ? word : withoutNumbers(word),
  ])
  return { code: reason.code, with: Object.fromEntries(words) }
}

function cut(run: string): string {
  return `${run.slice(0, 4)}…`
}
