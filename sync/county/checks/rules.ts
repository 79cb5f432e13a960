// Every rule, in the order in which the console lists them: the books, then lists and people, then where money came from.
import { BATCH_RULES } from './batch-rules.ts'
import { FUND_RULES } from './fund-rules.ts'
import { LEDGER_RULES } from './ledger-rules.ts'
import { PAYMENT_RULES } from './payment-rules.ts'
import type { Rule } from './rule.ts'
import { TOTAL_RULES } from './total-rules.ts'

export const RULES: readonly Rule[] = [...TOTAL_RULES, ...LEDGER_RULES, ...PAYMENT_RULES, ...BATCH_RULES, ...FUND_RULES]
