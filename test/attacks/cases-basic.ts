// Conformance: initialisation, refresh, what is kept of it, and metadata that is absent, unsigned or of another kind.
import { type ConformanceCase, equal, notEqual } from './case.ts'
import { inDays, type TopRole } from './simulator.ts'
import { newSimKey } from './simulator-keys.ts'

const FIRST_REFRESH = ['root 2', 'timestamp', 'snapshot 1', 'targets 1']
const ALL_FIRST = ['root 1', 'snapshot 1', 'targets 1', 'timestamp 1']

const unsigned: [TopRole, string, string[]][] = [
  ['root', '5.3.4', ['root 1']],
  ['timestamp', '5.4.2', ['root 2']],
  ['snapshot', '5.5.3', ['root 2', 'timestamp 2']],
  ['targets', '5.6.3', ['root 2', 'snapshot 2', 'timestamp 2']],
]
const misnumbered: [TopRole, string, string[]][] = [
  ['root', '5.3.5', ['root 1']],
  ['snapshot', '5.5.4', ['root 2', 'timestamp 2']],
  ['targets', '5.6.4', ['root 2', 'snapshot 2', 'timestamp 2']],
]

export const BASIC: readonly ConformanceCase[] = [
  {
    suite: 'test_basic.py::test_basic_refresh_requests',
    clause: '5.3–5.6',
    attack: 'none: a first refresh',
    does: 'asks for root 2, timestamp, snapshot 1, targets 1 and nothing else; init asks for nothing',
    how: 'process',
    async run(client) {
      equal(await client.init(), 0)
      equal(client.repo.requests, [])
      equal(await client.refresh(), 0)
      equal(client.repo.requests, FIRST_REFRESH)
    },
  },
  {
    suite: 'test_basic.py::test_basic_refresh_trusted_data',
    clause: '5.3.8, 5.4.5, 5.5.7, 5.6.6',
    attack: 'none: what a refresh leaves behind',
    does: 'keeps the four files as they were served, and nothing else in its folder',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      equal(client.trusted(), ALL_FIRST)
      for (const role of ['root', 'timestamp', 'snapshot', 'targets'])
        equal(client.bytes(role)?.toString(), client.repo.latest(role).toString())
    },
  },
  {
    suite: 'test_basic.py::test_implicit_refresh',
    clause: '5.7.1',
    attack: 'none: a download before any refresh, of a target that nobody names',
    does: 'refreshes first, then fails (exit 1)',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.download('nonexistent artifact'), 1)
      equal(client.repo.requests, FIRST_REFRESH)
      equal(client.trusted(), ALL_FIRST)
    },
  },
  {
    suite: 'test_basic.py::test_invalid_initial_root',
    clause: '5.2',
    attack: 'an initial root without its version',
    does: 'refuses to refresh, and asks for nothing',
    how: 'process',
    async run(client) {
      await client.init(Buffer.from(client.repo.latest('root').toString().replace('"version":1,', '')))
      equal(await client.refresh(), 1)
      equal(client.repo.requests, [])
    },
  },
  {
    suite: 'test_basic.py::test_unsigned_initial_root',
    clause: '5.2',
    attack: 'an initial root whose signature is of another text',
    does: 'refuses to refresh, and asks for nothing',
    async run(client) {
      client.repo.change('root', (file) => {
        for (const one of file.signatures) one.sig = 'ab'.repeat(64)
      })
      await client.init()
      equal(await client.refresh(), 1)
      equal(client.repo.requests, [])
    },
  },
  ...unsigned.map(
    ([role, clause, left]): ConformanceCase => ({
      suite: `test_basic.py::test_unsigned_metadata[${role}]`,
      clause,
      attack: `${role} that nobody signed (arbitrary software)`,
      does: 'refuses it, and keeps what verified before it',
      async run(client) {
        client.repo.signers.set(role, [])
        client.repo.publish('root', 'targets', 'snapshot', 'timestamp')
        equal(await client.init(), 0)
        equal(await client.refresh(), 1)
        equal(client.trusted(), left)
      },
    }),
  ),
  ...misnumbered.map(
    ([role, clause, left]): ConformanceCase => ({
      suite: `test_basic.py::test_url_and_metadata_version_mismatch[${role}]`,
      clause,
      attack: `${role} 2 is served, and calls itself 3`,
      does: 'refuses it, and keeps what verified before it',
      async run(client) {
        const doc = { root: client.repo.root, snapshot: client.repo.snapshot, targets: client.repo.targets }
        doc[role === 'timestamp' ? 'root' : role].version += 1
        client.repo.publish('root', 'targets', 'snapshot', 'timestamp')
        equal(await client.init(), 0)
        equal(await client.refresh(), 1)
        equal(client.trusted(), left)
      },
    }),
  ),
  {
    suite: 'test_basic.py::test_timestamp_content_changes',
    clause: '5.4.3.1',
    attack: 'another timestamp of the same version, which names snapshot 100',
    does: 'goes on with its own timestamp and asks for no snapshot',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      client.repo.timestamp.meta['snapshot.json'].version = 100
      client.repo.withdraw('timestamp')
      client.repo.publish('timestamp')
      equal(await client.refresh(), 0)
      equal(client.repo.requests.at(-1), 'timestamp')
      notEqual(client.bytes('timestamp')?.toString(), client.repo.latest('timestamp').toString())
    },
  },
  {
    suite: 'test_basic.py::test_basic_metadata_hash_support',
    clause: '5.5.2, 5.6.2',
    attack: 'targets whose bytes don’t have the hash that the snapshot names',
    does: 'takes right hashes; refuses the file with the wrong one and keeps the older targets',
    async run(client) {
      const { repo } = client
      repo.hashesInMeta = true
      repo.publish('targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      repo.publish('targets')
      Object.assign(repo.snapshot.meta['targets.json']?.hashes ?? {}, { sha256: '46'.repeat(32) })
      repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal([client.version('snapshot'), client.version('targets')], [3, 2])
    },
  },
  {
    suite: 'test_basic.py::test_new_targets_version_mismatch',
    clause: '5.6.4',
    attack: 'targets 2 lies there, but no snapshot names it',
    does: 'doesn’t ask for it',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      client.repo.publish('targets')
      equal(await client.refresh(), 0)
      equal(client.version('targets'), 1)
      equal(client.repo.requests.at(-1), 'timestamp')
    },
  },
  {
    suite: 'test_basic.py::test_metadata_bytes_match',
    clause: '5.4.5',
    attack: 'none: a file in a spelling of its own',
    does: 'keeps the very bytes, so that later hashes of them hold',
    async run(client) {
      const odd = Buffer.concat([client.repo.latest('timestamp'), Buffer.from(' ')])
      client.repo.published.set('timestamp', [odd])
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      equal(client.bytes('timestamp')?.toString(), odd.toString())
    },
  },
  {
    suite: 'test_basic.py::test_custom_fields',
    clause: '4.2.1',
    attack: 'none: fields that the specification doesn’t know, in root, key and role',
    does: 'counts them in when it verifies, and takes the root',
    async run(client) {
      const { root } = client.repo
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      Object.assign(root, { 'custom-field': 'value' })
      Object.assign(root.roles.root, { 'another-field': 'value' })
      client.repo.addKey('root', newSimKey('ed25519', { 'extra-field': { a: 1, b: 2 } }))
      client.repo.publish('root')
      equal(await client.refresh(), 0)
      equal(client.version('root'), 2)
    },
  },
  {
    suite: 'test_basic.py::test_deprecated_keyid_hash_algorithms',
    clause: '4.3',
    attack: 'a key that claims another hash for its ID, in a field long given up',
    does: 'takes no notice of the field',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.root.roles.snapshot.keyids = []
      repo.signers.set('snapshot', [])
      repo.addKey('snapshot', newSimKey('ed25519', { keyid_hash_algorithms: 'md5' }))
      repo.publish('root', 'snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      equal([client.version('root'), client.version('snapshot')], [2, 2])
    },
  },
  {
    suite: 'test_basic.py::test_snapshot_404',
    clause: '5.5.1',
    attack: 'the snapshot that the timestamp names is not there',
    does: 'fails, keeps the new timestamp and the old rest',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      client.repo.timestamp.meta['snapshot.json'].version = 2
      client.repo.publish('timestamp')
      equal(await client.refresh(), 1)
      equal(client.repo.requests.at(-1), 'snapshot 2')
      equal(client.trusted(), ['root 1', 'snapshot 1', 'targets 1', 'timestamp 2'])
    },
  },
  {
    suite: 'test_basic.py::test_targets_404',
    clause: '5.6.1',
    attack: 'the targets that the snapshot names are not there',
    does: 'fails, keeps the new timestamp and snapshot and the old targets',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      client.repo.snapshot.meta['targets.json'] = { version: 2 }
      client.repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.repo.requests.at(-1), 'targets 2')
      equal(client.trusted(), ['root 1', 'snapshot 2', 'targets 1', 'timestamp 2'])
    },
  },
  {
    suite: 'test_basic.py::test_timestamp_404',
    clause: '5.4.1',
    attack: 'there is no timestamp any more',
    does: 'fails, and keeps everything',
    async run(client) {
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      client.repo.withdraw('timestamp')
      equal(await client.refresh(), 1)
      equal(client.repo.requests.at(-1), 'timestamp')
      equal(client.trusted(), ALL_FIRST)
    },
  },
  {
    suite: 'test_basic.py::test_incorrect_metadata_type',
    clause: '5.4.2',
    attack: 'a snapshot, signed by the timestamp’s key too, is served as the timestamp',
    does: 'refuses it by its type',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      for (const key of repo.signers.get('timestamp') ?? []) repo.addKey('snapshot', key)
      repo.snapshot.meta = { 'snapshot.json': { version: 1 } }
      repo.publish('root', 'snapshot')
      repo.published.set('timestamp', [repo.latest('snapshot')])
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 2'])
    },
  },
  {
    suite: 'test_basic.py::test_faketime',
    clause: '5.1',
    attack: 'none: the suite sets the clock of the client’s machine',
    does: 'lives in that time: a root of 7 days has expired on the 8th',
    how: 'process',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.root.expires = inDays(7)
      client.repo.publish('root')
      equal(await client.refresh(), 0)
      equal(await client.refresh(inDays(8)), 1)
    },
  },
]
