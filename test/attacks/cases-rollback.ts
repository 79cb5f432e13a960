// Conformance: rollback attacks, and recovery from fast-forward attacks by new keys.
import { type ConformanceCase, equal } from './case.ts'

const HASHES = [
  ['basic', false],
  ['with hashes', true],
] as const

export const ROLLBACK: readonly ConformanceCase[] = [
  {
    suite: 'test_rollback.py::test_simple_snapshot_rollback',
    clause: '5.5.4',
    attack: 'another snapshot is served than the timestamp names',
    does: 'has the named one and asks for none',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      client.repo.publish('snapshot')
      equal(await client.refresh(), 0)
      equal(client.version('snapshot'), 2)
      equal(client.repo.requests.at(-1), 'timestamp')
    },
  },
  {
    suite: 'test_rollback.py::test_new_timestamp_version_rollback',
    clause: '5.4.3.1',
    attack: 'a timestamp of a lower version',
    does: 'refuses it',
    how: 'process',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.publish('timestamp')
      equal(await client.refresh(), 0)
      repo.withdraw('timestamp')
      repo.timestamp.version = 1
      repo.publish('timestamp')
      equal(await client.refresh(), 1)
      equal(client.version('timestamp'), 2)
      equal(repo.requests.at(-1), 'timestamp')
    },
  },
  ...HASHES.map(
    ([name, hashes]): ConformanceCase => ({
      suite: `test_rollback.py::test_snapshot_rollback[${name}]`,
      clause: '5.4.3.2',
      attack: `a newer timestamp names an older snapshot (${name})`,
      does: 'refuses that timestamp',
      async run(client) {
        const { repo } = client
        equal(await client.init(), 0)
        repo.hashesInMeta = hashes
        repo.publish('snapshot', 'timestamp')
        equal(await client.refresh(), 0)
        repo.withdraw('snapshot')
        repo.snapshot.version = 1
        repo.publish('snapshot', 'timestamp')
        equal(await client.refresh(), 1)
        equal([client.version('timestamp'), client.version('snapshot')], [2, 2])
        equal(repo.requests.at(-1), 'timestamp')
      },
    }),
  ),
  ...HASHES.map(
    ([name, hashes]): ConformanceCase => ({
      suite: `test_rollback.py::test_targets_rollback[${name}]`,
      clause: '5.5.5',
      attack: `a newer snapshot names older targets (${name})`,
      does: 'refuses that snapshot',
      async run(client) {
        const { repo } = client
        equal(await client.init(), 0)
        repo.hashesInMeta = hashes
        repo.publish('targets', 'snapshot', 'timestamp')
        equal(await client.refresh(), 0)
        repo.withdraw('targets')
        repo.targets.version = 1
        repo.publish('targets', 'snapshot', 'timestamp')
        equal(await client.refresh(), 1)
        equal([client.version('snapshot'), client.version('targets')], [2, 2])
      },
    }),
  ),
  {
    suite: 'test_rollback.py::test_targets_role_removal',
    clause: '5.5.5',
    attack: 'a newer snapshot that names a delegated role no more',
    does: 'refuses it, unless the snapshot’s keys are new',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.delegate('targets', 'delegated', { paths: ['path/*'] })
      repo.publish('delegated', 'targets', 'snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      delete repo.snapshot.meta['delegated.json']
      repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.version('snapshot'), 2)
      repo.rotate('snapshot')
      repo.publish('root', 'snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('snapshot'), 4)
    },
  },
  {
    suite: 'test_rollback.py::test_new_snapshot_version_mismatch',
    clause: '5.5.4',
    attack: 'a newer snapshot lies there, but the timestamp names the older one',
    does: 'takes the one that is named',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.publish('snapshot')
      client.repo.timestamp.meta['snapshot.json'].version = 1
      client.repo.publish('root', 'timestamp')
      equal(await client.refresh(), 0)
      equal(client.trusted(), ['root 2', 'snapshot 1', 'targets 1', 'timestamp 2'])
    },
  },
  {
    suite: 'test_rollback.py::test_new_timestamp_fast_forward_recovery',
    clause: '5.3.11',
    attack: 'a thief’s timestamp 100; then the repository changes the key and starts at 1 again',
    does: 'recovers: takes timestamp 1 under the new key',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      for (let n = 0; n < 99; n += 1) repo.publish('timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('timestamp'), 100)
      repo.rotate('timestamp')
      repo.withdraw('timestamp')
      repo.timestamp.version = 1
      repo.publish('root', 'timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('timestamp'), 1)
    },
  },
  {
    suite: 'test_rollback.py::test_new_snapshot_fast_forward_recovery',
    clause: '5.3.11',
    attack: 'a thief’s snapshot 100; then snapshot and timestamp get new keys',
    does: 'recovers: takes snapshot 1 under the new keys',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      for (let n = 0; n < 99; n += 1) repo.publish('snapshot')
      repo.publish('timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('snapshot'), 100)
      repo.rotate('snapshot')
      repo.rotate('timestamp')
      repo.withdraw('snapshot')
      repo.snapshot.version = 1
      repo.publish('root', 'targets', 'snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('snapshot'), 1)
    },
  },
  {
    suite: 'test_rollback.py::test_new_targets_fast_forward_recovery',
    clause: '5.3.11',
    attack: 'a thief’s targets 100; then the snapshot gets a new key',
    does: 'recovers: takes targets 2 under it',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      for (let n = 0; n < 99; n += 1) repo.publish('targets')
      repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('targets'), 100)
      repo.rotate('snapshot')
      repo.withdraw('targets')
      repo.targets.version = 1
      repo.publish('targets')
      repo.publish('root', 'targets', 'snapshot', 'timestamp')
      equal(await client.refresh(), 0)
      equal(client.version('targets'), 2)
    },
  },
]
