// What the office chose for its checks: words of forbidden expenses, closed months, limits.
import { type CheckSettings, checkSettings } from '../../contract/console/checks.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import { readSetting, type Service, writeSetting } from '../service/service.ts'

const NAME = 'checks'
export const DEFAULT_SETTINGS: CheckSettings = {
  forbidden: ['招待费', '接待费', '烟酒'],
  closedUntil: '',
  resendDays: 60,
  outlierTimes: 30,
  rounding: 0,
}

/** What was chosen, else the default: also where an earlier version wrote something else. */
export async function readCheckSettings(service: Service): Promise<CheckSettings> {
  const found = checkSettings.safeParse(await readSetting(service, NAME))
  return found.success ? found.data : DEFAULT_SETTINGS
}

/** A reviewer's choice for the whole county, kept in the trail. Errors: E-FORBIDDEN. */
export async function writeCheckSettings(
  service: Service,
  settings: CheckSettings,
  actor: Actor,
  now: Date,
): Promise<void> {
  requireCountyReviewer(actor)
  await writeSetting(service, NAME, settings)
  const { forbidden, ...limits } = settings
  const detail = { ...limits, forbidden: forbidden.join('、') }
  await appendAudit(service, { actor: actor.login, action: 'check-settings', object: 'checks', detail }, now)
}

function requireCountyReviewer(actor: Actor): void {
  requireRole(actor, 'reviewer')
  if (actor.township === null) return
  throw new SunhallError(
    'E-FORBIDDEN',
    'Expected an account of the county office, got one of a township; ask the county',
  )
}
