// A host over real HTTP and real files with one published release, anew for each test: what the host's tests stand on.
import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { createHost, type Host, type HostOptions } from '../../electron/host/host.ts'
import { type CheckResult, checkResult } from '../../sync/contract/host-api.ts'
import { newOffice, type Office, type Served, serve } from './host-office.ts'

/** Gives a silent or dripping line up soon; for tests of just that, since a busy machine can be silent as long. */
export const IMPATIENT = { idleMs: 300, minBytesPerSecond: 2_000 } as const

/** What a test holds in its hands; new for each. */
export class HostBench {
  folder = ''
  clock = new Date()
  #office: Office | null = null
  #served: Served | null = null
  #host: Host | null = null

  get office(): Office {
    return this.#office ?? expect.fail('there is no office yet')
  }
  get served(): Served {
    return this.#served ?? expect.fail('nothing is served yet')
  }
  get host(): Host {
    return this.#host ?? expect.fail('there is no host yet')
  }
  set host(host: Host) {
    this.#host = host
  }

  async start(): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), 'sunhall-host-'))
    this.clock = new Date()
    this.#office = newOffice()
    this.office.publish(1, 'first')
    this.#served = await serve(this.office.repository.files)
    await this.office.provision(join(this.folder, 'stick'), this.served.url)
    this.#host = await this.open({ configFile: join(this.folder, 'stick', 'config.jws') })
  }

  async stop(): Promise<void> {
    await this.host.close()
    await this.served.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  open(more: Partial<HostOptions> = {}): Promise<Host> {
    return createHost({
      dataFolder: join(this.folder, 'data'),
      clock: () => this.clock,
      shell: 'browser',
      appVersion: '0.1.0',
      production: false,
      stickPlaces: [this.folder],
      ...more,
    })
  }

  get(path: string): Promise<Response> {
    return this.host.handle(new Request(`http://127.0.0.1${path}`))
  }
  post(path: string, body: unknown): Promise<Response> {
    return this.host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
  }
  county(path: string): Promise<Response> {
    return this.get(`/county/${path}`)
  }
  async check(reason = 'now', from: string | null = null): Promise<CheckResult> {
    return checkResult.parse(await (await this.post('/host/check', { reason, folder: from })).json())
  }

  async codeOf(response: Response): Promise<string> {
    const { error } = (await response.json()) as { error: { code: string } }
    return error.code
  }
  trustedNumber(): number | null {
    return this.host.state().trusted?.number ?? null
  }
  /** What a refusal must look like: its code, and the old release still trusted (P2). */
  async expectRefused(code: string, stays: number | null = 1): Promise<void> {
    expect(await this.check()).toMatchObject({ result: 'refused', error: { code } })
    expect(this.trustedNumber()).toBe(stays)
  }
}

/** A bench that is set up before each test of the file and cleared away after it. */
export function hostForEachTest(): HostBench {
  const bench = new HostBench()
  beforeEach(() => bench.start())
  afterEach(() => bench.stop())
  return bench
}

/** A body that never ends, as fast as it is read. */
export function flood(response: ServerResponse): void {
  response.writeHead(200)
  const more = (): void => {
    while (response.write(Buffer.alloc(65_536)));
  }
  response.on('drain', more)
  more()
}
