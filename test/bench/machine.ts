// What a bench ran on: without it a figure says nothing.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  at: string
  cpu: string
  cores: number
  memoryGB: number
  node: string
  browser: string
  /** How busy it was with everything before and after, ourselves included: figures of a busy machine say little. */
  loadBefore: number
  loadAfter: number
  /** Versions of what is measured beside ours, and where a browser keeps IndexedDB. */
  versions: Record<string, string>
}

export const chromiumPath = (): string => process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'

const busy = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10

function browserOf(): string {
  try {
    return execFileSync(chromiumPath(), ['--version', '--no-sandbox'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'none'
  }
}

export function machineNow(): Machine {
  return {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? '',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    browser: browserOf(),
    loadBefore: busy(),
    loadAfter: 0,
    versions: {},
  }
}

export function finished(machine: Machine, versions: Record<string, string>): Machine {
  return { ...machine, loadAfter: busy(), versions }
}
