// The name of one payment on the way (`household.open`, `source.payment`): unique within a household. Row and origin
// alone would do, but a payment must still be found when its file was imported anew.
import type { PaymentRow } from '../../sync/contract/rows.ts'

export function paymentKey(row: PaymentRow): string {
  return [row.fund, row.batch, row.person, row.serial, row.date, row.origin, row.row].join('~')
}
