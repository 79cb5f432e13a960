// The one chart of the page: four regions side by side.
//
//   visit    resetting ─► attract ─start/open─► active ─idle─► warning ─0 s─► resetting      (P6)
//                                     ▲            ◄──stay──┘      └─done─► resetting
//   way      walking: a back stack in the context; home when a visit ends
//   receipt  none ⇄ shown: counts its seconds down, and ends the visit at the last one
//   updates  release: current ⇄ waiting   app: current ⇄ waiting      (applied only in attract)
//   health   data: starting, provisioning, no-data, sound, stale, broken   service: public ─► pin ─► maintenance
//
// Invariants: boot and every end of a visit pass through `resetting`, which empties the context and says `forget`; what
// is waiting is applied in attract and nowhere else; while a PIN is asked or maintenance is open no visit goes on.
import { and, assign, emit, or, raise, setup, stateIn } from 'xstate'
import type { ReportedObject } from '../../sync/contract/report.ts'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import type { Health } from './health.ts'
import type { Letters } from './letters.ts'
import type { Place } from './place.ts'
import { type ChangeDraft, newDraft, RECEIPT_SECONDS, type Receipt, type ReportDraft } from './report.ts'
import { atHome, canGoBack, current, goOn, replaced, stepBack, toHome, type Way } from './way.ts'

export interface ChartInput {
  warnAfterSeconds: number
  resetAfterSeconds: number
  /** The terminal's own village; null where it belongs to none. */
  ownVillage: PlaceCode | null
}
export interface ChartContext extends ChartInput {
  /** Counts visits: everything of a visit is drawn under this key, and goes with it. */
  visit: number
  way: Way
  village: PlaceCode | null
  letters: Letters
  secondsLeft: number
  /** The message that is being put together; gone as soon as it is sealed. */
  draft: ReportDraft | null
  /** The codes of the message just sealed, as long as they stand on screen. */
  receipt: Receipt | null
}

export type ChartEvent =
  | { type: 'start' }
  | { type: 'open'; place: Place }
  | { type: 'touch' }
  | { type: 'stay' }
  | { type: 'done' }
  | { type: 'go'; place: Place }
  | { type: 'replace'; place: Place }
  | { type: 'back' }
  | { type: 'home' }
  | { type: 'village'; village: PlaceCode }
  | { type: 'letters'; letters: Letters }
  | { type: 'report'; object: ReportedObject; names: readonly string[] }
  | { type: 'draft'; change: ChangeDraft }
  /** `visit`: the one it was written in; a receipt that comes late is shown to nobody else. */
  | { type: 'sealed'; visit: number; id: string; queryCode: string }
  | { type: 'profile'; input: ChartInput }
  | { type: 'release-waiting' }
  | { type: 'app-waiting' }
  | { type: 'health'; health: Health }
  | { type: 'pin-asked' }
  | { type: 'pin-left' }
  | { type: 'maintenance-opened' }
  | { type: 'maintenance-closed' }

/** What the app has to do; the chart itself touches nothing. */
export type ChartEmitted =
  | { type: 'forget' }
  | { type: 'rest' }
  | { type: 'visit' }
  | { type: 'open-release' }
  | { type: 'apply-app' }
  | { type: 'close-maintenance' }

/** ms without a touch after which the PIN pad and maintenance close by themselves. */
export const PIN_IDLE_MS = 60_000
export const MAINTENANCE_IDLE_MS = 600_000

const PLAIN: Letters = { size: 100, contrast: false }
const inAttract = stateIn({ visit: 'attract' })
const inVisit = stateIn({ visit: 'active' })
const inVisitOrWarned = or([inVisit, stateIn({ visit: 'warning' })])

export const chart = setup({
  types: {
    context: {} as ChartContext,
    events: {} as ChartEvent,
    emitted: {} as ChartEmitted,
    input: {} as ChartInput,
  },
  delays: {
    warnAfter: ({ context }) => context.warnAfterSeconds * 1_000,
    second: 1_000,
    pinIdle: PIN_IDLE_MS,
    maintenanceIdle: MAINTENANCE_IDLE_MS,
  },
  guards: {
    isPublic: stateIn({ health: { service: 'public' } }),
    hasDraft: ({ context }) => context.draft !== null,
    hasReceipt: ({ context }) => context.receipt !== null,
    /** The codes stay on their own screen: whoever leaves it leaves them. */
    leftReceipt: ({ context }) => context.receipt === null || current(context.way).place.screen !== 'receipt',
    lastReceiptSecond: ({ context }) => (context.receipt?.secondsLeft ?? 0) <= 1,
    isThisVisit: ({ context, event }) => event.type === 'sealed' && event.visit === context.visit,
    lastSecond: ({ context }) => context.secondsLeft <= 1,
    canGoBack: ({ context }) => canGoBack(context.way),
    isHealth: ({ event }, params: { health: Health }) => event.type === 'health' && event.health === params.health,
  },
  actions: {
    // P6: whatever a visit has left in the context goes here, at boot as well.
    empty: assign(({ context }) => ({
      visit: context.visit + 1,
      way: atHome,
      village: context.ownVillage,
      letters: PLAIN,
      secondsLeft: context.resetAfterSeconds,
      draft: null,
      receipt: null,
    })),
    dropReceipt: assign({ receipt: null }),
    countReceipt: assign(({ context: { receipt } }) => ({
      receipt: receipt === null ? null : { ...receipt, secondsLeft: receipt.secondsLeft - 1 },
    })),
    setWay: assign(({ context }, params: { way: (way: Way) => Way }) => ({ way: params.way(context.way) })),
    sayForget: emit({ type: 'forget' }),
    sayRest: emit({ type: 'rest' }),
    sayVisit: emit({ type: 'visit' }),
    sayOpenRelease: emit({ type: 'open-release' }),
    sayApplyApp: emit({ type: 'apply-app' }),
    sayCloseMaintenance: emit({ type: 'close-maintenance' }),
  },
}).createMachine({
  id: 'sunhall',
  context: ({ input }) => ({
    ...input,
    visit: 0,
    way: atHome,
    village: input.ownVillage,
    letters: PLAIN,
    secondsLeft: input.resetAfterSeconds,
    draft: null,
    receipt: null,
  }),
  type: 'parallel',
  on: { profile: { actions: assign(({ event }) => event.input), target: '.visit.resetting' } },
  states: {
    visit: {
      initial: 'resetting',
      states: {
        resetting: { entry: ['empty', 'sayForget'], always: 'attract' },
        attract: {
          entry: 'sayRest',
          on: {
            start: { guard: 'isPublic', target: 'active' },
            open: {
              guard: 'isPublic',
              target: 'active',
              actions: assign(({ context, event }) => ({ way: goOn(context.way, event.place) })),
            },
          },
          exit: 'sayVisit',
        },
        active: {
          after: { warnAfter: 'warning' },
          on: {
            touch: { target: 'active', reenter: true },
            done: 'resetting',
            'pin-asked': 'resetting',
          },
        },
        warning: {
          entry: assign(({ context }) => ({ secondsLeft: context.resetAfterSeconds })),
          initial: 'counting',
          on: { stay: 'active', done: 'resetting', 'pin-asked': 'resetting' },
          states: {
            counting: {
              after: {
                second: [
                  { guard: 'lastSecond', target: '#sunhall.visit.resetting' },
                  {
                    target: 'counting',
                    reenter: true,
                    actions: assign(({ context }) => ({ secondsLeft: context.secondsLeft - 1 })),
                  },
                ],
              },
            },
          },
        },
      },
    },
    way: {
      initial: 'walking',
      states: {
        walking: {
          on: {
            go: {
              guard: inVisit,
              actions: assign(({ context, event }) => ({ way: goOn(context.way, event.place) })),
            },
            replace: {
              guard: inVisit,
              actions: assign(({ context, event }) => ({ way: replaced(context.way, event.place) })),
            },
            back: { guard: and([inVisit, 'canGoBack']), actions: { type: 'setWay', params: { way: stepBack } } },
            home: { guard: inVisit, actions: { type: 'setWay', params: { way: toHome } } },
            village: { guard: inVisit, actions: assign(({ event }) => ({ village: event.village })) },
            letters: { guard: inVisit, actions: assign(({ event }) => ({ letters: event.letters })) },
            report: {
              guard: inVisit,
              actions: assign(({ context, event }) => ({
                draft: newDraft(event.object, event.names),
                way: goOn(context.way, { screen: 'report', step: 'reason' }),
              })),
            },
            draft: {
              guard: and([inVisit, 'hasDraft']),
              actions: assign(({ context, event }) => ({
                draft: context.draft === null ? null : event.change(context.draft),
              })),
            },
            // P4, P6: the draft goes the moment the receipt comes, and with it the way back into it.
            sealed: {
              guard: and([inVisitOrWarned, 'isThisVisit', 'hasDraft']),
              actions: assign(({ context, event }) => ({
                draft: null,
                receipt: { id: event.id, queryCode: event.queryCode, secondsLeft: RECEIPT_SECONDS },
                way: goOn(toHome(context.way), { screen: 'receipt' }),
              })),
            },
          },
        },
      },
    },
    receipt: {
      initial: 'none',
      states: {
        none: { always: { guard: 'hasReceipt', target: 'shown' } },
        shown: {
          always: { guard: 'leftReceipt', target: 'none', actions: 'dropReceipt' },
          after: {
            second: [
              { guard: 'lastReceiptSecond', target: 'none', actions: ['dropReceipt', raise({ type: 'done' })] },
              { target: 'shown', reenter: true, actions: 'countReceipt' },
            ],
          },
        },
      },
    },
    updates: {
      type: 'parallel',
      states: {
        release: {
          initial: 'current',
          states: {
            current: { on: { 'release-waiting': 'waiting' } },
            // P1, P7: a release changes under nobody's finger.
            waiting: { always: { guard: inAttract, target: 'current', actions: 'sayOpenRelease' } },
          },
        },
        app: {
          initial: 'current',
          states: {
            current: { on: { 'app-waiting': 'waiting' } },
            waiting: { always: { guard: inAttract, target: 'current', actions: 'sayApplyApp' } },
          },
        },
      },
    },
    health: {
      type: 'parallel',
      states: {
        data: {
          initial: 'starting',
          on: {
            health: [
              { guard: { type: 'isHealth', params: { health: 'starting' } }, target: '.starting' },
              { guard: { type: 'isHealth', params: { health: 'provisioning' } }, target: '.provisioning' },
              { guard: { type: 'isHealth', params: { health: 'no-data' } }, target: '.no-data' },
              { guard: { type: 'isHealth', params: { health: 'sound' } }, target: '.sound' },
              { guard: { type: 'isHealth', params: { health: 'stale' } }, target: '.stale' },
              { guard: { type: 'isHealth', params: { health: 'broken' } }, target: '.broken' },
            ],
          },
          states: { starting: {}, provisioning: {}, 'no-data': {}, sound: {}, stale: {}, broken: {} },
        },
        service: {
          initial: 'public',
          states: {
            public: { on: { 'pin-asked': 'pin', 'maintenance-opened': 'maintenance' } },
            pin: {
              after: { pinIdle: 'public' },
              on: {
                touch: { target: 'pin', reenter: true },
                'pin-left': 'public',
                'maintenance-opened': 'maintenance',
              },
            },
            maintenance: {
              after: { maintenanceIdle: { target: 'public', actions: 'sayCloseMaintenance' } },
              on: {
                touch: { target: 'maintenance', reenter: true },
                done: { target: 'public', actions: 'sayCloseMaintenance' },
                'maintenance-closed': 'public',
              },
            },
          },
        },
      },
    },
  },
})
