// A terminal's log or a picture of its screen, asked for with the answer to its next heartbeat: nothing listens there.
// What comes is signed, bounded, of the size and hash that were signed, and kept for 30 days in <office>/uploads.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { type AskKind, askKind, MAX_UPLOAD_BYTES, UPLOAD_TYPE, type Upload, upload } from '../../contract/fleet.ts'
import { writeWhole } from '../../publish/files.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import type { Service } from '../service/service.ts'
import { requireTerminal } from './places.ts'
import { isSignedBy, unverified } from './signed.ts'

const DAY_MS = 86_400_000
/** Days after which an ask that nobody could answer is given up. */
export const ASK_DAYS = 7
/** Days that an upload is kept. */
export const UPLOAD_DAYS = 30
const ID_BYTES = 12
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Asks; what is asked already is not asked twice. Gives back the id. Errors: E-INPUT, E-FORBIDDEN, E-STATE. */
export async function askTerminal(
  service: Service,
  terminal: string,
  kind: AskKind,
  actor: Actor,
  now: Date,
): Promise<string> {
  requireRole(actor, 'technician')
  requireTerminal(actor, terminal)
  const known = await service
    .selectFrom('terminals')
    .select('revoked_at')
    .where('terminal', '=', terminal)
    .executeTakeFirst()
  if (known === undefined || known.revoked_at !== '')
    throw new SunhallError(
      'E-STATE',
      `Expected ${terminal} enrolled and in service, got one that is not; enrol it first`,
    )
  const waiting = (await pendingAsks(service, terminal, now, false)).find((ask) => ask.kind === kind)
  if (waiting !== undefined) return waiting.id
  const id = randomBytes(ID_BYTES).toString('base64url')
  const nothing = { told_at: '', came_at: '', bytes: 0, sha256: '' }
  await service
    .insertInto('asks')
    .values({ id, terminal, kind, asked_at: now.toISOString(), asked_by: actor.login, ...nothing })
    .execute()
  await appendAudit(
    service,
    { actor: actor.login, action: `ask-${kind}`, object: `terminal ${terminal}`, detail: { id } },
    now,
  )
  return id
}

/** What a terminal has not sent yet. `tell`: it is being told now. */
export async function pendingAsks(
  service: Service,
  terminal: string,
  now: Date,
  tell = true,
): Promise<{ id: string; kind: AskKind }[]> {
  const since = new Date(now.getTime() - ASK_DAYS * DAY_MS).toISOString()
  const rows = await service
    .selectFrom('asks')
    .select(['id', 'kind', 'told_at'])
    .where('terminal', '=', terminal)
    .where('came_at', '=', '')
    .where('asked_at', '>', since)
    .orderBy('asked_at')
    .limit(10)
    .execute()
  const untold = rows.filter((row) => row.told_at === '').map(({ id }) => id)
  if (tell && untold.length > 0)
    await service.updateTable('asks').set({ told_at: now.toISOString() }).where('id', 'in', untold).execute()
  return rows.map(({ id, kind }) => ({ id, kind: askKind.parse(kind) }))
}

/** Errors: E-FORMAT, E-LENGTH, E-HASH, E-SIGNATURE, E-FORBIDDEN, E-MISSING for what nobody asked for. */
export async function receiveUpload(
  office: Office,
  id: string,
  jws: string,
  body: Uint8Array,
  now: Date,
): Promise<void> {
  const given = unverified(jws, UPLOAD_TYPE, upload)
  const service = await office.service()
  await requireSender(service, jws, given)
  requireBody(given, body)
  const asked = (await pendingAsks(service, given.terminal, now, false)).find((ask) => ask.id === given.id)
  if (asked === undefined || given.id !== id || asked.kind !== given.kind)
    throw new SunhallError('E-MISSING', `Expected an upload that was asked for, got ${id.slice(0, 20)}; ask again`)
  writeWhole(join(office.folder, 'uploads'), fileName(given.id, given.kind), Buffer.from(body))
  await service
    .updateTable('asks')
    .set({ came_at: now.toISOString(), bytes: body.length, sha256: given.sha256 })
    .where('id', '=', id)
    .execute()
}

async function requireSender(service: Service, jws: string, { terminal }: Upload): Promise<void> {
  const known = await service
    .selectFrom('terminals')
    .select(['key', 'revoked_at'])
    .where('terminal', '=', terminal)
    .executeTakeFirst()
  if (known !== undefined && known.revoked_at === '' && (await isSignedBy(jws, JSON.parse(known.key)))) return
  throw new SunhallError('E-SIGNATURE', `Expected an upload signed by ${terminal}, got none; enrol the terminal anew`)
}

function requireBody({ sha256, bytes, kind }: Upload, body: Uint8Array): void {
  if (body.length !== bytes || bytes > MAX_UPLOAD_BYTES)
    throw new SunhallError('E-LENGTH', `Expected ${bytes} bytes as signed, got ${body.length}; sent again`)
  if (createHash('sha256').update(body).digest('hex') !== sha256)
    throw new SunhallError('E-HASH', 'Expected the bytes that were signed, got others; sent again')
  if (kind === 'screenshot' && !PNG.equals(body.subarray(0, PNG.length)))
    throw new SunhallError('E-FORMAT', 'Expected a PNG, got something else; update the terminal')
}

const fileName = (id: string, kind: AskKind): string => `${id}.${kind === 'log' ? 'txt' : 'png'}`

/** Bytes of what came. Errors: E-MISSING, E-FORBIDDEN. Looking at it is a decision, and is recorded. */
export async function readUpload(
  office: Office,
  id: string,
  actor: Actor,
  now: Date,
): Promise<{ kind: AskKind; terminal: string; bytes: Buffer }> {
  requireRole(actor, 'technician')
  const service = await office.service()
  const row = await service.selectFrom('asks').selectAll().where('id', '=', id).executeTakeFirst()
  const kind = askKind.safeParse(row?.kind).data
  const file = row === undefined || kind === undefined ? '' : join(office.folder, 'uploads', fileName(row.id, kind))
  if (row === undefined || kind === undefined || !existsSync(file))
    throw new SunhallError(
      'E-MISSING',
      `Expected an upload that came in the last ${UPLOAD_DAYS} days, got none; ask again`,
    )
  requireTerminal(actor, row.terminal)
  const object = `terminal ${row.terminal}`
  await appendAudit(service, { actor: actor.login, action: `read-${kind}`, object, detail: { id } }, now)
  return { kind, terminal: row.terminal, bytes: readFileSync(file) }
}

/** Removes what is older than it is kept. Gives back how many files went. */
export async function dropOldUploads(office: Office, now: Date): Promise<number> {
  const service = await office.service()
  const before = new Date(now.getTime() - UPLOAD_DAYS * DAY_MS).toISOString()
  const rows = await service.selectFrom('asks').select(['id', 'kind']).where('asked_at', '<', before).execute()
  for (const { id, kind } of rows)
    rmSync(join(office.folder, 'uploads', fileName(id, askKind.parse(kind))), { force: true })
  await service.deleteFrom('asks').where('asked_at', '<', before).execute()
  return rows.length
}
