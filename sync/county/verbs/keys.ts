// keys: make, back up, restore, show, rotate, add.
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { writeWhole } from '../../publish/files.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { appendAudit } from '../audit/audit.ts'
import { makeRealKeys } from '../keys/ceremony.ts'
import { backUpKeys, type KeyRole, listKeys, ROLES, readRing } from '../keys/keys.ts'
import { namedKeys, rootTextIn } from '../keys/named.ts'
import { passphraseOf } from '../keys/passphrase.ts'
import { countyRoot, makeCountyKeys, ROOT_FILE, restoreCountyKeys } from '../keys/root.ts'
import { changePassphrase, rotateKeys } from '../keys/rotate.ts'
import { INSPECTORS_OPTIONS, inspectorsAction } from './inspectors.ts'
import { textOption, textOptions, type Verb, type VerbContext } from './verb.ts'

interface KeysContext extends VerbContext {
  /** Login of whoever does it; '' where keys are only shown. */
  by: string
}
const ACTIONS: { readonly [action: string]: (context: KeysContext) => Promise<{ [key: string]: unknown }> } = {
  make,
  backup,
  restore,
  show,
  rotate: (context) => rotate(context, rolesOf(context.positionals.slice(1))),
  add,
  passphrase: changeSecret,
  inspectors: inspectorsAction,
}

export const keysVerb: Verb = {
  name: 'keys',
  usage: 'keys <make|show|backup|restore|rotate ROLE…|add office|add inspectors|passphrase|inspectors ACTION>',
  summary: "makes, shows, backs up, restores and rotates the county's keys (docs/ceremony.md)",
  example: 'county keys rotate release timestamp --root /media/a --root /media/b',
  options: {
    out: { type: 'string', help: 'backup: folder on a stick; rotate root-N: empty folder on a new stick' },
    from: { type: 'string', help: 'restore: folder of a backup' },
    sample: { type: 'boolean', help: 'make: mark them as sample keys, which production packages refuse' },
    'root-out': { type: 'string', multiple: true, help: 'make: three folders on three sticks, for the root keys' },
    root: { type: 'string', multiple: true, help: 'rotate, add: folder of a root key; two of the three are needed' },
    'after-theft': {
      type: 'boolean',
      help: 'rotate release timestamp: they were stolen; release numbers begin a new series, past whatever the thief signed',
    },
    public: { type: 'string', help: "add inspectors: their public key, 64 hex digits (an Ed25519 key's raw 32 bytes)" },
    'passphrase-file': { type: 'string', help: "file with the release key's passphrase (or SUNHALL_PASSPHRASE)" },
    'new-passphrase-file': { type: 'string', help: 'passphrase: file with the one to come' },
    ...INSPECTORS_OPTIONS,
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 1, max: 8 },
  async run(context) {
    const [action = ''] = context.positionals
    const act = ACTIONS[action]
    if (act !== undefined) return await act({ ...context, by: await loginFor(context, action) })
    throw new SunhallError('E-INPUT', `Expected one of ${Object.keys(ACTIONS).join(', ')}, got "${action}"`)
  },
}

/** Keys are the publisher's and, where the server's or the terminals' are concerned, the administrator's affair. */
async function loginFor(context: VerbContext, action: string): Promise<string> {
  if (action === 'show') return ''
  return (await actorFor(context, 'publisher', 'administrator')).login
}

async function make(context: KeysContext): Promise<{ [key: string]: unknown }> {
  const { office, values, now } = context
  if (values.sample === true) makeCountyKeys(office, true, now)
  else {
    const passphrase = await secret(context, 'passphrase-file', true)
    await makeRealKeys(office, { rootOut: textOptions(values, 'root-out'), passphrase }, now)
  }
  await note(context, 'keys-make', values.sample === true ? 'sample keys' : 'keys', {})
  return await show(context)
}

async function backup(context: KeysContext): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say } = context
  const out = needed(textOption(values, 'out'), '--out DIR, for example: county keys backup --out /media/stick/keys')
  const files = [...backUpKeys(office.keys, out), ROOT_FILE]
  writeWhole(out, ROOT_FILE, countyRoot(office, now))
  await note(context, 'keys-backup', 'keys', { files: files.length })
  say(`${files.length} files lie in ${out}; keep them under lock and key, away from this machine`)
  return { ok: true, out, files }
}

async function restore(context: KeysContext): Promise<{ [key: string]: unknown }> {
  const from = textOption(context.values, 'from')
  const folder = needed(from, '--from DIR, for example: county keys restore --from /media/stick/keys')
  restoreCountyKeys(context.office, folder, context.now)
  await note(context, 'keys-restore', 'keys', {})
  return await show(context)
}

async function show({ office, say, now }: KeysContext): Promise<{ [key: string]: unknown }> {
  const { sample, madeOn } = readRing(office.keys)
  const keys = listKeys(office.keys)
  const root = join(office.folder, ROOT_FILE)
  const named = namedKeys(countyRoot(office, now))
  const { version, expires } = named.metadata.signed
  say(
    sample
      ? 'SAMPLE KEYS: made by the software for itself; packages built for production refuse them'
      : "The county's own keys",
  )
  for (const { role, publicHex, file, sealed } of keys)
    say(`${role.padEnd(10)} ${publicHex}  ${file}${sealed ? ' (under a passphrase)' : ''}`)
  for (const [at, { publicHex }] of named.root.entries()) {
    const role = `root-${at + 1}`
    if (!keys.some((key) => key.role === role)) say(`${role.padEnd(10)} ${publicHex}  (on its stick)`)
  }
  if (named.inspectors !== null) say(`${'inspectors'.padEnd(10)} ${named.inspectors.publicHex}  (with the inspectors)`)
  say(`Root for terminals: ${root}, version ${version}, until ${expires.slice(0, 10)}`)
  return { ok: true, sample, madeOn, root, version, expires, keys, inspectors: named.inspectors?.publicHex ?? null }
}

async function rotate(
  context: KeysContext,
  roles: readonly KeyRole[],
  inspectors?: string,
): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say } = context
  const sealed = roles.includes('release') && !readRing(office.keys).sample
  const given = textOption(values, 'passphrase-file') !== null || process.env.SUNHALL_PASSPHRASE !== undefined
  const passphrase = sealed || given ? await secret(context, 'passphrase-file', sealed) : null
  const out = textOption(values, 'out')
  const afterTheft = values['after-theft'] === true
  const request = { roles, rootFolders: textOptions(values, 'root'), passphrase, out, inspectors, afterTheft }
  const { version, fresh } = await rotateKeys(office, request, now)
  for (const { role, publicHex } of fresh) {
    await note(context, 'keys-rotate', role, { version, public: publicHex, ...(afterTheft ? { afterTheft } : {}) })
    say(`${role.padEnd(10)} ${publicHex}  new from root version ${version} on`)
  }
  say('Terminals follow at their next synchronisation. Make a backup now: county keys backup --out DIR')
  return { ok: true, version, fresh }
}

async function add(context: KeysContext): Promise<{ [key: string]: unknown }> {
  const [, what = ''] = context.positionals
  if (what === 'office') {
    if (namedKeys(rootTextIn(context.office.folder)).office !== null)
      throw new SunhallError('E-STATE', 'Expected a county without an office key, got one; use "keys rotate office"')
    return await rotate(context, ['office'])
  }
  if (what !== 'inspectors')
    throw new SunhallError('E-INPUT', `Expected "add office" or "add inspectors", got "${what}"`)
  const hex = textOption(context.values, 'public') ?? ''
  if (/^[0-9a-f]{64}$/.test(hex)) return await rotate(context, [], hex)
  throw new SunhallError('E-INPUT', `Expected --public with 64 hex digits in small letters, got "${hex}"`)
}

async function changeSecret(context: KeysContext): Promise<{ [key: string]: unknown }> {
  const old = await secret(context, 'passphrase-file', false)
  const file = textOption(context.values, 'new-passphrase-file')
  context.say('Now the new passphrase')
  const fresh = await passphraseOf({ file, environment: undefined }, true)
  await changePassphrase(context.office, old, fresh)
  await note(context, 'keys-passphrase', 'release', {})
  context.say('The release key lies under the new passphrase; backups still open with the old one: make a new backup')
  return { ok: true }
}

function rolesOf(given: readonly string[]): KeyRole[] {
  const foreign = given.find((role) => !ROLES.some((known) => known === role))
  if (given.length > 0 && foreign === undefined) return ROLES.filter((role) => given.includes(role))
  throw new SunhallError('E-INPUT', `Expected roles to rotate (${ROLES.join(', ')}), got ${foreign ?? 'none'}`)
}

function secret({ values }: KeysContext, option: string, twice: boolean): Promise<string> {
  return passphraseOf({ file: textOption(values, option), environment: process.env.SUNHALL_PASSPHRASE }, twice)
}

function needed(value: string | null, what: string): string {
  if (value !== null) return value
  throw new SunhallError('E-INPUT', `Expected ${what}`)
}

async function note(
  { office, by, now }: KeysContext,
  action: string,
  object: string,
  detail: { readonly [name: string]: string | number | boolean },
): Promise<void> {
  await appendAudit(await office.service(), { actor: by || 'system', action, object, detail }, now)
}
