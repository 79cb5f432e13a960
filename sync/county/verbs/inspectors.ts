// keys inspectors: the inspectors' keys, made, rotated and recovered on their own machine; their signed list of public
// keys, put out by the office.
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { appendAudit } from '../audit/audit.ts'
import { servedList, takeList } from '../inbox/list.ts'
import {
  makeInspectorsKeys,
  OPENING_KEY,
  recoverOpeningKey,
  rotateOpeningKey,
  SIGNING_KEY,
  signListAgain,
  writeCeremony,
} from '../keys/inspectors.ts'
import { readKeyFile } from '../keys/inspectors-files.ts'
import { type KeyList, type ListFiles, listFilesIn, putList, readKeyList } from '../keys/inspectors-list.ts'
import { readShare } from '../keys/inspectors-shares.ts'
import { namedKeys, rootTextIn } from '../keys/named.ts'
import { passphraseOf } from '../keys/passphrase.ts'
import { readSetting } from '../service/service.ts'
import { textOption, textOptions, type VerbContext } from './verb.ts'

type Answer = Promise<{ [key: string]: unknown }>

/** Options of `keys inspectors`, beside those that `keys` has already. */
export const INSPECTORS_OPTIONS = {
  key: { type: 'string', help: `inspectors: folder with ${OPENING_KEY} and ${SIGNING_KEY}` },
  recovery: { type: 'boolean', help: 'inspectors rotate: a new recovery key with new shares too' },
  share: { type: 'string', multiple: true, help: 'inspectors recover: file of a share; two of the three are needed' },
} as const

const ACTIONS: { readonly [action: string]: (context: VerbContext) => Answer } = {
  make,
  rotate,
  renew,
  recover,
  publish,
  show,
}
/** Days that a retired key stays in the list where the office set none: the longest that a journal holds a report. */
const RETIRED_DAYS = 400

/** keys inspectors make|rotate|renew|recover|publish|show. Errors: E-INPUT, E-KEYS, E-STATE, E-NUMBER. */
export async function inspectorsAction(context: VerbContext): Answer {
  const [, action = ''] = context.positionals
  const act = ACTIONS[action]
  if (act !== undefined) return await act(context)
  throw new SunhallError('E-INPUT', `Expected inspectors ${Object.keys(ACTIONS).join('|')}, got "${action}"`)
}

async function make(context: VerbContext): Answer {
  const out = folderOf(context, 'out', 'county keys inspectors make --out /media/inspectors')
  const made = await makeInspectorsKeys(await secret(context, true), context.now)
  const files = writeCeremony(made.files, out)
  putList(made.list, join(out, 'public'))
  context.say(`Made: ${files.join(', ')}`)
  context.say('Carry the three shares to three places; the key files stay with the inspectors; only "public" goes out')
  context.say(`Then, with two root keys: county keys add inspectors --public ${made.publicHex} --root DIR --root DIR`)
  context.say(`and: county keys inspectors publish --from ${join(out, 'public')}`)
  return { ok: true, public: made.publicHex, files, list: join(out, 'public') }
}

async function rotate(context: VerbContext): Answer {
  const { office, now } = context
  const retired = await readSetting(await office.service(), 'inspectors-retired-days')
  const retiredDays = typeof retired === 'number' ? retired : RETIRED_DAYS
  const held = await keysAtHand(context)
  const { files, list } = await rotateOpeningKey(
    { ...held, retiredDays, recovery: context.values.recovery === true },
    now,
  )
  return await handOut(context, files, list)
}

/** The same keys for another 400 days. */
async function renew(context: VerbContext): Answer {
  const { list, signingKey, passphrase } = await keysAtHand(context)
  return await handOut(context, new Map(), await signListAgain(list, signingKey, passphrase, context.now))
}

async function handOut(context: VerbContext, files: ReadonlyMap<string, string>, list: ListFiles): Answer {
  const out = folderOf(context, 'out', 'county keys inspectors rotate --key /media/inspectors --out /media/new')
  const written = writeCeremony(files, out)
  putList(list, join(out, 'public'))
  context.say(`Now: county keys inspectors publish --from ${join(out, 'public')}`)
  return { ok: true, files: written, list: join(out, 'public') }
}

async function recover(context: VerbContext): Answer {
  const shares = textOptions(context.values, 'share').map((file) => readShare(readKeyFile(file)))
  const out = folderOf(context, 'out', 'county keys inspectors recover --share A --share B --out DIR')
  const file = await recoverOpeningKey(shares, await secret(context, true))
  const files = writeCeremony(new Map([['recovered-key.jwe', file]]), out)
  context.say(
    `${files.join('')} opens every message. Now "keys inspectors rotate --recovery": this recovery key has been in one place`,
  )
  return { ok: true, files }
}

async function publish(context: VerbContext): Answer {
  const { office, values, now, say } = context
  const list = takeList(office, folderOf(context, 'from', 'county keys inspectors publish --from /media/public'))
  const actor = textOption(values, 'by') ?? 'system'
  const detail = { version: list.version, expires: list.expires }
  await appendAudit(await office.service(), { actor, action: 'inspectors-list', object: 'inspectors', detail }, now)
  say(`Version ${list.version}, until ${list.expires.slice(0, 10)}: terminals take it at their next synchronisation`)
  return { ok: true, ...list }
}

async function show({ office, say }: VerbContext): Answer {
  const list = servedList(office)
  if (list === null) say('No list is served: terminals show no report key')
  for (const { purpose, since, kid } of list?.keys ?? []) say(`${purpose.padEnd(9)} since ${since}  ${kid}`)
  if (list !== null) say(`Version ${list.version}, until ${list.expires.slice(0, 10)}`)
  return { ok: true, list }
}

interface AtHand {
  openingKey: string
  signingKey: string
  passphrase: string
  list: KeyList
}

async function keysAtHand(context: VerbContext): Promise<AtHand> {
  const folder = folderOf(context, 'key', 'county keys inspectors rotate --key /media/inspectors --out /media/new')
  const { inspectors } = namedKeys(rootTextIn(context.office.folder))
  const from = textOption(context.values, 'from') ?? context.office.dist
  const files = listFilesIn(from)
  if (inspectors === null || files === null)
    throw new SunhallError('E-STATE', `Expected a list that is served, found none in ${from}; publish the first one`)
  return {
    openingKey: readKeyFile(join(folder, OPENING_KEY)),
    signingKey: readKeyFile(join(folder, SIGNING_KEY)),
    passphrase: await secret(context, false),
    list: readKeyList(files, inspectors),
  }
}

function folderOf({ values }: VerbContext, option: string, example: string): string {
  const folder = textOption(values, option)
  if (folder !== null) return folder
  throw new SunhallError('E-INPUT', `Expected --${option} DIR, for example: ${example}`)
}

function secret({ values }: VerbContext, twice: boolean): Promise<string> {
  const file = textOption(values, 'passphrase-file')
  return passphraseOf({ file, environment: process.env.SUNHALL_PASSPHRASE }, twice)
}
