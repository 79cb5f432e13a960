// audit: who did what and when; whether the trail is whole; and a copy of it.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AuditCheck } from '../../contract/console/audit.ts'
import { SunhallError } from '../../contract/errors.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { checkAudit } from '../audit/check.ts'
import { type AuditFormat, exportAudit } from '../audit/export.ts'
import { readAudit } from '../audit/read.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

const SHOWN = 50

export const auditVerb: Verb = {
  name: 'audit',
  usage: 'audit [--check [--head HASH]] [--export FILE.jsonl|FILE.csv] [--actor LOGIN] [--object OBJECT]',
  summary: 'lists who did what; --check follows the whole chain and every release’s head in it, and exits 1 if broken',
  example: 'county audit --check --as auditor --password-file /run/password',
  options: {
    check: { type: 'boolean', help: 'verify every entry, and the head in every release record of DIR/dist/records' },
    head: { type: 'string', help: 'with --check: a head noted down earlier, which must be in the chain' },
    export: { type: 'string', help: 'write the whole trail: .jsonl with every hash, or .csv for a spreadsheet' },
    actor: { type: 'string', help: 'only what this login did' },
    object: { type: 'string', help: 'only what was done to this, for example "release 7"' },
    limit: { type: 'string', help: `how many of the newest (default ${SHOWN})` },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 0 },
  async run(context) {
    await actorFor(context, 'auditor')
    if (context.values.check === true) return check(context)
    const file = textOption(context.values, 'export')
    return file === null ? list(context) : write(context, file)
  },
}

async function check({ office, values, say }: VerbContext): Promise<{ [key: string]: unknown }> {
  const found = await checkAudit(await office.service(), office.dist, textOption(values, 'head'))
  say(
    found.ok
      ? `The trail is whole: ${found.entries} entries, ${found.releases} releases; head ${found.head || '-'}`
      : `The trail is BROKEN ${placeOf(found)}; ${found.entries} entries before it are sound`,
  )
  return { ...found }
}

const REASONS = {
  gap: 'an entry is missing before it',
  link: 'it does not follow the entry before it',
  hash: 'it was changed after it was written',
  'release-head': 'the head in its record is not in the chain, or lies before the release before it',
  'noted-head': 'the head that was noted down is not in the chain',
  record: 'its record can’t be read',
} as const

function placeOf({ broken }: AuditCheck): string {
  if (broken === null) return ''
  const place =
    broken.seq === null ? (broken.release === null ? '' : `at release ${broken.release}: `) : `at entry ${broken.seq}: `
  return `${place}${REASONS[broken.reason]}`
}

async function list({ office, values, say }: VerbContext): Promise<{ [key: string]: unknown }> {
  const actor = textOption(values, 'actor')
  const object = textOption(values, 'object')
  const filter = { ...(actor === null ? {} : { actor }), ...(object === null ? {} : { object }) }
  const limit = Number(textOption(values, 'limit') ?? SHOWN)
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new SunhallError('E-INPUT', `Expected --limit from 1 to 10000, got "${textOption(values, 'limit')}"`)
  const entries = await readAudit(await office.service(), filter, limit)
  for (const entry of entries)
    say(`${entry.seq}\t${entry.at}\t${entry.actor || '-'}\t${entry.action}\t${entry.object}\t${entry.detail}`)
  return { ok: true, entries }
}

async function write({ office, say }: VerbContext, file: string): Promise<{ [key: string]: unknown }> {
  const format: AuditFormat | null = file.endsWith('.jsonl') ? 'jsonl' : file.endsWith('.csv') ? 'csv' : null
  if (format === null) throw new SunhallError('E-INPUT', `Expected a file that ends in .jsonl or .csv, got "${file}"`)
  const lines = Readable.from(exportAudit(await office.service(), format))
  // An earlier copy is evidence: it is never written over.
  await pipeline(lines, createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch((cause: unknown) => {
    if (cause instanceof Error && Reflect.get(cause, 'code') === 'EEXIST')
      throw new SunhallError('E-STATE', `Expected no file at ${file}, found one; choose another name`, { cause })
    throw cause
  })
  say(`The trail is written to ${file}`)
  return { ok: true, file, format }
}
