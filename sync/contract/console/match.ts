// Data matching (数据碰撞比对) between office and console: registers, rules as data, suspects and what was decided.
import { z } from 'zod'

/** Registers that are compared with payments and with nothing else: none of them can be published. */
export const REGISTERS = ['deceased', 'payroll', 'officers', 'vehicles', 'houses', 'companies'] as const
export const registerSchema = z.enum(REGISTERS)
export type RegisterName = z.infer<typeof registerSchema>
export const REGISTER_NAMES: { readonly [name in RegisterName]: string } = {
  deceased: '死亡人员',
  payroll: '财政供养人员',
  officers: '村干部及其亲属',
  vehicles: '车辆登记',
  houses: '购房登记',
  companies: '企业登记',
}

export const matchKeySchema = z.enum(['id', 'name-village', 'id-or-name'])
/** `after`: paid more than `graceDays` after the register's day; `while`: between its two days; `any`: whenever. */
export const periodSchema = z.enum(['after', 'while', 'any'])

/** One rule. `funds`: codes ('F055'), or words in a fund's name between stars ('*低保*'); '*' is every fund. */
export const matchRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(60),
  register: registerSchema,
  funds: z.array(z.string().min(1).max(60)).min(1).max(200),
  key: matchKeySchema,
  period: periodSchema,
  graceDays: z.int().min(0).max(3_650),
  /** 0 to 100: fewer points aren't listed. */
  minScore: z.int().min(0).max(100),
  enabled: z.boolean(),
  /** Why this is looked for, and what an innocent case looks like. */
  explanation: z.string().min(1).max(400),
})
export type MatchRule = z.infer<typeof matchRuleSchema>

/** 待核查, 核实无问题, 已移交, 已追回. */
export const SUSPECT_STATES = ['open', 'cleared', 'passed-on', 'recovered'] as const
export const suspectStateSchema = z.enum(SUSPECT_STATES)
export type SuspectState = z.infer<typeof suspectStateSchema>
export const STATE_NAMES: { readonly [state in SuspectState]: string } = {
  open: '待核查',
  cleared: '核实无问题',
  'passed-on': '已移交',
  recovered: '已追回',
}

/** The register's side. Days 'YYYY-MM-DD' or ''. `detail`: the file's other columns as they stood. */
export const registerRowSchema = z.object({
  row: z.int(),
  name: z.string(),
  idNumber: z.string(),
  village: z.string(),
  group: z.string(),
  relation: z.string(),
  from: z.string(),
  until: z.string(),
  detail: z.record(z.string(), z.string()),
})
export type RegisterRow = z.infer<typeof registerRowSchema>

/** The payments' side. Amount in fen. `file` and `line`: where the office has it from. */
export const matchedPaymentSchema = z.object({
  fund: z.string(),
  village: z.string(),
  group: z.string(),
  payee: z.string(),
  idNumber: z.string(),
  batch: z.string(),
  amount: z.int(),
  date: z.string(),
  status: z.string(),
  file: z.string(),
  line: z.int(),
})
export type MatchedPayment = z.infer<typeof matchedPaymentSchema>

export const suspectSchema = z.object({
  id: z.int(),
  /** The run that found it, and the last one that added a payment. */
  run: z.int(),
  lastRun: z.int(),
  rule: z.string(),
  ruleName: z.string(),
  register: registerSchema,
  village: z.string(),
  villageName: z.string(),
  fund: z.string(),
  fundName: z.string(),
  name: z.string(),
  score: z.int(),
  why: z.string(),
  payments: z.int(),
  amount: z.int(),
  firstDay: z.string(),
  lastDay: z.string(),
  state: suspectStateSchema,
  decidedBy: z.string(),
  decidedAt: z.string(),
  words: z.string(),
})
export type Suspect = z.infer<typeof suspectSchema>
export const suspectDetailSchema = suspectSchema.extend({
  registerRow: registerRowSchema,
  rows: z.array(matchedPaymentSchema),
})
export type SuspectDetail = z.infer<typeof suspectDetailSchema>

export const suspectQuerySchema = z.object({
  state: suspectStateSchema.optional(),
  rule: z.string().max(40).optional(),
  run: z.coerce.number().int().positive().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type SuspectQuery = z.infer<typeof suspectQuerySchema>
export const suspectsSchema = z.object({ total: z.int(), suspects: z.array(suspectSchema) })

export const decisionSchema = z.strictObject({
  state: suspectStateSchema.exclude(['open']),
  /** What was found: nobody decides without a word. */
  words: z.string().trim().min(2).max(500),
})
export type Decision = z.infer<typeof decisionSchema>

export const registerInfoSchema = z.object({
  register: registerSchema,
  rows: z.int(),
  file: z.string(),
  at: z.string(),
  by: z.string(),
})
export const runInfoSchema = z.object({
  id: z.int(),
  at: z.string(),
  by: z.string(),
  payments: z.int(),
  registerRows: z.int(),
  hits: z.int(),
  fresh: z.int(),
  ms: z.int(),
  finished: z.boolean(),
})
export type RunInfo = z.infer<typeof runInfoSchema>
export const matchOverviewSchema = z.object({
  registers: z.array(registerInfoSchema),
  rules: z.array(matchRuleSchema),
  runs: z.array(runInfoSchema),
  /** Suspects by state. */
  counts: z.record(suspectStateSchema, z.int()),
})
export type MatchOverview = z.infer<typeof matchOverviewSchema>
