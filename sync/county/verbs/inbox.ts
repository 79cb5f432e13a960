// inbox: envelopes and deadlines, sealed messages written out, receipts; and opening, on the inspectors' own machine.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generalDecrypt, importJWK } from 'jose'
import { SunhallError } from '../../contract/errors.ts'
import { openingKeys } from '../../contract/inbox.ts'
import { type ReportMessage, reportMessage, sealedMessage } from '../../contract/report.ts'
import { unpaddedJson } from '../../core/report-padding.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { appendAudit } from '../audit/audit.ts'
import { listEnvelopes, readMessage } from '../inbox/envelopes.ts'
import { openJson, readKeyFile } from '../keys/inspectors-files.ts'
import { passphraseOf } from '../keys/passphrase.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

type Answer = Promise<{ [key: string]: unknown }>

const ACTIONS: { readonly [action: string]: (context: VerbContext) => Answer } = {
  list,
  export: exportSealed,
  receipt,
  open,
}

export const inboxVerb: Verb = {
  name: 'inbox',
  usage: 'inbox <list|export|receipt ID|open FILE> [--up] [--out DIR] [--key FILE]',
  summary:
    'lists sealed messages with their deadlines, writes them out, shows receipts; opens one with the inspectors’ key',
  example: 'county inbox export --out /media/inspectors/messages',
  options: {
    ...ACTOR_OPTIONS,
    up: { type: 'boolean', help: 'list: what goes to the level above, which the ordinary list leaves out' },
    out: { type: 'string', help: 'export: folder for the sealed messages, on the inspectors’ stick' },
    key: { type: 'string', help: 'open: the inspectors’ key file; on their own machine, never in the office' },
    'passphrase-file': { type: 'string', help: "open: file with the key's passphrase (or SUNHALL_PASSPHRASE)" },
  },
  positionals: { min: 1, max: 2 },
  async run(context) {
    const [action = ''] = context.positionals
    const act = ACTIONS[action]
    if (act !== undefined) return await act(context)
    throw new SunhallError('E-INPUT', `Expected one of ${Object.keys(ACTIONS).join(', ')}, got "${action}"`)
  },
}

async function list(context: VerbContext): Answer {
  const { office, values, now, say } = context
  await actorFor(context, 'inspector')
  const envelopes = await listEnvelopes(await office.service(), values.up === true ? 'up' : 'ordinary', now)
  for (const { id, terminal, day, due } of envelopes)
    say(`${id}  ${terminal}  ${day}  ${due === null ? 'closed' : `${due.what} by ${due.day} (${due.left})`}`)
  if (envelopes.length === 0) say('No messages')
  return { ok: true, envelopes }
}

async function exportSealed(context: VerbContext): Answer {
  const { office, values, now, say } = context
  const actor = await actorFor(context, 'inspector')
  const out = textOption(values, 'out')
  if (out === null) throw new SunhallError('E-INPUT', 'Expected --out DIR, for example: county inbox export --out DIR')
  const service = await office.service()
  const rows = await service.selectFrom('messages').select(['id', 'sealed']).orderBy('id').execute()
  for (const { id, sealed } of rows) writeFileSync(join(out, `${id}.json`), sealed, { mode: 0o600 })
  const detail = { messages: rows.length }
  await appendAudit(service, { actor: actor.login, action: 'inbox-export', object: 'inbox', detail }, now)
  say(`${rows.length} sealed messages lie in ${out}`)
  return { ok: true, out, messages: rows.length }
}

async function receipt(context: VerbContext): Answer {
  await actorFor(context, 'inspector')
  const service = await context.office.service()
  const [, id = ''] = context.positionals
  const row = await service.selectFrom('messages').select(['receipt', 'day']).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new SunhallError('E-MISSING', `Expected a message ${id}, found none; see "inbox list"`)
  context.say(row.receipt)
  return { ok: true, id, ...row }
}

/** FILE as `inbox export` wrote it, or a message's number in an office at hand. */
async function open(context: VerbContext): Answer {
  const { values, say, positionals } = context
  const [, what = ''] = positionals
  const key = textOption(values, 'key')
  if (key === null) throw new SunhallError('E-INPUT', 'Expected --key FILE, the inspectors’ opening-key.jwe, got none')
  const text = /^[0-9A-Z]{11}$/.test(what) ? await fromOffice(context, what) : readKeyFile(what)
  const source = { file: textOption(values, 'passphrase-file'), environment: process.env.SUNHALL_PASSPHRASE }
  const message = await openSealed(text, readKeyFile(key), await passphraseOf(source, false))
  say(JSON.stringify(message, null, 2))
  return { ok: true, message }
}

async function fromOffice(context: VerbContext, id: string): Promise<string> {
  const actor = await actorFor(context, 'inspector')
  return await readMessage(await context.office.service(), id, actor, context.now)
}

async function openSealed(text: string, keyFile: string, passphrase: string): Promise<ReportMessage> {
  const { id, sealed } = sealedMessage.parse(JSON.parse(text))
  const { keys } = await openJson(keyFile, passphrase, openingKeys)
  const key = keys.find(({ kid }) => sealed.recipients.some(({ header }) => header.kid === kid))
  if (key === undefined)
    throw new SunhallError(
      'E-KEYS',
      `Expected the key that message ${id} is sealed to, got others; try the recovery key`,
    )
  try {
    const { plaintext } = await generalDecrypt(sealed, await importJWK(key, 'ECDH-ES+A256KW'))
    const message = reportMessage.parse(unpaddedJson(plaintext))
    if (message.id === id) return message
  } catch (cause) {
    throw new SunhallError('E-DAMAGED', `Expected message ${id} as it was sealed, got a changed one`, { cause })
  }
  throw new SunhallError('E-DAMAGED', `Expected message ${id} in its envelope, got another message`)
}
