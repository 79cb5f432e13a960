// Where the release key's passphrase comes from: a file, the environment, or a person at the keyboard, unseen.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { messageOf, SunhallError } from '../../contract/errors.ts'

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
  const first = await ask('发布密钥的口令 (passphrase of the release key): ')
  if (twice && (await ask('再输一遍 (once more): ')) !== first)
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

/** Readline echoes what it edits: its output goes nowhere, and the question is written beside it. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
