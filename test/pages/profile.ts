// Profile of an invented terminal in 翁高村.
import type { TerminalProfile } from '../../sync/contract/host-api.ts'

export const fixtureProfile: TerminalProfile = {
  terminal: 'HT-17',
  name: '高椅乡翁高村便民服务点',
  township: '431225204',
  village: '431225204216',
  officeName: '县财政局',
  officePhone: '0745-0000001',
  language: 'zh',
  evening: null,
  idle: { warnAfterSeconds: 60, resetAfterSeconds: 15 },
  staleAfterDays: 30,
  schedule: { everyMinutes: 720, largeLoads: [{ from: '22:00', to: '06:00' }], largeBytes: 2_000_000 },
  slot: 17,
  fleet: 30,
  developer: true,
}
