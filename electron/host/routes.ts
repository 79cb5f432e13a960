// One function for each path of the host's interface; everything that comes in is validated by its schema.
import { join } from 'node:path'
import { z } from 'zod'
import { codeOf, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import {
  type CheckRequest,
  type CheckResult,
  checkRequest,
  configRequest,
  type HostState,
  maintenanceRequest,
  pinRequest,
  shownRequest,
  type UsageRequest,
  usageRequest,
} from '../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { failure, json, readBody } from './answers.ts'
import { checkForRelease } from './check.ts'
import type { Events } from './events.ts'
import { writeWhole } from './files.ts'
import type { FoundFolder } from './folders.ts'
import type { Gateway } from './gateway/gateway.ts'
import type { Mirror } from './gateway/mirror.ts'
import type { Sources } from './host.ts'
import type { Log } from './log.ts'
import type { Maintenance } from './maintenance.ts'
import type { Provisioning } from './provisioning.ts'
import type { Reports } from './reports.ts'
import type { Source } from './source.ts'
import type { Running } from './state.ts'
import type { Trust } from './trust/trust.ts'

/** The worker is ours and signed; only the shape that the log needs is checked. */
const syncStatus = z.looseObject({ phase: z.string(), shownParts: z.array(z.string()), failures: z.number() })

export interface RouteParts {
  trust: Trust
  provisioning: Provisioning
  maintenance: Maintenance
  gateway: Gateway
  mirror: Mirror
  sources: Sources
  running: Running
  events: Events
  dataFolder: string
  /** The package's word or the config's: sample keys are refused. */
  production(): boolean
  state(): HostState
  changed(): void
  folders(): FoundFolder[]
  restart(): void
  reports: Reports
  count(event: UsageRequest): void
  clock(): Date
  log: Log
}
export interface Routes {
  handle(request: Request): Promise<Response>
  status(): SyncStatus | null
  /** When nothing that was begun behind an answer is under way any more. */
  idle(): Promise<void>
}
type Route = (request: Request) => Promise<Response> | Response

export function createRoutes(parts: RouteParts): Routes {
  let status: SyncStatus | null = null
  let behind: Promise<void> = Promise.resolve()
  const deliver = async (): Promise<void> => {
    await parts.reports.deliverNow().catch((error: unknown) => parts.log('delivery', { error: messageOf(error) }))
  }
  const takeStatus: Route = async (request) => {
    const next = await readBody(request, syncStatus)
    const before = JSON.stringify(status?.lastFailure ?? null)
    status = next as unknown as SyncStatus
    if (JSON.stringify(status.lastFailure) !== before) parts.log('sync-failure', { failure: status.lastFailure })
    parts.changed()
    return json({})
  }
  const routes: Record<string, Route> = {
    'GET /host/state': () => json(parts.state()),
    'GET /host/events': () => parts.events.stream(),
    'GET /host/folders': () => json({ folders: parts.folders() }),
    'POST /host/check': async (request) => {
      const asked = await readBody(request, checkRequest)
      const result = await check(parts, asked)
      // A technician who asks for the office now has the sealed messages go along; at the slots they have their own time.
      if (asked.reason === 'now') behind = behind.then(deliver)
      return json(result)
    },
    'POST /host/shown': async (request) => {
      const settled = shown(parts, await readBody(request, shownRequest))
      behind = behind.then(() => settled)
      return json({})
    },
    'POST /host/status': takeStatus,
    'POST /host/usage': async (request) => {
      parts.count(await readBody(request, usageRequest))
      return json({})
    },
    'POST /host/pin': (request) => pin(parts, request),
    'POST /host/maintenance': (request) => maintain(parts, request, status),
    'POST /host/config': (request) => takeConfig(parts, request),
    ...parts.reports.routes,
  }
  return {
    status: () => status,
    idle: () => behind,
    async handle(request) {
      try {
        const { pathname } = new URL(request.url)
        if (request.method === 'GET' && pathname.startsWith('/county/')) return await county(parts, pathname.slice(8))
        const route = routes[`${request.method} ${pathname}`]
        if (route !== undefined) return await route(request)
        throw new SunhallError('E-MISSING', `Expected a path of the host, got ${request.method} ${pathname}`)
      } catch (error) {
        return failure(error)
      }
    },
  }
}

/** The body is exactly the file: gzip as content, without Content-Encoding, for the worker to unpack. */
async function county(parts: RouteParts, path: string): Promise<Response> {
  const bytes = await parts.gateway.serve(path)
  const type = path.endsWith('.webp') ? 'image/webp' : 'application/gzip'
  const headers = { 'content-type': type, 'content-length': String(bytes.length), 'cache-control': 'no-store' }
  return new Response(new Uint8Array(bytes), { headers })
}

async function check(parts: RouteParts, request: CheckRequest): Promise<CheckResult> {
  const source = sourceFor(parts, request)
  const now = parts.clock()
  const asked = { trust: parts.trust, now, production: parts.production(), keep: parts.mirror.keepRecord }
  const result = source === null ? noSource(request) : await checkForRelease({ ...asked, source })
  const error = result.result === 'release' ? null : result.error
  if (source !== null && error === null) await parts.reports.lookForRecipients(source)
  parts.running.lastCheck = { at: now.toISOString(), ok: error === null, error }
  // Who was given up for a stick has said nothing, neither way.
  if (source?.kind === 'office' && source.left?.aborted !== true)
    parts.running.office = error?.code === 'E-OFFLINE' ? 'unreachable' : 'reachable'
  parts.log('check', {
    reason: request.reason,
    from: source?.name ?? null,
    error,
    bytes: 'bytes' in result ? result.bytes : 0,
  })
  parts.changed()
  return result
}

function sourceFor(parts: RouteParts, { reason, folder }: CheckRequest): Source | null {
  if (reason !== 'stick') return parts.sources.office()
  const found = folder ?? parts.folders().find(({ release }) => release)?.folder
  return found === undefined ? null : parts.sources.stick(found)
}

function noSource({ reason }: CheckRequest): CheckResult {
  const wanted = reason === 'stick' ? 'a stick with a release' : 'the address of the office in the config'
  const error = { code: 'E-MISSING' as const, message: `Expected ${wanted}, got none`, number: null }
  return { result: 'unavailable', error, retryAfterSeconds: null }
}

/** Goes on behind the answer (P7); what fails is tried again with the next release. Never rejects. */
async function shown(parts: RouteParts, { root, previous }: z.infer<typeof shownRequest>): Promise<void> {
  try {
    const trusted = parts.trust.record()
    // The mirror's copy of the record may be damaged, and without it the packs are of no use (P10).
    if (trusted !== null && parts.mirror.record(trusted.root) === null) parts.mirror.keepRecord(trusted)
    await parts.gateway.shown(root, previous, trusted?.root ?? null)
    parts.log('mirror-whole', { root })
  } catch (error) {
    parts.log('mirror-not-whole', { root, code: codeOf(error, 'E-STORE'), why: messageOf(error) })
  }
}

async function pin(parts: RouteParts, request: Request): Promise<Response> {
  const { pin: tried } = await readBody(request, pinRequest)
  const config = parts.provisioning.config()
  if (config === null) throw new SunhallError('E-STATE', 'Expected a terminal with a config, got none; provision first')
  const answer = await parts.maintenance.tryPin(tried, config.maintenance.pin)
  parts.log('pin', answer)
  return json(answer)
}

async function maintain(parts: RouteParts, request: Request, status: SyncStatus | null): Promise<Response> {
  const { action } = await readBody(request, maintenanceRequest)
  if (!parts.maintenance.isOpen())
    throw new SunhallError('E-FORBIDDEN', 'Expected open maintenance, got none; enter the PIN')
  parts.log('maintenance', { action })
  if (action === 'close') parts.maintenance.close()
  else if (action === 'restart') parts.restart()
  else writeWhole(join(parts.dataFolder, 'diagnostics.json'), JSON.stringify({ state: parts.state(), status }, null, 2))
  return json({})
}

/** A terminal that has a config takes another only while maintenance is open. */
async function takeConfig(parts: RouteParts, request: Request): Promise<Response> {
  const { folder } = await readBody(request, configRequest)
  if (parts.provisioning.config() !== null && !parts.maintenance.isOpen())
    throw new SunhallError('E-FORBIDDEN', 'Expected open maintenance to change the config, got none; enter the PIN')
  const result = await parts.provisioning.take(folder)
  parts.log('config', { folder, ok: result.ok, errors: result.errors.map(({ path, en }) => ({ path, en })) })
  parts.changed()
  return json(result)
}
