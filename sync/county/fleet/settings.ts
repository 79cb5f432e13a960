// What the office chose about its terminals: after how many hours one is late, and after how many it is silent.
import { type FleetSettings, fleetSettings } from '../../contract/console/fleet.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Actor } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import { readSetting, type Service, writeSetting } from '../service/service.ts'

const NAME = 'fleet'
/** Terminals speak every three hours: two missed make one late, a day's silence an alarm. */
export const DEFAULT_SETTINGS: FleetSettings = {
  lateAfterHours: 7,
  silentAfterHours: 24,
  diskFreeBytes: 500_000_000,
  clockMinutes: 10,
}

export async function readFleetSettings(service: Service): Promise<FleetSettings> {
  return fleetSettings.safeParse(await readSetting(service, NAME)).data ?? DEFAULT_SETTINGS
}

/** Errors: E-INPUT naming what is out of its range. */
export async function writeFleetSettings(service: Service, given: unknown, actor: Actor, now: Date): Promise<void> {
  const read = fleetSettings.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new SunhallError(
      'E-INPUT',
      `Expected settings of the terminals, got ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  await writeSetting(service, NAME, read.data)
  await appendAudit(
    service,
    { actor: actor.login, action: 'fleet-settings', object: 'terminals', detail: read.data },
    now,
  )
}
