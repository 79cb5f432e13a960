// The cases of the public TUF conformance suite against our own client command, with repositories of our own over real
// HTTP. The suite itself needs Python and isn't here; the protocol is its CLIENT-CLI.md.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../../test/e2e/host-office.ts'
import { type KeyKind, newKey, Repository, type RepositoryOptions } from '../../test/e2e/host-tuf.ts'
import { runTufClient } from './tuf-client.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

interface Client {
  repository: Repository
  served: Served
  run(...args: string[]): Promise<number>
  refresh(): Promise<number>
  download(name: string): Promise<number>
  version(role: string): number | null
  downloaded(): string[]
  metadata: string
}

async function newClient(options: RepositoryOptions = {}): Promise<Client> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-tuf-'))
  const repository = new Repository(options)
  repository.targets.set('a/file.txt', Buffer.from('one'))
  repository.signAll()
  const served = await serve(repository.files)
  open.push(() => {
    void served.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const metadata = join(folder, 'metadata')
  const targets = join(folder, 'targets')
  writeFileSync(join(folder, 'initial.json'), repository.rootBytes())
  const run = (...args: string[]): Promise<number> =>
    runTufClient(['--metadata-dir', metadata, ...args]).then(
      () => 0,
      () => 1,
    )
  const url = `${served.url}/metadata`
  expect(await run('init', join(folder, 'initial.json'))).toBe(0)
  const more = ['--target-dir', targets, '--target-base-url', `${served.url}/targets`]
  return {
    repository,
    served,
    run,
    metadata,
    refresh: () => run('--metadata-url', url, 'refresh'),
    download: (name) => run('--metadata-url', url, '--target-name', name, ...more, 'download'),
    version: (role) => versionIn(join(metadata, `${role}.json`)),
    downloaded: () => readdirSync(targets).map((name) => readFileSync(join(targets, name), 'utf8')),
  }
}

function versionIn(file: string): number | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).signed.version
  } catch {
    return null
  }
}

describe('the TUF client workflow', () => {
  it('makes no request at init, and exactly root, timestamp, snapshot, targets at the first refresh', async () => {
    const client = await newClient()
    expect(client.served.requests).toEqual([])
    expect(await client.refresh()).toBe(0)
    const asked = ['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json']
    expect(client.served.requests).toEqual(asked.map((name) => `metadata/${name}`))
    expect(['root', 'timestamp', 'snapshot', 'targets'].map(client.version)).toEqual([1, 1, 1, 1])
  })

  it('leaves nothing but trusted metadata in its folder', async () => {
    const client = await newClient()
    await client.refresh()
    expect(readdirSync(client.metadata).sort()).toEqual([
      'root.json',
      'snapshot.json',
      'targets.json',
      'timestamp.json',
    ])
    expect(readFileSync(join(client.metadata, 'root.json'))).toEqual(client.repository.rootBytes())
  })

  it.each<KeyKind>(['ed25519', 'ecdsa', 'rsa'])('verifies %s keys', async (keyKind) => {
    expect(await (await newClient({ keyKind })).refresh()).toBe(0)
  })

  it.each([true, false])('reads a repository with consistent snapshots %s', async (consistent) => {
    const client = await newClient({ consistent })
    expect(await client.download('a/file.txt')).toBe(0)
    expect(client.downloaded()).toEqual(['one'])
    expect(client.served.requests.includes('targets/a/file.txt')).toBe(!consistent)
  })

  it('refuses an initial root that its own keys did not sign, before any request', async () => {
    const client = await newClient()
    const root = JSON.parse(client.repository.rootBytes().toString())
    root.signatures[0].sig = '00'.repeat(64)
    writeFileSync(join(client.metadata, 'root.json'), JSON.stringify(root))
    expect(await client.refresh()).toBe(1)
    expect(client.served.requests).toEqual([])
  })

  it('follows rotated roots one by one, and keeps them though the timestamp fails', async () => {
    const client = await newClient()
    await client.refresh()
    const old = client.repository.keys.root
    client.repository.keys.root = [newKey(), newKey(), newKey()]
    client.repository.signRoot(old.slice(0, 2))
    client.repository.signRoot()
    client.repository.files.set('metadata/timestamp.json', Buffer.from('{}'))
    expect(await client.refresh()).toBe(1)
    expect(client.version('root')).toBe(3)
    expect(client.version('timestamp')).toBe(1)
  })

  it('refuses a rotated root that the old keys did not sign', async () => {
    const client = await newClient()
    client.repository.keys.root = [newKey(), newKey(), newKey()]
    client.repository.signRoot()
    expect(await client.refresh()).toBe(1)
    expect(client.version('root')).toBe(1)
  })

  it('refuses a root that skips a version', async () => {
    const client = await newClient()
    client.repository.versions.root = 2
    client.repository.signRoot()
    client.repository.files.set('metadata/2.root.json', client.repository.rootBytes(3))
    expect(await client.refresh()).toBe(1)
    expect(client.version('root')).toBe(1)
  })

  it('keeps an expired root but takes nothing under it', async () => {
    const client = await newClient()
    await client.refresh()
    client.repository.lifetimes.root = -1
    client.repository.signRoot()
    client.repository.signAll()
    expect(await client.refresh()).toBe(1)
    expect(client.version('root')).toBe(2)
    expect(client.version('timestamp')).toBe(1)
  })

  it('accepts unknown fields that are signed', async () => {
    const client = await newClient({ extra: { 'custom-field': { a: 1 } } })
    client.repository.signRoot()
    expect(await client.refresh()).toBe(0)
    expect(client.version('root')).toBe(2)
  })

  it('refuses a threshold that one key meets only by being counted twice', async () => {
    const client = await newClient()
    client.repository.thresholds.snapshot = 2
    client.repository.signRoot()
    client.repository.signAll()
    expect(await client.refresh()).toBe(1)
    expect(client.version('snapshot')).toBe(null)
  })

  it.each(['timestamp', 'snapshot', 'targets'] as const)('refuses %s signed by another key', async (role) => {
    const client = await newClient()
    await client.refresh()
    client.repository.signers[role] = [newKey()]
    client.repository.signAll()
    expect(await client.refresh()).toBe(1)
    expect(client.version(role)).toBe(1)
  })

  it.each(['timestamp', 'snapshot', 'targets'] as const)('refuses expired %s (freeze)', async (role) => {
    const client = await newClient()
    await client.refresh()
    client.repository.lifetimes[role] = -1
    client.repository.signAll()
    expect(await client.refresh()).toBe(1)
    expect(client.version(role)).toBe(1)
  })

  it.each(['timestamp', 'snapshot', 'targets'] as const)('refuses %s of a lower version (rollback)', async (role) => {
    const client = await newClient()
    client.repository.signAll()
    await client.refresh()
    client.repository.versions[role] = 0
    if (role === 'timestamp') client.repository.signTimestamp()
    else client.repository.signAll()
    expect(await client.refresh()).toBe(1)
    expect(client.version(role)).toBe(2)
  })

  it('keeps its own timestamp where the same version comes with other content', async () => {
    const client = await newClient()
    await client.refresh()
    const before = readFileSync(join(client.metadata, 'timestamp.json'))
    client.repository.versions.timestamp = 0
    client.repository.lifetimes.timestamp = 10
    client.repository.signTimestamp()
    expect(await client.refresh()).toBe(0)
    expect(readFileSync(join(client.metadata, 'timestamp.json'))).toEqual(before)
  })

  it('recovers from a fast-forward attack once the timestamp and snapshot keys are rotated', async () => {
    const client = await newClient()
    client.repository.versions.snapshot = 900
    client.repository.versions.timestamp = 900
    client.repository.signAll()
    await client.refresh()
    expect(client.version('snapshot')).toBe(901)
    client.repository.keys.snapshot = [newKey()]
    client.repository.keys.timestamp = [newKey()]
    client.repository.signRoot()
    client.repository.versions.snapshot = 0
    client.repository.versions.timestamp = 0
    client.repository.signAll()
    expect(await client.refresh()).toBe(0)
    expect([client.version('timestamp'), client.version('snapshot')]).toEqual([1, 1])
  })

  it('refuses a snapshot whose bytes are not those that the timestamp names', async () => {
    const client = await newClient()
    client.repository.files.set(
      'metadata/1.snapshot.json',
      Buffer.concat([client.repository.files.get('metadata/1.snapshot.json') ?? Buffer.alloc(0), Buffer.from(' ')]),
    )
    expect(await client.refresh()).toBe(1)
    expect(client.version('timestamp')).toBe(1)
    expect(client.version('snapshot')).toBe(null)
  })
})

describe('artifacts', () => {
  it('fetches one again only when its signed content changes, under the same name', async () => {
    const client = await newClient()
    expect(await client.download('a/file.txt')).toBe(0)
    const before = client.served.requests.filter((path) => path.startsWith('targets/')).length
    expect(await client.download('a/file.txt')).toBe(0)
    expect(client.served.requests.filter((path) => path.startsWith('targets/')).length).toBe(before)
    client.repository.targets.set('a/file.txt', Buffer.from('two'))
    client.repository.signAll()
    expect(await client.download('a/file.txt')).toBe(0)
    expect(client.downloaded()).toEqual(['two'])
  })

  it.each(['evil', 'a much longer evil'])('refuses one with other bytes: %s', async (evil) => {
    const client = await newClient()
    await client.download('a/file.txt')
    client.repository.targets.set('b.txt', Buffer.from('good'))
    client.repository.signAll()
    client.repository.putTarget('b.txt', Buffer.from(evil), Buffer.from('good'))
    expect(await client.download('b.txt')).toBe(1)
    expect(client.downloaded()).toEqual(['one'])
  })

  it('fails for one that no role names, yet updates the metadata', async () => {
    const client = await newClient()
    expect(await client.download('nonexistent')).toBe(1)
    expect(client.version('targets')).toBe(1)
  })

  it('stays inside its folder whatever the target is called', async () => {
    const client = await newClient({ consistent: false })
    client.repository.targets.set('..', Buffer.from('dots'))
    client.repository.signAll()
    client.served.faults.set('', (response) => response.end('dots'))
    await client.download('..')
    expect(
      readdirSync(join(client.metadata, '..'))
        .sort()
        .filter((name) => name !== 'targets'),
    ).toEqual(['initial.json', 'metadata'])
  })
})

describe('delegations', () => {
  it('finds an artifact in a delegated role', async () => {
    const client = await newClient()
    const targets = new Map([['role/x.txt', Buffer.from('delegated')]])
    client.repository.delegated.push({ name: 'role1', keys: [newKey()], paths: ['role/*'], targets })
    client.repository.signAll()
    expect(await client.download('role/x.txt')).toBe(0)
    expect(client.downloaded()).toEqual(['delegated'])
  })

  it('stops at a terminating role that does not name it', async () => {
    const client = await newClient()
    const late = new Map([['role/x.txt', Buffer.from('delegated')]])
    const first = { name: 'one', keys: [newKey()], paths: ['role/*'], targets: new Map(), terminating: true }
    client.repository.delegated.push(first, { name: 'two', keys: [newKey()], paths: ['role/*'], targets: late })
    client.repository.signAll()
    expect(await client.download('role/x.txt')).toBe(1)
  })

  it.each(['?', '#', '/delegatedrole', '../delegatedrole'])(
    'asks for role %s by its encoded name and keeps it inside',
    async (name) => {
      const client = await newClient()
      client.repository.delegated.push({ name, keys: [newKey()], paths: ['*'], targets: new Map() })
      client.repository.signAll()
      expect(await client.download('nonexistent')).toBe(1)
      expect(client.served.requests).toContain(`metadata/1.${encodeURIComponent(name)}.json`)
      expect(readdirSync(client.metadata).filter((file) => file.endsWith('.json'))).toHaveLength(5)
    },
  )
})

describe('the command', () => {
  it('exits 0 or 1 as a process, and says what it needs', async () => {
    const client = await newClient()
    const command = join(import.meta.dirname, 'tuf-client.ts')
    const run = promisify(execFile)
    const args = [command, '--metadata-dir', client.metadata, '--metadata-url', `${client.served.url}/metadata`]
    await expect(run(process.execPath, [...args, 'refresh'])).resolves.toBeDefined()
    await expect(run(process.execPath, [...args, 'dance'])).rejects.toMatchObject({ code: 1 })
  })
})
