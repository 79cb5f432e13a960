// Where the release key's passphrase comes from: a file, the environment, or a person at the keyboard, unseen.
import { readFileSync } from 'node:fs'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { promptFor } from '../accounts/actor.ts'

export interface PassphraseSource {
  /** File with the passphrase alone in it, from --passphrase-file. */
  file: string | null
  /** What the environment's SUNHALL_PASSPHRASE says. */
  environment: string | undefined
}

/**
 * The passphrase, without a line's end. `twice`: a new one is typed a second time. Errors: E-INPUT for a file that can't be
 * read, E-KEYS where there is nobody to ask or the two differ.
 */
export async function passphraseOf({ file, environment }: PassphraseSource, twice: boolean): Promise<string> {
  if (file !== null) return readOne(file)
  if (environment !== undefined && environment !== '') return environment
  if (!process.stdin.isTTY) {
    throw new SunhallError(
      'E-KEYS',
      "Expected the release key's passphrase, got none; give --passphrase-file FILE or the environment's SUNHALL_PASSPHRASE",
    )
  }
  const first = await promptFor('发布密钥的口令 (passphrase of the release key): ')
  if (twice && (await promptFor('再输一遍 (once more): ')) !== first)
    throw new SunhallError('E-KEYS', 'Expected the same passphrase twice, got two different ones; begin again')
  return first
}

function readOne(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new SunhallError('E-INPUT', `Expected a passphrase in ${file}, got: ${messageOf(error)}`, { cause: error })
  }
}
