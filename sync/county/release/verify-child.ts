// The terminal's own verifier in a process of its own: the office doesn't import the terminal's rooms.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'

/** What the verifier prints: `ok` with counts, or the first failure. */
export type Verdict = { readonly [key: string]: unknown }

/** Verifies a distribution folder or a stick against the county's root in the file `root`. */
export async function runVerifier(folder: string, root: string): Promise<Verdict> {
  const program = join(import.meta.dirname, '..', '..', '..', 'electron', 'host', 'verify-folder.ts')
  const child = spawn(process.execPath, [program, folder, '--root', root, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let problems = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()))
  await new Promise<void>((done, failed) => {
    child.on('error', failed)
    child.on('close', () => done())
  })
  const last = output.trim().split('\n').at(-1) ?? ''
  if (last.startsWith('{')) return JSON.parse(last)
  return { ok: false, code: 'E-INPUT', where: folder, message: problems.trim() || 'The verifier said nothing' }
}

/** Errors: E-STATE with the verifier's words where a terminal would refuse the folder. */
export async function requireAccepted(folder: string, root: string): Promise<Verdict> {
  const verdict = await runVerifier(folder, root)
  if (verdict.ok === true) return verdict
  throw new SunhallError(
    'E-STATE',
    `Expected a release that a terminal takes, got ${String(verdict.code)} in ${String(verdict.where)}: ${String(verdict.message)}; nothing was published, propose again`,
  )
}
