// The whole product for the benchmark of a visit: the sample county's office, its release, a terminal's host.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { build } from 'vite'
import { z } from 'zod'
import { provision, serveOffice } from '../../../.ci/office.ts'
import { runJson, runUntil, type Started } from '../../../.ci/processes.ts'
import { CORRECTION_ROWS } from '../invented-county.ts'

const COUNTY = 'sync/county/cli.ts'
const ROOT = resolve(import.meta.dirname, '../../..')
/** Writes what a process has used (kB of memory at most, µs of processor) into a file as it ends. */
const USAGE_FILE = 'SUNHALL_BENCH_USAGE'
const NOTE_USAGE = `data:text/javascript,import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(process.env.${USAGE_FILE},JSON.stringify(process.resourceUsage())))`
const usage = z.object({ maxRSS: z.number(), userCPUTime: z.number(), systemCPUTime: z.number() })

const published = z.object({
  release: z.number(),
  proofMs: z.number(),
  figures: z.object({
    ms: z.number(),
    buildMs: z.number(),
    filesMs: z.number(),
    rows: z.number(),
    wireBytes: z.number(),
  }),
})
export type Publication = z.infer<typeof published> & { megabytes: number; cpuMs: number }

/** Fills an empty office with the sample county. */
export async function fillOffice(folder: string, scale: number): Promise<void> {
  await runJson([COUNTY, 'sample', '--scale', String(scale), '--data', folder, '--json'])
}

/** Publishes what the office holds, in a process of its own, with what it used. */
export async function publishOffice(folder: string): Promise<Publication> {
  const file = `${folder}-usage.json`
  process.env[USAGE_FILE] = file
  const told = await runJson(['--import', NOTE_USAGE, COUNTY, 'publish', '--data', folder, '--json'])
  const used = usage.parse(JSON.parse(readFileSync(file, 'utf8')))
  const cpuMs = (used.userCPUTime + used.systemCPUTime) / 1e3
  return { ...published.parse(told), megabytes: used.maxRSS / 1e3, cpuMs }
}

/** Corrects the amounts of some payments straight in the office's database: an import's own cost isn't measured here. */
export function correctOffice(folder: string): void {
  const database = new DatabaseSync(join(folder, 'office.sqlite'))
  const every = `(SELECT max(1, count(*) / ${CORRECTION_ROWS}) FROM payments)`
  database.exec(`UPDATE payments SET amount = amount + 100, due = due + 100 WHERE entry % ${every} = 0`)
  database.close()
}

export interface Terminal {
  /** Opens the page with its launch secret; may be opened again. */
  url: string
  host: Started
  office: Started
}

/** Builds the page for itself: what lies in dist may be older than what publishes. */
export async function startTerminal(scratch: string, folder: string): Promise<Terminal> {
  const page = join(scratch, 'renderer')
  await build({
    configFile: join(ROOT, 'renderer/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: page, emptyOutDir: true },
  })
  const office = await serveOffice(folder, '0')
  const config = await provision(folder, office.url, join(scratch, 'provisioning'))
  const given = ['--config', config, '--data', join(scratch, 'terminal'), '--renderer', page]
  const args = ['electron/browser/cli.ts', ...given, '--developer', '--no-browser', '--port', '0']
  const host = await runUntil(args, /Open (http:\S+)/)
  return { url: host.match[1] ?? '', host, office }
}
