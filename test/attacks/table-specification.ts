// The attacks that the TUF specification names in its section 1.5.2, in its order, each against the real host.
import type { AttackGroup } from './table.ts'

const CHECK = 'electron/host/check.test.ts'
const FILES = 'electron/host/county-files.test.ts'
const HOST = 'test/attacks/host.test.ts'

export const SPECIFICATION: AttackGroup = {
  title: 'The specification’s own list (1.5.2), against the host',
  lines: [
    {
      attack: 'Arbitrary installation: a release signed by another key',
      clause: '1.5.2, 5.6.3, P2',
      does: 'refused; the old release stays',
      code: 'E-SIGNATURE',
      test: { file: CHECK, name: 'E-SIGNATURE: targets signed by another key, behind a good timestamp' },
    },
    {
      attack: 'Arbitrary installation: the record’s bytes exchanged on the way',
      clause: '1.5.2, 5.7.3, P2',
      does: 'refused; the old release stays',
      code: 'E-HASH',
      test: { file: CHECK, name: 'E-HASH: the record is another one of the same length' },
    },
    {
      attack: 'Endless data: a body that never ends',
      clause: '1.5.2, 5.4.1, P2',
      does: 'stops reading at the limit',
      code: 'E-LENGTH',
      test: { file: CHECK, name: 'gives up a body that %s', row: 'never ends' },
    },
    {
      attack: 'Slow retrieval: a body that drips',
      clause: '1.5.2, P3',
      does: 'gives up below 2,000 bytes a second, whatever may still come; tried again later',
      code: 'E-OFFLINE',
      test: { file: CHECK, name: 'gives up a body that %s', row: 'drips for ever' },
    },
    {
      attack: 'Extraneous dependencies: a block that the release doesn’t name',
      clause: '1.5.2, P2',
      does: 'refused: all hangs off the signed root by hash',
      code: 'E-HASH',
      test: { file: FILES, name: 'P2: refuse a block or picture with other bytes' },
    },
    {
      attack: 'Fast-forward: versions driven up by a thief',
      clause: '1.5.2, 5.3.11',
      does: 'recovers as soon as the root names new keys; release numbers begin a new series',
      code: 'E-NUMBER',
      test: {
        file: 'sync/terminal/series.test.ts',
        name: 'takes the county’s number 48 of the new series over the thief’s millionth',
      },
    },
    {
      attack: 'Indefinite freeze: the same metadata past its date',
      clause: '1.5.2, 5.4.4, P3, P9',
      does: 'no new release is taken; reading goes on, dated; the office is alarmed',
      code: 'E-EXPIRED',
      test: { file: CHECK, name: 'E-EXPIRED: %s past its date; reading goes on', row: 'timestamp' },
    },
    {
      attack: 'Malicious mirror: a stick that lacks a pack of the release that it brings',
      clause: '1.5.2, P3',
      does: 'the office is asked next; while that is busy or away the old release stays, whole',
      code: 'E-BUSY',
      test: {
        file: HOST,
        name: 'a stick whose pack is %s keeps no release from a terminal whose office has it',
        row: 'missing',
      },
    },
    {
      attack: 'Mix-and-match: the pack of an earlier release at the new one’s address',
      clause: '1.5.2, 5.5.2, P1',
      does: 'refused, neither served nor stored',
      code: 'E-MIXED',
      test: { file: FILES, name: 'P1: refuse the pack of an earlier release under the new address' },
    },
    {
      attack: 'Rollback: an old timestamp is replayed',
      clause: '1.5.2, 5.4.3, P2',
      does: 'refused',
      code: 'E-NUMBER',
      test: { file: CHECK, name: 'E-NUMBER: an old timestamp is replayed' },
    },
    {
      attack: 'Rollback: an old release is signed again under new versions',
      clause: '1.5.2, P2',
      does: 'refused by its own number, whatever it is wrapped in',
      code: 'E-NUMBER',
      test: { file: CHECK, name: 'E-NUMBER: an old release is signed again under new versions' },
    },
    {
      attack: 'Key compromise: one key counts twice under two IDs',
      clause: '1.5.2, 4.3, 5.3.4',
      does: 'the root is refused: a threshold is one of keys, not of IDs',
      code: 'E-SIGNATURE',
      test: { file: HOST, name: 'E-SIGNATURE: a root that lets one key count twice under two IDs' },
    },
    {
      attack: 'Key compromise: the root’s keys change hands, and the thief signs on',
      clause: '1.5.2, 5.3.8, P2',
      does: 'the new root is kept though the thief’s timestamp is refused; the county’s next one is taken',
      code: 'E-SIGNATURE',
      test: { file: CHECK, name: 'keeps a rotated root though the new timestamp is refused' },
    },
    {
      attack: 'Wrong software: a release of another county',
      clause: '1.5.2, P2',
      does: 'refused, though it is well signed',
      code: 'E-FORMAT',
      test: { file: CHECK, name: 'E-FORMAT: the record is of another county' },
    },
  ],
}
