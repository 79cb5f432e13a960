// check: looks over what was imported with every rule, lists what it found, and takes words that let a warning stand.
import { writeFileSync } from 'node:fs'
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import type { Actor } from '../accounts/roles.ts'
import { findingsCsv } from '../checks/csv.ts'
import { countOpen, type Justification, justify, listFindings } from '../checks/findings.ts'
import { RULES } from '../checks/rules.ts'
import { runChecks } from '../checks/run.ts'
import { readCheckSettings, writeCheckSettings } from '../checks/settings.ts'
import { startProgress } from '../jobs/progress.ts'
import { textOption, textOptions, type Verb, type VerbContext } from './verb.ts'

/** Findings printed or given with --json; --csv writes all. */
const SHOWN = 200

export const checkVerb: Verb = {
  name: 'check',
  usage:
    'check [--rule ID] [--csv FILE] [--justify ID|RULE --words TEXT [--import N]] [--forbid WORD …] [--closed YYYY-MM]',
  summary: `looks over what was imported with ${RULES.length} rules; errors stop a publication, warnings need a word of justification`,
  example: 'county check --justify paid-twice --words "两笔分别为春、秋两季，已核对原始名册" --as lifang',
  options: {
    rule: { type: 'string', help: `only findings of this rule: ${RULES.map(({ id }) => id).join(', ')}` },
    all: { type: 'boolean', help: 'justified warnings too' },
    csv: { type: 'string', help: 'writes all of them to this file, as a spreadsheet opens it' },
    justify: { type: 'string', help: 'id of a warning, or a rule for all its open warnings' },
    words: { type: 'string', help: 'why it may stand' },
    import: { type: 'string', help: 'with --justify RULE: only of this import' },
    forbid: {
      type: 'string',
      multiple: true,
      help: 'words of expenses that the county forbids, in place of those so far',
    },
    closed: { type: 'string', help: 'last closed month, "" for none: nothing more may be added up to it' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 0 },
  async run(context) {
    const { values } = context
    if (textOption(values, 'justify') !== null) return runJustify(context)
    if (textOptions(values, 'forbid').length > 0 || textOption(values, 'closed') !== null) await runSettings(context)
    return runList(context)
  },
}

async function runList(context: VerbContext): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say } = context
  const actor = await actorFor(context, 'operator', 'reviewer', 'publisher')
  const progress = startProgress(context, { unit: '村', total: null })
  const report = await runChecks(office, now, (done, total) => {
    progress.total(total)
    progress.step(done)
  })
  const service = await office.service()
  const filter = { ...filterOf(context, actor), limit: SHOWN }
  const { findings, total } = await listFindings(service, filter)
  const open = await countOpen(service)
  for (const one of findings) {
    const word = one.words === '' ? '' : `\t${one.justifiedName}: ${one.words}`
    say(
      `${one.level}\t${one.rule}\t${one.id}\t${one.placeName}\t${one.file}:${one.row}\t${one.value} ≠ ${one.wanted}${word}`,
    )
  }
  if (total > findings.length) say(`… and ${total - findings.length} more; --csv FILE writes all, --rule ID narrows`)
  for (const { id, title } of RULES) {
    const run = report.rules.find(({ rule }) => rule === id)
    if (run && run.errors + run.warnings > 0) say(`${id} (${title}): ${run.errors} errors, ${run.warnings} warnings`)
  }
  say(`${open.errors} errors, ${open.warnings} warnings to justify (${RULES.length} rules, ${report.ms} ms)`)
  const csv = textOption(values, 'csv')
  if (csv !== null) writeFileSync(csv, findingsCsv((await listFindings(service, filterOf(context, actor))).findings))
  return { ok: true, ...open, ms: report.ms, rules: report.rules, total, findings, csv }
}

function filterOf({ values }: VerbContext, actor: Actor) {
  const rule = textOption(values, 'rule')
  if (rule !== null) requireRule(rule)
  return { ...(rule === null ? {} : { rule }), justified: values.all === true, township: actor.township }
}

function requireRule(id: string): void {
  if (RULES.some((rule) => rule.id === id)) return
  throw new SunhallError('E-INPUT', `Expected a rule (${RULES.map((rule) => rule.id).join(', ')}), got "${id}"`)
}

async function runJustify(context: VerbContext): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say } = context
  const actor = await actorFor(context, 'operator', 'reviewer')
  const id = textOption(values, 'justify') ?? ''
  const number = textOption(values, 'import')
  if (number !== null && !/^\d+$/.test(number))
    throw new SunhallError('E-INPUT', `Expected --import with the number of an import, got "${number}"`)
  const single = /^[0-9a-f]{32}$/.test(id)
  if (!single) requireRule(id)
  const what: Justification['what'] = single
    ? { id }
    : { rule: id, ...(number === null ? {} : { import: Number(number) }) }
  const words = textOption(values, 'words') ?? ''
  const justified = await justify(await office.service(), { what, words }, actor, now)
  say(`${justified} warnings may stand now: ${words}`)
  return { ok: true, justified }
}

async function runSettings(context: VerbContext): Promise<void> {
  const { office, values, now } = context
  const actor = await actorFor(context, 'reviewer')
  const service = await office.service()
  const forbid = textOptions(values, 'forbid')
  const closed = textOption(values, 'closed')
  if (closed !== null && !/^(\d{4}-(0[1-9]|1[0-2]))?$/.test(closed))
    throw new SunhallError('E-INPUT', `Expected --closed YYYY-MM, got "${closed}"`)
  const settings = await readCheckSettings(service)
  const forbidden = forbid.length > 0 ? forbid.filter((word) => word !== '') : settings.forbidden
  await writeCheckSettings(service, { ...settings, forbidden, closedUntil: closed ?? settings.closedUntil }, actor, now)
}
