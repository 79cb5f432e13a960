// Conformance: thresholds, doubled keys and signatures, kinds of keys.
import { type ConformanceCase, equal } from './case.ts'
import { newSimKey, type SimKeyKind } from './simulator-keys.ts'

const KINDS: readonly SimKeyKind[] = ['rsa', 'ecdsa', 'ed25519']

export const KEYS: readonly ConformanceCase[] = [
  {
    suite: 'test_keys.py::test_snapshot_does_not_meet_threshold',
    clause: '5.5.3',
    attack: 'a snapshot with two signatures of three',
    does: 'refuses it',
    async run(client) {
      const { repo } = client
      repo.root.roles.snapshot.threshold = 3
      for (let n = 0; n < 2; n += 1) repo.addKey('snapshot')
      repo.publish('root', 'targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      repo.signers.set('snapshot', (repo.signers.get('snapshot') ?? []).slice(1))
      repo.publish('targets', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.version('snapshot'), 2)
    },
  },
  {
    suite: 'test_keys.py::test_snapshot_has_too_few_keys',
    clause: '5.5.3',
    attack: 'a threshold of six where the root names five keys',
    does: 'takes the root, and no snapshot under it',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      for (let n = 0; n < 4; n += 1) repo.addKey('snapshot')
      repo.root.roles.snapshot.threshold = 6
      repo.publish('root', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal([client.version('root'), client.version('snapshot')], [2, null])
    },
  },
  {
    suite: 'test_keys.py::test_root_has_keys_but_not_snapshot',
    clause: '5.5.3',
    attack: 'the root names more snapshot keys, whose signatures the snapshot lacks',
    does: 'takes the root; the snapshot has to have the signatures',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      const own = repo.signers.get('snapshot') ?? []
      for (let n = 0; n < 4; n += 1) repo.addKey('snapshot')
      repo.signers.set('snapshot', own)
      repo.root.roles.snapshot.threshold = 5
      repo.publish('root', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal([client.version('root'), client.version('snapshot')], [2, 1])
    },
  },
  {
    suite: 'test_keys.py::test_duplicate_keys',
    clause: '4.3, 5.5.3',
    attack: 'one key stands nine times in the role, and its signature nine times in the snapshot',
    does: 'counts it at most once: no snapshot',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      const key = newSimKey()
      for (let n = 0; n < 9; n += 1) repo.addKey('snapshot', key)
      repo.root.roles.snapshot.threshold = 6
      repo.publish('root', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.version('snapshot'), null)
    },
  },
  {
    suite: 'test_keys.py::test_duplicate_keys[other IDs]',
    clause: '4.2, 5.5.3',
    attack: 'one key stands under three IDs, and signs once for each of them',
    does: 'counts it at most once: no snapshot',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.root.roles.snapshot = { keyids: [], threshold: 3 }
      repo.signers.set('snapshot', [])
      const key = newSimKey()
      for (const id of [key.id, 'ab'.repeat(32), 'cd'.repeat(32)]) repo.addKey('snapshot', { ...key, id })
      repo.publish('root', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.version('snapshot'), null)
    },
  },
  {
    suite: 'test_keys.py::test_duplicate_sig_keyids',
    clause: '4.2.1',
    attack: 'a well-signed snapshot bears the same signature twice',
    does: 'refuses it: a key’s ID stands once in the list of signatures',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.change('snapshot', ({ signatures }) => signatures.push(...signatures))
      equal(await client.refresh(), 1)
      equal(client.version('snapshot'), null)
    },
  },
  ...KINDS.map(
    (kind): ConformanceCase => ({
      suite: `test_keys.py::test_keytype_and_scheme[${kind}]`,
      clause: '4.3',
      attack: `a root signed by an ${kind} key, then one with a signature of that kind over another text`,
      does: 'takes the first and refuses the second',
      async run(client) {
        const { repo } = client
        equal(await client.init(), 0)
        const key = repo.addKey('root', newSimKey(kind))
        repo.root.roles.root.threshold = 2
        repo.publish('root')
        equal(await client.refresh(), 0)
        equal(client.version('root'), 2)
        const good = repo.latest('root')
        repo.publish('root')
        repo.change('root', ({ signatures }) => {
          const own = signatures.find(({ keyid }) => keyid === key.id)
          const before = JSON.parse(good.toString()).signatures.find(({ keyid }: { keyid: string }) => keyid === key.id)
          if (own !== undefined) own.sig = before.sig
        })
        equal(await client.refresh(), 1)
        equal(client.version('root'), 2)
      },
    }),
  ),
  {
    suite: 'test_keys.py::test_invalid_sig_in_valid_metadata',
    clause: '5.4.2',
    attack: 'beside a right signature that is enough stands a wrong one, then an empty one',
    does: 'takes the timestamp both times',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      const [first] = repo.signers.get('timestamp') ?? []
      repo.addKey('timestamp')
      repo.publish('root')
      for (const sig of ['ab'.repeat(64), '']) {
        repo.publish('timestamp')
        repo.change('timestamp', ({ signatures }) => {
          for (const one of signatures) if (one.keyid === first?.id) one.sig = sig
        })
        equal(await client.refresh(), 0)
        equal(client.version('timestamp'), repo.timestamp.version)
      }
    },
  },
]
