// Debian's PostgreSQL on a socket of its own, started for a test and thrown away after it. Where it isn't installed it is
// (as root on Debian); where that can't be, the tests that need it say so by name and are skipped.
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Postgres {
  /** Address for `openService`, of a new database each time. */
  fresh(): string
  stop(): void
}

const USER = 'postgres'
/** As a Chinese server may sort: what must come in the order of bytes has to say so itself. */
const SORTED_BY_PINYIN = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=zh']

/** Whether PostgreSQL is here, after trying to install it. */
export function findPostgres(): string | null {
  if (newestBin() === null && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], { env })
  }
  return newestBin()
}

function newestBin(): string | null {
  const found = globSync('/usr/lib/postgresql/*/bin/initdb').sort()
  const last = found.at(-1)
  return last === undefined ? null : join(last, '..')
}

/** Starts a server on a Unix socket only: nothing listens on the network. */
export function startPostgres(bin: string): Postgres {
  const folder = mkdtempSync(join(tmpdir(), 'pg-'))
  const asOwner = process.getuid?.() === 0
  if (asOwner) giveTo(folder)
  const run = (command: string, args: readonly string[]): string => {
    const whole = [join(bin, command), ...args]
    const [program = '', ...rest] = asOwner ? ['runuser', '-u', USER, '--', ...whole] : whole
    return execFileSync(program, rest, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const data = join(folder, 'data')
  run('initdb', ['-D', data, '-A', 'trust', '-U', USER, '--no-sync', '-E', 'UTF8', ...SORTED_BY_PINYIN])
  const options = `-c listen_addresses='' -c unix_socket_directories=${folder} -c fsync=off`
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'])
  let count = 0
  return {
    fresh() {
      count += 1
      run('createdb', ['-h', folder, '-U', USER, `t${count}`])
      return `postgres:///t${count}?host=${encodeURIComponent(folder)}&user=${USER}`
    },
    stop() {
      if (existsSync(data)) run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function giveTo(folder: string): void {
  const id = (flag: string): number => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }))
  chownSync(folder, id('-u'), id('-g'))
}
