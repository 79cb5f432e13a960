// Runs all rules over the books and keeps what they found in the service database, with the words already given.
import { sql } from 'kysely'
import { rowsOf } from '../database/query.ts'
import type { Office } from '../office.ts'
import { readSetting, type Service, writeSetting } from '../service/service.ts'
import { Labels } from './labels.ts'
import { RULES } from './rules.ts'
import { readCheckSettings } from './settings.ts'
import { type RuleRun, walkBooks } from './walk.ts'

/** Findings written in one statement: PostgreSQL and SQLite both bound the number of values. */
const AT_ONCE = 200
const LAST_RUN = 'checks-run'

export interface CheckReport {
  errors: number
  /** Warnings in all, and those that somebody has justified. */
  warnings: number
  ms: number
  rules: { rule: string; errors: number; warnings: number; ms: number }[]
}

/** `step` is told how many villages are done, of how many. */
export async function runChecks(
  office: Office,
  now: Date,
  step?: (done: number, total: number) => void,
): Promise<CheckReport> {
  const started = performance.now()
  const service = await office.service()
  const settings = await readCheckSettings(service)
  const stamp = await stampOf(office, JSON.stringify(settings))
  const runs = await walkBooks(office, RULES, settings, step)
  await keep(service, runs, await Labels.open(await office.books()), now)
  await writeSetting(service, LAST_RUN, { at: now.toISOString(), stamp })
  const sum = (of: 'errors' | 'warnings'): number => runs.reduce((all, run) => all + run[of], 0)
  return {
    errors: sum('errors'),
    warnings: sum('warnings'),
    ms: Math.round(performance.now() - started),
    rules: runs.map(({ rule, errors, warnings, ms }) => ({ rule, errors, warnings, ms: Math.round(ms) })),
  }
}

/** When all rules last looked; '' where never. */
export async function lastRun(service: Service): Promise<string> {
  return (await storedRun(service)).at
}

/** True when imports, releases or the checks' settings have changed since the last run. */
export async function isStale(office: Office): Promise<boolean> {
  const service = await office.service()
  const settings = await readCheckSettings(service)
  return (await storedRun(service)).stamp !== (await stampOf(office, JSON.stringify(settings)))
}

async function storedRun(service: Service): Promise<{ at: string; stamp: string }> {
  const found = await readSetting(service, LAST_RUN)
  if (typeof found !== 'object' || found === null) return { at: '', stamp: '' }
  return { at: String(Reflect.get(found, 'at') ?? ''), stamp: String(Reflect.get(found, 'stamp') ?? '') }
}

/** Changes whenever rows come, go or become public, or a rule is added. */
async function stampOf(office: Office, settings: string): Promise<string> {
  const [row] = await rowsOf(
    await office.books(),
    sql`SELECT max(id) AS last, count(undone) AS undone, sum(accepted) AS rows, count(published) AS public FROM imports`,
  )
  return [row?.last, row?.undone, row?.rows, row?.public, RULES.map(({ id }) => id).join(), settings].join('|')
}

async function keep(service: Service, runs: readonly RuleRun[], labels: Labels, now: Date): Promise<void> {
  const rows = runs.flatMap(({ found }) => found.map((one) => labels.rowOf(one, now)))
  await service.transaction().execute(async (all) => {
    await all.updateTable('findings').set({ open: 0 }).execute()
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      await all
        .insertInto('findings')
        .values(rows.slice(from, from + AT_ONCE))
        .onConflict((on) =>
          // Words, who gave them and when it was first seen stay.
          on.column('id').doUpdateSet((eb) => ({
            open: 1,
            level: eb.ref('excluded.level'),
            import: eb.ref('excluded.import'),
            file: eb.ref('excluded.file'),
            row: eb.ref('excluded.row'),
            placeName: eb.ref('excluded.placeName'),
            value: eb.ref('excluded.value'),
            wanted: eb.ref('excluded.wanted'),
          })),
        )
        .execute()
    }
    await all.deleteFrom('findings').where('open', '=', 0).where('words', '=', '').execute()
    await all.deleteFrom('ruleRuns').execute()
    await all.insertInto('ruleRuns').values(runs.map(runRow)).execute()
  })
}

function runRow({ rule, errors, warnings, ms, found }: RuleRun) {
  const kept = (level: string): number => found.filter((one) => one.level === level).length
  return {
    rule,
    errors,
    warnings,
    keptErrors: kept('error'),
    keptWarnings: kept('warning'),
    ms: Math.round(ms),
  }
}
