// Preloaded into the county's command line (node --import): SIGKILL right before its SUNHALL_KILL_AT-th change of anything
// that lasts, be it a file, a folder, a row or a new process. Between two such changes the disk says the same, so that a
// kill at each of them is a kill at every moment. Without the number it says at the end how many changes there were. With
// SUNHALL_KILL_VERB only that verb is meant, not the server that starts it.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { DatabaseSync, StatementSync } from 'node:sqlite'

const require = createRequire(import.meta.url)
const FILES = ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'rmSync', 'linkSync', 'copyFileSync', 'mkdirSync']
const LATER = ['open', 'rename', 'mkdir']

const [, program = '', verb = ''] = process.argv
if (program.endsWith('cli.ts') && [verb, undefined].includes(process.env.SUNHALL_KILL_VERB))
  arm(Number(process.env.SUNHALL_KILL_AT ?? 0))

function arm(killAt: number): void {
  const say = fs.writeSync
  let count = 0
  const step = (): void => {
    count += 1
    if (count === killAt) process.kill(process.pid, 'SIGKILL')
  }
  for (const name of FILES) wrap(fs, name, step)
  for (const name of LATER) wrap(fs.promises, name, step)
  wrap(DatabaseSync.prototype, 'exec', step)
  wrap(StatementSync.prototype, 'run', step)
  wrap(require('node:child_process'), spawn.name, step)
  syncBuiltinESMExports()
  process.on('exit', () => say(2, `changes ${count}\n`))
}

function wrap(owner: object, name: string, step: () => void): void {
  const real: unknown = Reflect.get(owner, name)
  if (typeof real !== 'function') throw new Error(`Expected a function ${name}, got ${typeof real}`)
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
    step()
    return Reflect.apply(real, this, args)
  })
}
