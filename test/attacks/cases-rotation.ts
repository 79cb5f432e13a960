// Conformance: keys change hands. Keys are numbered 0–9; each line is a version's keys, its threshold and who signed it.
import { type ConformanceCase, equal } from './case.ts'
import type { Client } from './client.ts'
import { TOP_ROLES, type TopRole } from './simulator.ts'
import { newSimKey, type SimKey } from './simulator-keys.ts'

interface Step {
  keys: readonly number[]
  threshold: number
  signed: readonly number[]
}
const step = (keys: string, threshold: number, signed: string): Step => ({
  keys: [...keys].map(Number),
  threshold,
  signed: [...signed].map(Number),
})

/** Name in the suite, whether the last root is taken, the roots. */
const ROOTS: readonly (readonly [string, boolean, readonly Step[]])[] = [
  ['1-of-1-key-rotation', true, [step('1', 1, '1'), step('2', 1, '21'), step('2', 1, '2')]],
  ['1-of-1-key-rotation-unused-signatures', true, [step('1', 1, '314'), step('2', 1, '3214'), step('2', 1, '324')]],
  [
    '3-of-5-sign-with-different-keycombos',
    true,
    [step('01234', 3, '024'), step('01234', 3, '041'), step('01234', 3, '013'), step('01234', 3, '013')],
  ],
  ['3-of-5-one-key-rotated', true, [step('01234', 3, '024'), step('01345', 3, '041')]],
  [
    '3-of-5-one-key-rotated-with-intermediate-step',
    true,
    [step('01234', 3, '024'), step('01345', 3, '0245'), step('01345', 3, '045')],
  ],
  [
    '3-of-5-all-keys-rotated-with-intermediate-step',
    true,
    [step('01234', 3, '024'), step('56789', 3, '024567'), step('56789', 3, '567')],
  ],
  ['1-of-3-threshold-increase-to-2-of-3', true, [step('123', 1, '1'), step('123', 2, '12')]],
  ['2-of-3-threshold-decrease-to-1-of-3', true, [step('123', 2, '12'), step('123', 1, '12'), step('123', 1, '1')]],
  ['1-of-2-threshold-increase-to-2-of-2', true, [step('1', 1, '1'), step('12', 2, '12')]],
  ['1-of-1-key-rotation-fail-not-signed-with-old-key', false, [step('1', 1, '1'), step('2', 1, '234')]],
  ['1-of-1-key-rotation-fail-not-signed-with-new-key', false, [step('1', 1, '1'), step('2', 1, '134')]],
  ['3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys', false, [step('01234', 3, '024'), step('01345', 3, '024')]],
  ['3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys', false, [step('01234', 3, '024'), step('01345', 3, '045')]],
  [
    '1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached',
    false,
    [step('123', 1, '1'), step('123', 2, '2')],
  ],
  [
    '2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached',
    false,
    [step('123', 2, '12'), step('123', 1, '1')],
  ],
]

/** Name in the suite, whether timestamp, snapshot and targets are taken, their keys. */
const OTHERS: readonly (readonly [string, boolean, Step])[] = [
  ['1-of-1-key-rotation', true, step('2', 1, '2')],
  ['1-of-1-key-rotation-unused-signatures', true, step('1', 1, '314')],
  ['1-of-1-key-rotation-fail-not-signed-with-new-key', false, step('2', 1, '134')],
  ['3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys', false, step('01345', 3, '024')],
  ['2-of-5-one-key-signature-mising-threshold-not-reached', false, step('01345', 3, '04')],
  ['3-of-5-sign-first-combo', true, step('01234', 3, '024')],
  ['3-of-5-sign-second-combo', true, step('01234', 3, '041')],
  ['3-of-5-sign-third-combo', true, step('01234', 3, '013')],
  ['3-of-5-sign-fourth-combo', true, step('01234', 3, '123')],
  ['3-of-5-sign-fifth-combo', true, step('01234', 3, '234')],
]

function setKeys(client: Client, role: TopRole, keys: readonly SimKey[], { threshold, ...who }: Step): void {
  const { repo } = client
  const chosen = (numbers: readonly number[]): SimKey[] => numbers.flatMap((n) => keys[n] ?? [])
  repo.root.roles[role] = { keyids: [], threshold }
  for (const key of chosen(who.keys)) repo.addKey(role, key)
  repo.signers.set(role, chosen(who.signed))
}

export const ROTATION: readonly ConformanceCase[] = [
  ...ROOTS.map(
    ([name, taken, steps]): ConformanceCase => ({
      suite: `test_updater_key_rotations.py::test_root_rotation[${name}]`,
      clause: '5.3.4, 5.3.9',
      attack: taken
        ? `none: ${steps.length} roots, each signed by old and new keys`
        : 'a root that old or new keys did not sign often enough',
      does: taken ? 'follows them one by one to the last' : 'keeps the root before it',
      async run(client) {
        const { repo } = client
        const keys = Array.from({ length: 10 }, () => newSimKey())
        repo.withdraw('root')
        for (const one of steps) {
          setKeys(client, 'root', keys, one)
          repo.publish('root')
        }
        repo.publish('targets', 'snapshot', 'timestamp')
        equal(await client.init(), 0)
        equal(await client.refresh(), taken ? 0 : 1)
        const expected = repo.published.get('root')?.at(taken ? -1 : -2)
        equal(client.bytes('root')?.toString(), expected?.toString())
      },
    }),
  ),
  ...OTHERS.map(
    ([name, taken, keysOf]): ConformanceCase => ({
      suite: `test_updater_key_rotations.py::test_non_root_rotations[${name}]`,
      clause: '5.4.2, 5.5.3, 5.6.3',
      attack: taken
        ? 'none: timestamp, then snapshot, then targets get new keys, and enough of them sign'
        : 'timestamp, then snapshot, then targets are signed by too few of their new keys',
      does: taken ? 'takes each' : 'refuses each',
      async run(client) {
        const { repo } = client
        const keys = Array.from({ length: 10 }, () => newSimKey())
        equal(await client.init(), 0)
        for (const role of TOP_ROLES.filter((one) => one !== 'root')) {
          setKeys(client, role, keys, keysOf)
          repo.publish('root', 'targets', 'snapshot', 'timestamp')
          equal(await client.refresh(), taken ? 0 : 1)
          if (taken) equal(client.bytes(role)?.toString(), repo.latest(role).toString())
          else equal(client.version('timestamp'), null)
        }
      },
    }),
  ),
]
