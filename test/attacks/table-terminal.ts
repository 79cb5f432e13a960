// What happens to the terminal itself: its clock, its disks, its power, its software, and who else is at it.
import type { AttackGroup } from './table.ts'

const CHECK = 'electron/host/check.test.ts'
const FILES = 'electron/host/county-files.test.ts'
const HOST = 'test/attacks/host.test.ts'
const MISTAKES = 'electron/host/mistakes.test.ts'
const PAGE = 'test/browser/sync-attacks.test.ts'
const SERVER = 'electron/browser/server.test.ts'

export const TERMINAL: AttackGroup = {
  title: 'The terminal itself',
  lines: [
    ...[
      ['at 1970', 'A clock at 1970'],
      ['ten years ahead', 'A clock ten years ahead'],
    ].map(([row = '', attack = '']) => ({
      attack,
      clause: 'design: Time',
      does: 'nothing is taken, also nothing that would be right; reading goes on; the technician sets date and time',
      code: 'E-CLOCK',
      test: { file: HOST, name: 'E-CLOCK: %s; the technician sets it, and the next check goes on', row },
    })),
    ...[
      ['to 1970', 'A clock that jumps to 1970 in mid-update'],
      ['ten years ahead', 'A clock that jumps ten years ahead in mid-update'],
    ].map(([row = '', attack = '']) => ({
      attack,
      clause: '5.1',
      does: 'the update keeps the date at which it began; the next one is refused',
      code: 'E-CLOCK',
      test: {
        file: HOST,
        name: '5.1: a jump %s in mid-update doesn’t change the update’s date; the next one is refused',
        row,
      },
    })),
    {
      attack: 'A release that is dated ahead of this machine',
      clause: 'design: Time',
      does: 'refused',
      code: 'E-CLOCK',
      test: { file: CHECK, name: 'E-CLOCK: a release is dated ahead of this machine' },
    },
    {
      attack: 'Two instances on one profile',
      clause: 'P1',
      does: 'the second is refused and touches nothing',
      code: 'E-STATE',
      test: {
        file: MISTAKES,
        name: 'E-STATE: a second terminal on it is refused, touches nothing, and may start when the first has ended',
      },
    },
    {
      attack: 'Two pages on one profile',
      clause: 'P1',
      does: 'one writes, the other waits, and takes over where the first is closed or dies',
      code: '',
      test: {
        file: 'test/e2e/two-pages.test.ts',
        name: 'the second page takes over when the process of the first is killed in mid-load, and fetches only what is lacking',
      },
    },
    {
      attack: 'Two Chromiums on one profile',
      clause: 'P1',
      does: 'the second ends at once; where the lock was lost it shows nothing and spoils nothing until the first is gone',
      code: 'E-STORE',
      test: {
        file: 'test/e2e/two-processes.test.ts',
        name: 'where the lock was lost, the second process shows nothing and spoils nothing, and takes over when the first is killed',
      },
    },
    {
      attack: 'A disk put into another machine, or a machine renamed: the browser’s profile is locked in the old name',
      clause: 'P10',
      does: 'a lock in another machine’s name is dropped before the browser starts; the data folder’s own lock holds',
      code: '',
      test: {
        file: 'test/e2e/host-terminal.test.ts',
        name: 'P10: shows its page also where the profile’s lock names the machine that the disk was taken from',
      },
    },
    {
      attack: 'A full disk under the host',
      clause: 'P1, P2',
      does: 'the release is refused, the old one stays; taken when there is room',
      code: 'E-QUOTA',
      test: {
        file: 'test/e2e/host-kill.test.ts',
        name: 'E-QUOTA: a disk without room refuses the release, keeps the old one, and recovers',
      },
    },
    {
      attack: 'A full disk under the page (Chromium’s quota)',
      clause: 'P1',
      does: 'the load fails, the old release stays whole; loaded when there is room',
      code: 'E-QUOTA',
      test: {
        file: PAGE,
        name: 'without room on the disk says E-QUOTA, keeps the old release whole, and goes on when there is room',
      },
    },
    {
      attack: 'A mirror that nobody can write',
      clause: 'P3',
      does: 'a code, not a crash',
      code: 'E-STORE',
      test: { file: 'electron/host/host.test.ts', name: 'a mirror that nobody can write gives a code, not a crash' },
    },
    {
      attack: 'The power goes while metadata or mirror are written',
      clause: 'P1',
      does: 'one whole trusted release after the restart; the next check goes on',
      code: '',
      test: {
        file: 'test/e2e/host-kill.test.ts',
        name: 'P1: kill -9 at any moment leaves one whole trusted release, and the next check goes on',
      },
    },
    {
      attack: 'Chromium resets the whole store',
      clause: 'P10',
      does: 'filled again without a technician',
      code: '',
      test: {
        file: 'test/browser/sync-care.test.ts',
        name: 'a store that the browser lost is filled again without a word to anybody',
      },
    },
    {
      attack: 'A release in a format of a later program',
      clause: 'P1, P9',
      does: 'the old release stays; terminal and office say that the software needs an update',
      code: 'E-UPDATE',
      test: {
        file: HOST,
        name: 'E-UPDATE: a release in a format of a later program; the technician updates the software',
      },
    },
    {
      attack: 'Sample keys on a production terminal',
      clause: 'design: Trust',
      does: 'refused, also where a later root brings them',
      code: 'E-SAMPLE-KEY',
      test: {
        file: MISTAKES,
        name: 'E-SAMPLE-KEY: a config for production refuses sample keys that a later root brings (P2)',
      },
    },
    {
      attack: 'Another config or another county’s root on a stick',
      clause: '5.2',
      does: 'refused without the maintenance PIN',
      code: 'E-FORBIDDEN',
      test: {
        file: 'electron/host/host.test.ts',
        name: 'a provisioned terminal takes another config only in maintenance',
      },
    },
    {
      attack: 'Paths of the host that a page has no business with',
      clause: 'P2',
      does: 'not served: metadata, foreign roots, paths outside',
      code: 'E-MISSING',
      test: { file: FILES, name: 'never include metadata, foreign roots or paths outside' },
    },
    {
      attack: 'Another page in the same browser: a rebound name, another origin, a guessed secret',
      clause: 'P2, P6',
      does: 'refused',
      code: 'E-FORBIDDEN',
      test: { file: SERVER, name: 'refuses another Host (a rebound name)' },
    },
  ],
}
