// Whether an office is one for practice: sample keys and no account. There nobody has to look first, and every screen says so.
import { SunhallError } from '../../contract/errors.ts'
import { hasAccounts } from '../accounts/account-list.ts'
import { hasKeys, readRing } from '../keys/keys.ts'
import type { Office } from '../office.ts'

export async function isPractice(office: Office): Promise<boolean> {
  if (await hasAccounts(await office.service())) return false
  return !hasKeys(office.keys) || readRing(office.keys).sample
}

/** Two people need two accounts. Errors: E-STATE for an office with its own keys and nobody in it. */
export async function requireAccounts(office: Office): Promise<void> {
  if (await hasAccounts(await office.service())) return
  throw new SunhallError(
    'E-STATE',
    'Expected accounts, since this office has the county\'s own keys and a second person must look; make them with "users add"',
  )
}
