// How a change between two months is said: more, less, the same, or that there is nothing to compare with.
import type { Change } from '../../sync/core/change.ts'
import type { Text } from './text.ts'

/** '比 8 月多 41%', for a month said as ' 8 月' or '去年 9 月'. A month that isn't published is said to be so, and nothing is compared with it. */
export function changeSentence(text: Text, change: Change, month: string): string {
  switch (change.kind) {
    case 'unknown':
      return text('finance.cannotCompare', { month: month.trimStart() })
    case 'same':
      return text('finance.same', { month })
    case 'from-nothing':
      return text('finance.fromNothing', { month: month.trimStart() })
    case 'more':
    case 'less':
      return text(`finance.${change.kind}`, { month, percent: change.percent })
  }
}
