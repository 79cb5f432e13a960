// The project's own commands as child processes: what `npm start` puts together. All of them end with this process.
import { type ChildProcess, spawn } from 'node:child_process'
import { SunhallError } from '../sync/contract/errors.ts'

const running = new Set<ChildProcess>()

function launch(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

/** Ends everything that was started, the newest first, and waits for each. */
export async function stopAll(): Promise<void> {
  for (const child of [...running].reverse()) await stop(child)
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}

export interface Started {
  child: ChildProcess
  match: RegExpMatchArray
  /** Everything it has said so far, for when it ends unexpectedly. */
  said(): string
}

/** Waits for a command to end by itself; its exit code, or the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((done) => {
    const now = child.exitCode ?? child.signalCode
    if (now !== null) done(now)
    else child.once('exit', (code, signal) => done(code ?? signal ?? 0))
  })
}

/** Runs a command to its end and reads the JSON object in its last line. Errors: E-STATE with what it said. */
export async function runJson(args: readonly string[]): Promise<Record<string, unknown>> {
  const child = launch(args)
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk))
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk))
  // Its last words may come after its exit.
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new SunhallError('E-STATE', `\`${args.join(' ')}\` ended with ${code}: ${(err + out).trim()}`)
  return JSON.parse(out.trim().split('\n').at(-1) ?? '{}')
}

/** Starts a command that stays, and waits for the line that says it is up. Errors: E-STATE with what it said instead. */
export async function runUntil(args: readonly string[], ready: RegExp): Promise<Started> {
  const child = launch(args)
  let said = ''
  const match = await new Promise<RegExpMatchArray>((done, fail) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      const found = said.match(ready)
      if (found !== null) done(found)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) =>
      fail(new SunhallError('E-STATE', `\`${args.join(' ')}\` ended with ${code}: ${said.trim()}`)),
    )
  })
  return { child, match, said: () => said }
}
