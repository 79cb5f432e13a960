// Maps what tuf-js throws to the closed list of codes. tuf-js 6 wraps a refused snapshot or targets file into a plain
// text (`Unable to load … error Error: …`), so its words are read too; every line below has an attack in the tests.
import { type ErrorCode, messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import { errnoOf } from '../files.ts'

const AGAIN = 'sync again, and tell the office if it repeats'
/** What tuf-js says, our code for it, what came, and what to do. */
const WORDS: readonly (readonly [RegExp, ErrorCode, string, string])[] = [
  [/\b(ENOSPC|EDQUOT|EFBIG)\b/, 'E-QUOTA', 'no room on the disk', 'free some space'],
  [/Failed to persist metadata/, 'E-STORE', 'a disk that refuses to be written', 'check the disk'],
  // Client workflow 5.3.4, 5.4.2, 5.5.3, 5.6.3: arbitrary software attack.
  [
    /was signed by \d+\/\d+ keys|no delegation found|No delegations found/,
    'E-SIGNATURE',
    'signed by other keys',
    'tell the office, and don’t use this stick or address',
  ],
  // 5.3.10: the root itself.
  [/root(\.json)? is expired/, 'E-EXPIRED', 'a county root past its date', 'the office must sign a new root'],
  // 5.4.4, 5.5.6, 5.6.5: freeze attack.
  [/is expired/, 'E-EXPIRED', 'past its date', 'check this machine’s date; if it is right, the office must publish'],
  // 5.3.5, 5.4.3, 5.5.4, 5.5.5, 5.6.4: rollback attack.
  [
    /is less than current version|Expected version|match(es)? timestamp|not match snapshot/,
    'E-NUMBER',
    'an older one',
    'use a newer stick; if it came from the network, tell the office',
  ],
  [/Missing file .* in new snapshot/, 'E-NUMBER', 'a snapshot that forgot a file', 'tell the office'],
  // 5.5.2, 5.6.2, 5.7.3: hashes and lengths.
  [/Expected hash|Hash algorithm/, 'E-HASH', 'other bytes than were signed', AGAIN],
  [/Expected length|Max length reached/, 'E-LENGTH', 'more or fewer bytes than were signed', AGAIN],
]

/** The refusal as one of ours, with the library's own words as its cause. `now`: the date that expiry was judged by. */
export function trustError(thrown: unknown, fetchFailure: unknown, now: Date | null): SunhallError {
  if (fetchFailure instanceof SunhallError) return fetchFailure
  if (thrown instanceof SunhallError) return thrown
  const words = messageOf(thrown)
  const found = WORDS.find(([pattern]) => pattern.test(words))
  if (found !== undefined) {
    const [, code, got, remedy] = found
    const on = code === 'E-EXPIRED' && now !== null ? ` on ${now.toISOString().slice(0, 10)}` : ''
    return new SunhallError(code, `Expected the county's newest metadata, got ${got}${on} (${words}); ${remedy}`, {
      cause: thrown,
    })
  }
  const errno = errnoOf(thrown)
  if (errno !== '' && errno.startsWith('E') && !errno.startsWith('ERR_')) {
    const code = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errno) ? 'E-QUOTA' : 'E-STORE'
    return new SunhallError(code, `Expected to write trusted metadata, got ${errno}; check the disk`, { cause: thrown })
  }
  return new SunhallError(
    'E-FORMAT',
    `Expected TUF metadata, got what can't be read (${words}); is the office's address right, or does a login page answer?`,
    { cause: thrown },
  )
}
