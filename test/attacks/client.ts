// The client under test as the public suite drives it: one command line a step, exit code 0 or 1, and otherwise only what
// can be seen from outside: its two folders and the requests that it makes.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runTufClient } from '../../electron/host/tuf-client.ts'
import { Simulator } from './simulator.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PROGRAM = join(ROOT, 'electron', 'host', 'tuf-client.ts')
const CLOCK = pathToFileURL(join(import.meta.dirname, 'clock.ts')).href

/** 'process': each step is a program of its own. 'inside': the same function, called; for the many cases. */
export type How = 'process' | 'inside'

export class Client {
  readonly repo = new Simulator()
  /** What the server answers with, null for 404; a case may put files in the simulator's place. */
  answer: (path: string) => Buffer | null = (path) => this.repo.serve(path)
  readonly #folder = mkdtempSync(join(tmpdir(), 'sunhall-client-'))
  readonly #server: Server
  readonly #how: How

  private constructor(how: How, server: Server) {
    this.#how = how
    this.#server = server
    mkdirSync(this.metadata)
    mkdirSync(this.targets)
  }

  /** A client and a repository over real HTTP, new for one case. */
  static async start(how: How): Promise<Client> {
    const server = createServer((request, response) => {
      const bytes = client.answer((request.url ?? '/').slice(1))
      if (bytes === null) response.writeHead(404).end()
      else response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
    })
    const client = new Client(how, server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return client
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get metadata(): string {
    return join(this.#folder, 'metadata')
  }
  get targets(): string {
    return join(this.#folder, 'targets')
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  init(root = this.repo.published.get('root')?.[0]): Promise<number> {
    const file = join(this.#folder, 'initial_root.json')
    writeFileSync(file, root ?? '')
    return this.#run(['--metadata-dir', this.metadata, 'init', file])
  }

  /** `at`: the date on the client's machine; a process alone can have one. */
  refresh(at?: string): Promise<number> {
    return this.#run([...this.#where(), 'refresh'], at)
  }

  /** `names`: one, or several that one client looks up after each other. */
  download(names: string | readonly string[], at?: string): Promise<number> {
    const named = [names].flat().flatMap((name) => ['--target-name', name])
    const what = [...named, '--target-dir', this.targets, '--target-base-url', `${this.url}/targets/`]
    return this.#run([...this.#where(), ...what, 'download'], at)
  }

  version(role: string): number | null {
    const bytes = this.bytes(role)
    return bytes === null ? null : JSON.parse(bytes.toString('utf8')).signed.version
  }

  /** The trusted file as it lies there; null where there is none. */
  bytes(role: string): Buffer | null {
    try {
      return readFileSync(join(this.metadata, `${role}.json`))
    } catch {
      return null
    }
  }

  /** 'root 1', 'snapshot 1', … by name; whatever else lies in the folder is named with a '?'. */
  trusted(): string[] {
    return readdirSync(this.metadata)
      .sort()
      .map((file) => (file.endsWith('.json') ? `${file.slice(0, -5)} ${this.version(file.slice(0, -5))}` : `? ${file}`))
  }

  /** Contents of all downloaded files, oldest first. */
  downloaded(): string[] {
    const age = (file: string): number => statSync(file, { bigint: false }).mtimeMs
    return readdirSync(this.targets, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort((one, other) => age(one) - age(other))
      .map((file) => readFileSync(file, 'utf8'))
  }

  /** Every file below the client's own folder, from there. */
  files(): string[] {
    return readdirSync(this.#folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#folder, join(entry.parentPath, entry.name)))
      .sort()
  }

  #where(): string[] {
    return ['--metadata-url', `${this.url}/metadata/`, '--metadata-dir', this.metadata]
  }

  #run(args: string[], at?: string): Promise<number> {
    if (this.#how === 'process') return runProcess(process.execPath, [PROGRAM, ...args], at)
    if (at !== undefined) throw new Error('Expected a case with a date of its own to run as processes; mark it so')
    return runTufClient(args).then(
      () => 0,
      () => 1,
    )
  }
}

/** Exit code of a program started in the project's folder. */
export function runProcess(program: string, args: readonly string[], at?: string): Promise<number> {
  const clock = at === undefined ? {} : { SUNHALL_TEST_CLOCK: at, NODE_OPTIONS: `--import ${CLOCK}` }
  const child = spawn(program, args, { cwd: ROOT, stdio: 'ignore', env: { ...process.env, ...clock } })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => (code === null ? reject(new Error(`Ended by ${signal}`)) : resolve(code)))
  })
}
