// imports and undo: what was taken, and taking it back.
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { appendAudit } from '../audit/audit.ts'
import { listRuns } from '../import/runs.ts'
import { listImports, undoImport } from '../import/undo.ts'
import type { Verb } from './verb.ts'

/** Why a try took nothing, for people. */
const STATES: Readonly<Record<string, string>> = {
  running: 'still at work',
  broken: 'broken off, nothing was taken; begin it again with "import --resume"',
  failed: 'failed',
  refused: 'refused rows, so nothing was taken',
}

export const importsVerb: Verb = {
  name: 'imports',
  usage: 'imports',
  summary: 'lists what was taken: number, table, file, rows, when, by whom, and the release that first held it',
  example: 'county imports',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ office, say }) {
    const imports = await listImports(office)
    for (const entry of imports) {
      const state =
        entry.undone !== null ? 'taken back' : entry.published === null ? 'not published' : `release ${entry.published}`
      say(`${entry.id}\t${entry.table}\t${entry.file}\t${entry.rows} rows\t${entry.at}\t${entry.by || '-'}\t${state}`)
    }
    // Tries that took nothing, unless they only looked: each can be begun again.
    const tries = (await listRuns(await office.books())).filter(({ state }) =>
      ['broken', 'failed', 'refused', 'running'].includes(state),
    )
    for (const { id, table, file, startedAt, state, message } of tries.slice(0, 20))
      say(`try ${id}\t${table}\t${file}\t${startedAt}\t${STATES[state]}${message === '' ? '' : `: ${message}`}`)
    return { ok: true, imports, tries }
  },
}

export const undoVerb: Verb = {
  name: 'undo',
  usage: 'undo <import> [--as LOGIN]',
  summary: 'takes an import back that no release holds yet',
  example: 'county undo 3',
  options: ACTOR_OPTIONS,
  positionals: { min: 1, max: 1 },
  async run(context) {
    const { office, positionals, now, say } = context
    const actor = await actorFor(context, 'operator')
    const [text = ''] = positionals
    if (!/^\d+$/.test(text))
      throw new SunhallError('E-INPUT', `Expected the number of an import, got "${text}"; see "imports"`)
    const entry = await undoImport(office, Number(text), now)
    const who = actor.login === '' ? 'practice' : actor.login
    await appendAudit(await office.service(), { actor: who, action: 'undo', object: `import ${entry.id}` }, now)
    say(`Import ${entry.id} (${entry.file}, ${entry.rows} rows of ${entry.table}) is taken back`)
    return { ok: true, undone: entry.id, table: entry.table, rows: entry.rows }
  },
}
