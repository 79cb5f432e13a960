// A county office that takes reports: sample keys, inspectors' keys, a published release, and its real HTTP interface,
// which a test can break, restart and look into. Real files, real signatures; only the data is invented.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { hashPin } from '../../kiosk-config/pin.ts'
import { configOf } from '../../kiosk-config/profiles.ts'
import { writeProvisioning } from '../../kiosk-config/write.ts'
import { createApp } from '../../sync/county/http/app.ts'
import { takeList } from '../../sync/county/inbox/list.ts'
import { createJobs } from '../../sync/county/jobs/runner.ts'
import type { Ceremony } from '../../sync/county/keys/inspectors.ts'
import { putList } from '../../sync/county/keys/inspectors-list.ts'
import { countyRoot, makeCountyKeys, signer } from '../../sync/county/keys/root.ts'
import { rotateKeys } from '../../sync/county/keys/rotate.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { serveFile } from '../../sync/county/serve/static-files.ts'
import { publishRelease } from '../../sync/publish/publish.ts'
import { smallCounty, smallSource } from './small-source.ts'

export const PASSPHRASE = '检举只给纪委看，钥匙在抽屉里'

/** What a test does to a request before the office sees it; true where it has dealt with it. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean

export interface ReportOffice {
  office: Office
  ceremony: Ceremony
  /** 'http://127.0.0.1:…' */
  url: string
  /** Set by a test, to lose requests and answers. */
  fault: Fault | null
  /** Ends the office's process, as it were: its database is closed and opened anew, its port stays. */
  restart(): Promise<void>
  /** Writes a terminal's provisioning folder and gives its config. */
  provision(terminal: string): Promise<string>
  close(): Promise<void>
}

/** `folder`: an empty scratch folder. `now`: the office's clock. `ceremony`: keys made once for many tests, a second's work. */
export async function openReportOffice(folder: string, now: () => Date, ceremony: Ceremony): Promise<ReportOffice> {
  const data = join(folder, 'office')
  const start = new Date(now().getTime() - 86_400_000)
  let office = openOffice(data, start)
  makeCountyKeys(office, true, start)
  const inspectors = { roles: [], rootFolders: [], passphrase: null, out: null, inspectors: ceremony.publicHex }
  await rotateKeys(office, inspectors, start)
  putList(ceremony.list, join(folder, 'public'))
  takeList(office, join(folder, 'public'))
  await publish(office, start)
  const jobs = createJobs({ folder, ticket: async () => null, now, warn: () => undefined })
  const listener = () =>
    getRequestListener(createApp({ office, now, jobs, consoleFolder: null, names: [], warn: () => undefined }).fetch)
  let app = listener()
  const server = createServer((request, response) => {
    if (it.fault?.(request, response) === true) return
    if (request.url?.startsWith('/terminal/') === true) void app(request, response)
    else serveFile(office.dist, request, response)
  })
  const it: ReportOffice = {
    ceremony,
    fault: null,
    url: await listen(server),
    get office() {
      return office
    },
    async restart() {
      await office.close()
      office = openOffice(data, now())
      app = listener()
    },
    async provision(terminal) {
      const config = configOf(terminal, {
        ...{ officeUrl: it.url, pin: hashPin('482916'), production: false, developer: false },
        issuedAt: start.toISOString(),
      })
      if (config === undefined) throw new Error(`No profile is called ${terminal}`)
      const out = join(folder, `stick-${terminal}`)
      const [rootFile, keyFile] = [join(data, 'root.json'), join(office.keys, 'config.pem')]
      await writeProvisioning({ config, rootFile, keyFile, out })
      return join(out, 'config.jws')
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await jobs.close()
      await office.close()
    },
  }
  return it
}

async function publish(office: Office, now: Date): Promise<void> {
  const small = smallCounty()
  small.dataUntil = now.toISOString().slice(0, 10)
  const keys = {
    root: countyRoot(office, now),
    release: signer(office, 'release'),
    timestamp: signer(office, 'timestamp'),
  }
  await publishRelease({ source: smallSource(small), dist: office.dist, keys, number: 1, previous: null, now })
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}
