// The checks' page in numbers: every rule with its words and how much is open, as one person may see it.
import type { CheckOverview, Finding, RuleSummary } from '../../contract/console/checks.ts'
import type { Actor } from '../accounts/roles.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import { type FindingRow, listFindings } from './findings.ts'
import type { Rule } from './rule.ts'
import { RULES } from './rules.ts'
import { isStale, lastRun } from './run.ts'
import { readCheckSettings } from './settings.ts'

/** A township's account counts its own places' findings. Nothing is run here. */
export async function readOverview(office: Office, actor: Actor): Promise<CheckOverview> {
  const service = await office.service()
  const { findings } = await listFindings(service, { township: actor.township })
  const unlisted = actor.township === null ? await unlistedOf(service) : new Map<string, Unlisted>()
  const rules = RULES.map((rule) => summaryOf(rule, findings, unlisted.get(rule.id)))
  const sum = (of: 'errors' | 'warnings'): number => rules.reduce((all, rule) => all + rule[of], 0)
  return {
    ranAt: await lastRun(service),
    stale: await isStale(office),
    errors: sum('errors'),
    warnings: sum('warnings'),
    rules,
    settings: await readCheckSettings(service),
  }
}

interface Unlisted {
  errors: number
  warnings: number
}

/** Hits beyond those kept singly, by rule. */
async function unlistedOf(service: Service): Promise<Map<string, Unlisted>> {
  const runs = await service.selectFrom('ruleRuns').selectAll().execute()
  return new Map(
    runs.map((run) => [run.rule, { errors: run.errors - run.keptErrors, warnings: run.warnings - run.keptWarnings }]),
  )
}

function summaryOf(rule: Rule, findings: readonly FindingRow[], unlisted: Unlisted | undefined): RuleSummary {
  const own = findings.filter((one) => one.rule === rule.id)
  const warnings = own.filter(({ level }) => level === 'warning')
  const justified = warnings.filter(({ words }) => words !== '').length
  const more = unlisted ?? { errors: 0, warnings: 0 }
  const { id, level, title, why, source, todo } = rule
  return {
    ...{ id, level, title, why, source, todo },
    errors: own.length - warnings.length + more.errors,
    warnings: warnings.length - justified + more.warnings,
    justified,
    unlisted: more.errors + more.warnings,
  }
}

/** A finding as the console is told of it. */
export function findingView(row: FindingRow): Finding {
  const { open: _, justifiedBy: __, level, ...rest } = row
  return {
    ...rest,
    level: level === 'error' ? 'error' : 'warning',
    import: Number(row.import),
    row: Number(row.row),
  }
}
