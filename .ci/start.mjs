// `npm start`: from a fresh clone to a working terminal. Needs no package and runs under Node 18: it sets up, then goes
// on in start.ts, or in test/walk/run.ts for --check, under Node 24.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { ROOT, toolEnv } from './node24.mjs'
import { setUp } from './setup.mjs'

const args = process.argv.slice(2)
const node = setUp({ install: args.includes('--install') })
const env = { ...toolEnv(node), SUNHALL_CHROMIUM: findChromium() ?? '' }
const rest = args.filter((arg) => arg !== '--install')
const program = rest.includes('--check') ? ['test', 'walk', 'run.ts'] : ['.ci', 'start.ts']
const child = spawn(node, [join(ROOT, ...program), ...rest], { cwd: ROOT, stdio: 'inherit', env })
// Ctrl-C reaches the child by itself; this process only waits for it to have stopped everything.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 0 : 1)))
