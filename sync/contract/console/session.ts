// Who works in the office: roles, the person who is signed in, and the messages of signing in. Used on both sides.
import { z } from 'zod'

/**
 * What a person may do. `administrator` keeps accounts and `auditor` reads the trail; neither goes with any other role,
 * so that nobody can make themselves a second person (三员分立).
 */
export const ROLES = [
  'administrator',
  'operator',
  'reviewer',
  'publisher',
  'inspector',
  'technician',
  'auditor',
] as const
export const roleSchema = z.enum(ROLES)
export type Role = z.infer<typeof roleSchema>

/** Roles as they stand on screen. */
export const ROLE_NAMES: { readonly [role in Role]: string } = {
  administrator: '账号管理员',
  operator: '经办人',
  reviewer: '审核人',
  publisher: '发布人',
  inspector: '纪检监察',
  technician: '终端技术员',
  auditor: '审计员',
}

/** Whoever does something: signed in at the console or named on the command line. */
export const actorSchema = z.object({
  login: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  /** 9-digit code of the one township whose rows this person sees; null for the whole county. */
  township: z.string().nullable(),
})
export type Actor = z.infer<typeof actorSchema>

/** Limits in characters. A login is what others read in the audit trail. */
export const LOGIN_PATTERN = /^[a-z0-9][a-z0-9._-]{1,31}$/
export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128
export const NAME_MAX = 40

export const loginSchema = z.object({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(PASSWORD_MAX),
})

/** Answer of GET and POST /console/api/session: the person, and the token that every changing request carries. */
export const sessionSchema = z.object({
  actor: actorSchema,
  csrf: z.string(),
  /** Set by somebody else: to be changed before anything else is done. */
  mustChange: z.boolean(),
})
export type SessionAnswer = z.infer<typeof sessionSchema>
/** GET /console/api/session. An office without accounts has nobody to sign in: the first is made on the command line. */
export const presenceSchema = z.object({ session: sessionSchema.nullable(), hasAccounts: z.boolean() })

export const passwordChangeSchema = z.object({
  old: z.string().min(1).max(PASSWORD_MAX),
  password: z.string().min(1).max(PASSWORD_MAX),
})

/** Header that carries the token against forged requests. */
export const CSRF_HEADER = 'x-sunhall-token'

/** Every error of the console's interface. `message` is Chinese and may be shown as it is. */
export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** What the office itself said, in English, for whoever looks into it. */
  detail: z.string().optional(),
})
export type Problem = z.infer<typeof problemSchema>
