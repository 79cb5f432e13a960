// The sync engine as one statechart. Its work is done by the actors of work.ts, its memory changed by changes.ts.
//
//   starting ─► idle ◄───────────────┬──────────────────────────────────────┐
//      ▲         │ slot, now, stick  │ nothing new, refused, unreachable    │ shown already (first load)
//      │         └────► checking ────┴─► loading ──────────────► ready ─────┼─ at rest ─► switching
//      │ store lost        │ failed        │ failed: old one stays          │                 │
//   reopening ◄────────────┴───────────────┴────────────────────────────────┴◄────────────────┘
//
//   idle: deciding ─► pictures ─► scrubbing ─► cleaning ─► quiet (until slot, night or an event)
//
// Beside it run `presence` (visit, rest: P7) and `mending` (damage met by readers: P10).
// Invariants: only `switching` changes what is shown, and only at rest, except that a first load shows its parts;
// any failure leads back to idle with the old release shown (P2).
import { assign, setup } from 'xstate'
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import * as changes from './changes.ts'
import { type Context, type Event, freshContext, NOTHING } from './context.ts'
import { errorOf, failureOf, isStoreLost, mustForget, planSlot, untilNight, untilReopened } from './decide.ts'
import type { Ports } from './ports.ts'
import { check, clean, load, mendOne, pictures, type Step, scrub, start, switchOver } from './work.ts'

/** Whoever stands there with a stick waits for no office: what is under way is left, and what came of it stays stored. */
const stick = { target: 'checking', reenter: true, actions: 'askStick' } as const
/** P10: the pointer was damaged. What it pointed to is there, or in the mirror: shown again without waiting for a slot. */
const pointerLost = { target: '#engine.work.checking', actions: ['nothingShown', 'askSlot'] } as const

function step({ context, self }: { context: Context; self: { send(event: Event): void } }): Step {
  return { context, tell: (event) => self.send(event) }
}
function candidateOf(context: Context): ReleaseRecord {
  if (context.candidate !== null) return context.candidate
  throw new SunhallError('E-STATE', 'Expected a release to load, found none')
}
function announce({ context }: { context: Context }): void {
  const { shown, shownParts } = context.pointer
  if (shown !== null) context.ports.changed(shown.root, [...shownParts])
}
function tellHost({ context }: { context: Context }): void {
  const { shown, previous } = context.pointer
  if (shown === null) return
  // Best effort: a mirror that keeps too much does no harm, and the next switch tells it again.
  context.ports.transport.tellShown(shown.root, previous?.root ?? null).catch(() => undefined)
}

export const engineMachine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Ports },
  actors: { start, check, load, switchOver, pictures, scrub, clean, mendOne },
  delays: {
    slot: ({ context }) => Math.max(0, (context.nextSlot ?? 0) - context.ports.clock.now()),
    night: ({ context }) => untilNight(context),
    reopen: ({ context }) => untilReopened(context),
  },
  guards: { storeLost: ({ event }) => isStoreLost(errorOf(event)) },
  actions: {
    failed: assign(({ context, event }) => changes.failed(context, errorOf(event))),
    announce,
    tellHost,
    listen: ({ context, self }) => {
      context.store?.onDamaged((damage) => self.send({ type: 'damaged', damage }))
    },
    planSlot: assign({ nextSlot: ({ context }) => planSlot(context) }),
    askNow: assign({ request: { reason: 'now' as const, folder: null } }),
    askSlot: assign({ request: { reason: 'slot' as const, folder: null } }),
    askStick: assign(({ context, event }) => changes.stickAsked(context, event)),
    oweScrub: assign({ due: ({ context }) => ({ ...context.due, scrub: context.due.scrub || ('due' as const) }) }),
    askScrub: assign({ due: ({ context }) => ({ ...context.due, scrub: 'asked' as const }) }),
    picturesDone: assign({ due: ({ context }) => ({ ...context.due, pictures: false }) }),
    scrubGivenUp: assign({ due: ({ context }) => ({ ...context.due, scrub: false as const, clean: true }) }),
    nothingShown: assign({ pointer: NOTHING }),
    cleanDone: assign({ due: ({ context }) => ({ ...context.due, clean: false }) }),
  },
}).createMachine({
  id: 'engine',
  context: ({ input }) => freshContext(input),
  type: 'parallel',
  states: {
    work: {
      initial: 'starting',
      on: { 'scrub-now': { actions: 'askScrub' } },
      states: {
        starting: {
          invoke: {
            src: 'start',
            input: step,
            onDone: [
              {
                guard: ({ event }) => event.output.host.profile === null,
                target: 'stopped',
                actions: assign(({ event }) => changes.started(event.output)),
              },
              {
                // Nothing to show yet, or not all of it: no waiting for a slot.
                guard: ({ event }) => event.output.pointer.shown === null || event.output.pointer.loading !== null,
                target: 'checking',
                actions: [assign(({ event }) => changes.started(event.output)), 'announce', 'listen'],
              },
              {
                target: 'idle',
                actions: [assign(({ event }) => changes.started(event.output)), 'announce', 'listen'],
              },
            ],
            onError: { target: 'reopening', actions: 'failed' },
          },
        },
        reopening: { after: { reopen: 'starting' } },
        stopped: {},
        idle: {
          entry: 'planSlot',
          after: { slot: { target: 'checking', actions: 'askSlot' } },
          on: {
            'sync-now': { target: 'checking', actions: 'askNow' },
            'load-stick': stick,
            'scrub-now': { target: '.deciding', actions: 'askScrub' },
          },
          initial: 'deciding',
          states: {
            deciding: {
              always: [
                { guard: ({ context }) => context.pointer.shown === null, target: 'quiet' },
                { guard: ({ context }) => context.due.clean && mustForget(context.pointer), target: 'cleaning' },
                { guard: ({ context }) => context.due.pictures, target: 'pictures' },
                { guard: ({ context }) => context.due.scrub !== false, target: 'scrubbing' },
                { guard: ({ context }) => context.due.clean, target: 'cleaning' },
                { target: 'quiet' },
              ],
            },
            pictures: {
              invoke: {
                src: 'pictures',
                input: step,
                onDone: {
                  target: 'deciding',
                  actions: [assign(({ context, event }) => ({ media: event.output ?? context.media })), 'picturesDone'],
                },
                onError: [
                  { guard: 'storeLost', target: '#engine.work.reopening', actions: 'failed' },
                  { target: 'deciding', actions: 'picturesDone' },
                ],
              },
            },
            scrubbing: {
              invoke: {
                src: 'scrub',
                input: step,
                onDone: [
                  { guard: ({ event }) => event.output.pointer.shown === null, ...pointerLost },
                  {
                    target: 'deciding',
                    actions: assign(({ context, event }) => changes.scrubbed(context, event.output)),
                  },
                ],
                onError: [
                  { guard: 'storeLost', target: '#engine.work.reopening', actions: 'failed' },
                  { target: 'deciding', actions: 'scrubGivenUp' },
                ],
              },
            },
            cleaning: {
              invoke: {
                src: 'clean',
                input: step,
                onDone: [
                  { guard: ({ event }) => event.output.shown === null, ...pointerLost },
                  {
                    target: 'deciding',
                    actions: [assign(({ event }) => ({ pointer: event.output })), 'cleanDone', 'tellHost'],
                  },
                ],
                onError: [
                  { guard: 'storeLost', target: '#engine.work.reopening', actions: 'failed' },
                  { target: 'deciding', actions: 'cleanDone' },
                ],
              },
            },
            quiet: { after: { night: { target: 'deciding', actions: 'oweScrub' } } },
          },
        },
        checking: {
          entry: assign(({ context }) => changes.checkBegins(context)),
          on: { 'load-stick': stick },
          invoke: {
            src: 'check',
            input: step,
            onDone: [
              {
                guard: ({ event }) => event.output.candidate !== null,
                target: 'loading',
                actions: assign(({ context, event }) => changes.checked(context, event.output)),
              },
              {
                guard: ({ event }) => event.output.failure !== null,
                target: 'idle',
                actions: assign(({ context, event }) => changes.checked(context, event.output)),
              },
              {
                target: 'idle',
                actions: [
                  assign(({ context, event }) => changes.checked(context, event.output)),
                  assign(({ context }) => changes.upToDate(context)),
                ],
              },
            ],
            onError: [
              { guard: 'storeLost', target: 'reopening', actions: 'failed' },
              { target: 'idle', actions: 'failed' },
            ],
          },
        },
        loading: {
          entry: assign(({ context }) => changes.loadBegins(context, candidateOf(context))),
          on: {
            'load-stick': stick,
            planned: { actions: assign(({ context, event }) => changes.planned(context, event.bytes)) },
            arrived: { actions: assign(({ context }) => changes.arrived(context)) },
            part: [
              {
                guard: ({ event }) => event.pointer !== null,
                actions: [
                  assign(({ context, event }) => changes.partReady(context, event.part, event.pointer)),
                  'announce',
                ],
              },
              { actions: assign(({ context, event }) => changes.partReady(context, event.part, null)) },
            ],
          },
          invoke: {
            src: 'load',
            input: ({ context, self }) => ({ ...step({ context, self }), record: candidateOf(context) }),
            onDone: [
              {
                guard: ({ event }) => event.output.shown,
                target: 'idle',
                actions: [
                  assign(({ context, event }) => changes.loaded(context, event.output)),
                  assign(({ event }) => changes.switched(event.output.pointer)),
                  'announce',
                  'tellHost',
                ],
              },
              { target: 'ready', actions: assign(({ context, event }) => changes.loaded(context, event.output)) },
            ],
            onError: [
              { guard: 'storeLost', target: 'reopening', actions: 'failed' },
              { target: 'idle', actions: 'failed' },
            ],
          },
        },
        ready: {
          // P7: nothing changes under a villager's finger; the switch waits for the attract screen.
          always: { guard: ({ context }) => context.gate.resting, target: 'switching' },
          on: { rest: 'switching', 'sync-now': { target: 'checking', actions: 'askNow' }, 'load-stick': stick },
        },
        switching: {
          invoke: {
            src: 'switchOver',
            input: ({ context, self }) => ({ ...step({ context, self }), record: candidateOf(context) }),
            onDone: {
              target: 'idle',
              actions: [assign(({ event }) => changes.switched(event.output)), 'announce', 'tellHost'],
            },
            onError: { target: 'reopening', actions: 'failed' },
          },
        },
      },
    },
    presence: {
      initial: 'visit',
      states: {
        visit: { entry: ({ context }) => context.gate.set(false), on: { rest: 'rest' } },
        rest: { entry: ({ context }) => context.gate.set(true), on: { visit: 'visit' } },
      },
    },
    mending: {
      initial: 'none',
      on: { damaged: { actions: assign({ damaged: ({ context, event }) => [...context.damaged, event.damage] }) } },
      states: {
        none: { always: { guard: ({ context }) => context.damaged.length > 0, target: 'one' } },
        one: {
          invoke: {
            src: 'mendOne',
            input: ({ context, self }) => {
              const [damage] = context.damaged
              if (damage === undefined) throw new SunhallError('E-STATE', 'Expected damage to mend, found none')
              return { ...step({ context, self }), damage }
            },
            onDone: { target: 'none', actions: assign({ damaged: ({ context }) => context.damaged.slice(1) }) },
            onError: {
              target: 'none',
              actions: assign(({ context, event }) => ({
                damaged: context.damaged.slice(1),
                lastFailure: failureOf(event.error, context.ports.clock.now(), context.pointer.shown?.number ?? null),
              })),
            },
          },
        },
      },
    },
  },
})
