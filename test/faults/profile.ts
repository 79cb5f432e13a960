// The terminal under fire: of the small county's first township, which asks when it is told to.
import type { TerminalProfile } from '../../sync/contract/host-api.ts'
import { OWN } from './county.ts'

export const PROFILE: TerminalProfile = {
  terminal: 'HT-07',
  name: '测试终端',
  township: OWN,
  village: '',
  officeName: '会同县',
  officePhone: '0745-5550100',
  language: 'zh',
  evening: null,
  idle: { warnAfterSeconds: 60, resetAfterSeconds: 20 },
  staleAfterDays: 30,
  schedule: { everyMinutes: 60, largeLoads: [], largeBytes: 1_000_000_000 },
  slot: 0,
  fleet: 1,
  developer: false,
}
