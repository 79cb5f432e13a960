// Keeping accounts: what the administrator's page sends and gets.
import { z } from 'zod'
import { actorSchema, NAME_MAX, roleSchema } from './session.ts'

export const userSchema = actorSchema.extend({
  disabled: z.boolean(),
  mustChange: z.boolean(),
  createdAt: z.string(),
  passwordAt: z.string(),
})
export type UserView = z.infer<typeof userSchema>
export const userListSchema = z.object({ users: z.array(userSchema) })

const name = z.string().min(1).max(NAME_MAX)
const roles = z.array(roleSchema).min(1).max(8)
const township = z.string().max(9).nullable()

export const newUserSchema = z.strictObject({ login: z.string().min(1).max(64), name, roles, township })
export const userChangeSchema = z.strictObject({ name, roles, township, disabled: z.boolean() })

/** The first password, made by the office and shown once: it must be changed at the first sign-in. */
export const madePasswordSchema = z.object({ login: z.string(), password: z.string() })
export type MadePassword = z.infer<typeof madePasswordSchema>
