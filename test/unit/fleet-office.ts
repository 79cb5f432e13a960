// A real office with its fleet routes on a real port, and real hosts provisioned for it, for the fleet's tests.
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { createHost, type Host, type HostOptions } from '../../electron/host/host.ts'
import { hashPin } from '../../kiosk-config/pin.ts'
import { configOf } from '../../kiosk-config/profiles.ts'
import { writeProvisioning } from '../../kiosk-config/write.ts'
import type { Actor } from '../../sync/contract/console/session.ts'
import { issueToken } from '../../sync/county/fleet/tokens.ts'
import { terminalFleetRoutes } from '../../sync/county/http/fleet-routes.ts'
import { problemOf } from '../../sync/county/http/problem.ts'
import { makeCountyKeys } from '../../sync/county/keys/root.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import type { Service } from '../../sync/county/service/service.ts'

/** Signing in is tested elsewhere: this is who may do everything with terminals. */
export const TECHNICIAN: Actor = { login: 'tech', name: '技术员', roles: ['technician'], township: null }
const PIN = hashPin('482916')

export interface FleetOffice {
  office: Office
  service: Service
  url: string
  /** The office's clock; tests move it. */
  now: Date
  /** While true, every request is cut off as by a dead line. */
  away: boolean
  /** Paths of terminals' requests, in order. */
  requests: string[]
  /** A provisioned terminal: config with a fresh token (or the one given), data folder below the office's. */
  host(terminal: string, more?: Partial<HostOptions> & { token?: string | null }): Promise<Host>
  close(): Promise<void>
}

export async function fleetOffice(folder: string, now: Date): Promise<FleetOffice> {
  const office = openOffice(join(folder, 'office'), now)
  makeCountyKeys(office, true, now)
  const service = await office.service()
  const requests: string[] = []
  const app = new Hono()
  app.route('/terminal', terminalFleetRoutes({ office, now: () => fleet.now }))
  app.onError((error, context) => {
    const { status, problem } = problemOf(error)
    return context.json(problem, status)
  })
  const listener = getRequestListener(app.fetch)
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    if (fleet.away) request.socket.destroy()
    else void listener(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const hosts: Host[] = []
  const fleet: FleetOffice = {
    ...{ office, service, url, now, away: false, requests },
    async host(terminal, more = {}) {
      const token =
        more.token === undefined ? (await issueToken(service, terminal, TECHNICIAN, fleet.now)).token : more.token
      const stick = join(folder, `stick-${terminal}-${hosts.length}`)
      mkdirSync(stick)
      await provision(office, stick, { terminal, url, token })
      const host = await createHost({
        dataFolder: join(folder, terminal),
        clock: () => fleet.now,
        shell: 'browser',
        appVersion: '0.3.0',
        production: false,
        stickPlaces: [],
        configFile: stick,
        ...more,
      })
      hosts.push(host)
      return host
    },
    async close() {
      for (const host of hosts) await host.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await office.close()
    },
  }
  return fleet
}

async function provision(
  office: Office,
  out: string,
  { terminal, url, token }: { terminal: string; url: string; token: string | null },
): Promise<void> {
  const enrolment = token === null ? {} : { enrolment: token }
  const given = { officeUrl: url, pin: PIN, production: false, developer: false, issuedAt: '2026-11-24T08:00:00Z' }
  const config = configOf(terminal, { ...given, ...enrolment })
  if (config === undefined) throw new Error(`Expected ${terminal} among the profiles`)
  await writeProvisioning({
    config,
    rootFile: join(office.folder, 'root.json'),
    keyFile: join(office.keys, 'config.pem'),
    out,
  })
}
