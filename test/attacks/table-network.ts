// Attacks and accidents on the line between office and terminal: portals, proxies, bodies that aren't what was signed.
import type { AttackGroup } from './table.ts'

const CHECK = 'electron/host/check.test.ts'
const FILES = 'electron/host/county-files.test.ts'
const HOST = 'test/attacks/host.test.ts'
const LINE = 'electron/host/network.test.ts'
const MISTAKES = 'electron/host/mistakes.test.ts'
const PAGE = 'test/browser/sync-attacks.test.ts'
const PATCH = 'test/browser/sync-patch.test.ts'
const COUNTY = 'test/unit/attacks.test.ts'
const REFUSED_FILE = 'P2: refuse %s, and neither serve nor store it'

export const NETWORK: AttackGroup = {
  title: 'Networks',
  lines: [
    {
      attack: 'A captive portal’s page with status 200, for every path',
      clause: 'P2, P3',
      does: 'refused; the technician is asked whether a login page answers; the old release is read on',
      code: 'E-FORMAT',
      test: {
        file: HOST,
        name: 'a captive portal’s page %s is E-FORMAT, and the technician is asked about a login page',
        row: 'with status 200',
      },
    },
    {
      attack: 'A captive portal’s page behind a redirect',
      clause: 'P2, P3',
      does: 'the same',
      code: 'E-FORMAT',
      test: {
        file: HOST,
        name: 'a captive portal’s page %s is E-FORMAT, and the technician is asked about a login page',
        row: 'by a redirect',
      },
    },
    {
      attack: 'A captive portal that says so (511)',
      clause: 'P3',
      does: 'tried again later',
      code: 'E-SERVER',
      test: { file: HOST, name: 'a captive portal that says so (511) is E-SERVER' },
    },
    {
      attack: 'A stale proxy: yesterday’s timestamp, and an old pack at a new address',
      clause: '5.4.3, P1, P2',
      does: 'the timestamp is no news; the pack is refused',
      code: 'E-MIXED',
      test: {
        file: HOST,
        name: 'a stale proxy’s timestamp is no news; its pack under the new address is refused as E-MIXED or E-LENGTH',
      },
    },
    {
      attack: 'A stale proxy: a remembered 404 for a new address',
      clause: 'P3',
      does: 'tried again later; gone with the proxy’s memory',
      code: 'E-MISSING',
      test: {
        file: HOST,
        name: 'a stale proxy’s 404 for a new address is E-MISSING, and gone as soon as it is served',
      },
    },
    {
      attack: 'Range answered with 200, or a part (206) for the whole',
      clause: 'P2',
      does: 'no Range is ever asked for; a part is refused',
      code: 'E-FORMAT',
      test: {
        file: HOST,
        name: 'no Range is ever asked for, so that none can be ignored; a part (206) of a file is refused',
      },
    },
    {
      attack: 'A gzip bomb in place of a pack',
      clause: 'P2',
      does: 'unpacking stops at the signed length',
      code: 'E-LENGTH',
      test: { file: FILES, name: REFUSED_FILE, row: 'a gzip bomb' },
    },
    {
      attack: 'A gzip bomb in the proxy’s own Content-Encoding',
      clause: 'P2',
      does: 'reading stops at the signed length',
      code: 'E-LENGTH',
      test: { file: HOST, name: 'a gzip bomb of a proxy that packs in transit is E-LENGTH at the signed length' },
    },
    {
      attack: 'A page behind the end of a gzip stream',
      clause: 'P2',
      does: 'refused by host and page alike',
      code: 'E-FORMAT',
      test: { file: 'test/format/regressions.test.ts', name: '%s (E-FORMAT)', row: 'a login page behind the stream' },
    },
    {
      attack: 'A body that is too long',
      clause: 'P2',
      does: 'refused',
      code: 'E-LENGTH',
      test: { file: FILES, name: REFUSED_FILE, row: 'a longer file' },
    },
    {
      attack: 'A body that is cut short',
      clause: 'P2',
      does: 'refused',
      code: 'E-FORMAT',
      test: { file: FILES, name: REFUSED_FILE, row: 'a cut file' },
    },
    {
      attack: 'A proxy that ends a file early without having told its length',
      clause: 'P3',
      does: 'a cut line: asked for again, and no longer way is taken; **E-FORMAT** and another way where it ends at the same byte again',
      code: 'E-OFFLINE',
      test: {
        file: LINE,
        name: 'is a cut line, E-OFFLINE, so that the file is asked for again, and no longer way is taken',
      },
    },
    {
      attack: 'Metadata that is cut short',
      clause: '5.6.1, P2',
      does: 'refused',
      code: 'E-LENGTH',
      test: { file: CHECK, name: 'E-LENGTH: the targets file is cut short' },
    },
    {
      attack: 'A line that goes silent in the middle',
      clause: 'P3',
      does: 'given up after a silence; tried again later',
      code: 'E-OFFLINE',
      test: { file: CHECK, name: 'gives up a body that %s', row: 'stops in the middle' },
    },
    {
      attack: 'A line that is cut after any byte of metadata or record',
      clause: 'P2, P3',
      does: 'not taken; the old release is read on, and the next check goes through',
      code: 'E-OFFLINE',
      test: { file: LINE, name: 'of metadata and record keeps the old release, until a check comes through' },
    },
    {
      attack: 'A line that is cut after any byte of a file',
      clause: 'P2, P3',
      does: 'nothing of it is stored; what is stored is never asked for again',
      code: 'E-OFFLINE',
      test: {
        file: LINE,
        name: 'of packs, tree, block, delta and patch stores nothing of them, and what is stored is never asked for again',
      },
    },
    {
      attack: 'The same between host and page, after every byte of every file of a load',
      clause: 'P1',
      does: 'goes on from what is stored; in the end the store is a fresh terminal’s',
      code: '',
      test: {
        file: 'test/browser/cuts.test.ts',
        name: 'a later load by %s that is cut after every byte ends as a fresh one',
        row: 'patch',
      },
    },
    {
      attack: 'An office that stops in mid-file and starts anew',
      clause: 'P3',
      does: 'asked later for what is lacking, and for nothing else',
      code: 'E-OFFLINE',
      test: {
        file: LINE,
        name: 'that stops in mid-file and starts anew is asked for what is lacking, and for nothing else',
      },
    },
    {
      attack: 'An office that is away for sixty days',
      clause: 'P3',
      does: 'reading goes on out of the mirror; the next release is taken as soon as it is there',
      code: 'E-OFFLINE',
      test: {
        file: LINE,
        name: 'P3: that is away for sixty days is missed by nobody, and its next release is taken, though the old timestamp has run out',
      },
    },
    {
      attack: 'A changed byte in a block, gzip and lengths right',
      clause: 'P2',
      does: 'refused, neither served nor stored',
      code: 'E-HASH',
      test: { file: COUNTY, name: '$name', row: 'a changed byte in a block' },
    },
    {
      attack: 'The packs of two townships swapped',
      clause: 'P1, P2',
      does: 'refused',
      code: 'E-MIXED',
      test: { file: COUNTY, name: '$name', row: 'swapped packs' },
    },
    {
      attack: 'A delta for another base than the shown release',
      clause: 'P1, P2',
      does: 'whatever it lacks is fetched by the tree; the release is whole or isn’t shown',
      code: '',
      test: { file: PAGE, name: 'takes no harm from a delta for another base: what it lacks is fetched by the tree' },
    },
    {
      attack: 'A row patch, well signed, whose cells lead to another release',
      clause: 'P1, P2',
      does: 'it doesn’t end in the signed root, so it is dropped; the delta is taken',
      code: '',
      test: {
        file: PATCH,
        name: 'a signed patch that %s is dropped, and the delta brings the release',
        row: 'leads elsewhere',
      },
    },
    {
      attack: 'A row patch for another base than the shown release',
      clause: 'P1, P2',
      does: 'the same',
      code: '',
      test: {
        file: PATCH,
        name: 'a signed patch that %s is dropped, and the delta brings the release',
        row: 'is for another release',
      },
    },
    {
      attack: 'A row patch that is damaged, cut short or gone',
      clause: 'P2, P10',
      does: 'the delta is taken in its place',
      code: '',
      test: { file: PATCH, name: 'a patch that arrives damaged, cut or not at all gives way to the delta' },
    },
    {
      attack: 'A delta that is damaged or gone',
      clause: 'P2, P10',
      does: 'the tree is taken in its place',
      code: '',
      test: { file: 'test/browser/sync-later.test.ts', name: 'takes the tree where the delta is damaged or gone' },
    },
    {
      attack: 'A certificate that nobody vouches for',
      clause: 'P2',
      does: 'not spoken to; the technician is told to look at date and certificate',
      code: 'E-OFFLINE',
      test: { file: MISTAKES, name: 'E-OFFLINE: a certificate that nobody vouches for' },
    },
    {
      attack: 'Metadata nested a hundred thousand deep',
      clause: 'P2',
      does: 'refused; the host lives on',
      code: 'E-FORMAT',
      test: { file: HOST, name: 'E-FORMAT: metadata nested a hundred thousand deep' },
    },
    {
      attack: 'A signed record whose only hash is of an unknown kind',
      clause: '5.7.3, P2',
      does: 'refused; the host lives on',
      code: 'E-HASH',
      test: { file: HOST, name: 'E-HASH: a record with a hash of an unknown kind is refused, and the host lives on' },
    },
  ],
}
