// Sticks and mirrors that are old, foreign, damaged or incomplete.
import type { AttackGroup } from './table.ts'

const FILES = 'electron/host/county-files.test.ts'
const HOST = 'test/attacks/host.test.ts'
const MISTAKES = 'electron/host/mistakes.test.ts'

export const STICKS: AttackGroup = {
  title: 'Sticks and mirrors',
  lines: [
    {
      attack: 'A stick that is older than what is trusted',
      clause: '5.4.3, P2',
      does: 'refused; the technician is asked for a newer one',
      code: 'E-NUMBER',
      test: {
        file: HOST,
        name: 'E-NUMBER: an older stick after a newer release, and the technician is asked for a newer one',
      },
    },
    {
      attack: 'A stick is checked while the office still answers with an older release',
      clause: 'P2',
      does: 'one after the other: the newer release is trusted, whoever ends last',
      code: '',
      test: {
        file: HOST,
        name: 'P2: a stick is checked while the office is still answering: the newer release wins, whoever ends last',
      },
    },
    {
      attack: 'An office that answers in drips while a technician stands there with a stick',
      clause: '1.5.2, P3',
      does: 'the office is given up, and the stick is looked at within seconds',
      code: '',
      test: {
        file: 'electron/host/stick-first.test.ts',
        name: 'is looked at within seconds while the office drips its timestamp, and the office isn’t called dead for it',
      },
    },
    {
      attack: 'A stick of another county',
      clause: '5.2, P2',
      does: 'refused',
      code: 'E-SIGNATURE',
      test: { file: MISTAKES, name: '%s is refused, and the release stays', row: 'of another county' },
    },
    {
      attack: 'A stick with a changed byte',
      clause: '5.4.2, P2',
      does: 'refused',
      code: 'E-SIGNATURE',
      test: { file: MISTAKES, name: '%s is refused, and the release stays', row: 'with a changed byte' },
    },
    {
      attack: 'A stick without its timestamp',
      clause: '5.4.1',
      does: 'not taken',
      code: 'E-MISSING',
      test: { file: MISTAKES, name: '%s is refused, and the release stays', row: 'without its timestamp' },
    },
    {
      attack: 'A missing block on a mirror',
      clause: 'P10',
      does: 'taken out of the mirror’s packs, else fetched out of its pack',
      code: '',
      test: {
        file: 'test/browser/sync-care.test.ts',
        name: 'mends damaged nodes out of their part’s pack, and a block that is not served singly out of its pack',
      },
    },
    {
      attack: 'A damaged file in the terminal’s own mirror',
      clause: 'P10',
      does: 'found when it is read, dropped and fetched again singly',
      code: '',
      test: { file: FILES, name: 'P10: a damaged mirror file is dropped and fetched again' },
    },
    {
      attack: 'A stick with a pipe in place of a file',
      clause: 'P3',
      does: 'not read: only files are; nothing waits for it',
      code: 'E-MISSING',
      test: {
        file: 'test/format/regressions.test.ts',
        name: '%s in place of the timestamp and of a config',
        row: 'a pipe that nobody writes to',
      },
    },
    {
      attack: 'A stick with a link to an endless device',
      clause: 'P3',
      does: 'not read: only files are; nothing waits for it',
      code: 'E-MISSING',
      test: {
        file: 'test/format/regressions.test.ts',
        name: '%s in place of the timestamp and of a config',
        row: 'a link to an endless device',
      },
    },
    {
      attack: 'A damaged county’s pack in the mirror, with the office away',
      clause: 'P3, P10',
      does: 'dropped alone: the townships’ sound packs stay, and are served again when the county’s is back',
      code: 'E-OFFLINE',
      test: {
        file: 'test/e2e/mirror-damage.test.ts',
        name: 'P3: with the office away, a damaged county’s pack takes no sound township’s pack along',
      },
    },
    {
      attack: 'A folder from which a block is missing, before it is put on a stick',
      clause: 'P2',
      does: '`verify-folder` names the file',
      code: 'E-MISSING',
      test: {
        file: 'test/e2e/host-kill.test.ts',
        name: 'verifies a folder whole from the command line, and names where it is wrong',
      },
    },
  ],
}
