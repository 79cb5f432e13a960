// A Chromium of its own process group on a profile that lasts, started in the quickest way and killed in the hardest:
// SIGKILL to all of its processes at once, as close to a pulled plug as a process comes.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Browser {
  /** Kills all its processes; resolves once none is left. */
  kill(): Promise<void>
}

const FLAGS = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-software-rasterizer', '--disable-dev-shm-usage'],
  ...['--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--disable-extensions', '--disable-default-apps', '--disable-breakpad', '--no-zygote'],
  ...['--disable-domain-reliability', '--metrics-recording-only', '--hide-crash-restore-bubble', '--in-process-gpu'],
  '--enable-features=NetworkServiceInProcess',
  '--disable-features=Translate,MediaRouter,OptimizationHints,SpareRendererForSitePerProcess',
]

/** With its processes apart, as it comes: all in one it starts in half the time, but now and then hangs by itself. */
export function startBrowser(chromium: string, profile: string, url: string): Browser {
  const flags = [...FLAGS, `--user-data-dir=${profile}`, url]
  const child = spawn(chromium, flags, { stdio: 'ignore', detached: true })
  const { pid } = child
  if (pid === undefined) throw new Error(`Expected to start ${chromium}, got no process`)
  return { kill: () => killGroup(child, pid) }
}

async function killGroup(child: ChildProcess, pid: number): Promise<void> {
  const gone = new Promise<void>((ended) => {
    if (child.exitCode !== null || child.signalCode !== null) ended()
    else child.once('exit', () => ended())
  })
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
  await gone
  // The others of the group are killed with it, but go a moment later; until then they hold the profile.
  while (groupAlive(pid)) await new Promise((later) => setTimeout(later, 10))
}

function groupAlive(group: number): boolean {
  try {
    process.kill(-group, 0)
  } catch {
    return false
  }
  // Members that are dead, but that nobody has waited for, still answer; they hold nothing.
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isLiveMember(name, group))
}

function isLiveMember(pid: string, group: number): boolean {
  try {
    const [, state = '', pgrp] = /\) (\S) \S+ (\S+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return Number(pgrp) === group && state !== 'Z'
  } catch {
    return false
  }
}
