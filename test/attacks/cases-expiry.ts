// Conformance: freeze attacks, and metadata that expired on the client's disk while it was away.
import { type ConformanceCase, equal } from './case.ts'
import type { Client } from './client.ts'
import { inDays } from './simulator.ts'

const ALL_FIRST = ['root 1', 'snapshot 1', 'targets 1', 'timestamp 1']

async function refreshed(client: Client): Promise<void> {
  equal(await client.init(), 0)
  equal(await client.refresh(), 0)
}

/** A delegated role with two artifacts, whose metadata lives that many days. */
function delegateFor(client: Client, days: number): void {
  const { repo } = client
  repo.delegate('targets', 'delegated', { paths: ['delegatedpath/*'] }, inDays(days))
  repo.addArtifact('delegated', 'delegatedpath/first', 'first')
  repo.addArtifact('delegated', 'delegatedpath/second', 'second')
  repo.publish('delegated', 'targets', 'snapshot', 'timestamp')
}

export const EXPIRY: readonly ConformanceCase[] = [
  {
    suite: 'test_expiration.py::test_root_expired',
    clause: '5.3.10',
    attack: 'a newer root that has expired (freeze)',
    does: 'keeps the root, and takes nothing under it',
    async run(client) {
      await refreshed(client)
      client.repo.publish('root')
      equal(await client.refresh(), 0)
      client.repo.root.expires = inDays(-1)
      client.repo.publish('root', 'targets', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 3', 'snapshot 1', 'targets 1', 'timestamp 1'])
    },
  },
  {
    suite: 'test_expiration.py::test_timestamp_expired',
    clause: '5.4.4',
    attack: 'a newer timestamp that has expired (freeze)',
    does: 'refuses it',
    async run(client) {
      await refreshed(client)
      client.repo.timestamp.expires = inDays(-5)
      client.repo.publish('timestamp')
      equal(await client.refresh(), 1)
      equal(client.trusted(), ALL_FIRST)
    },
  },
  {
    suite: 'test_expiration.py::test_snapshot_expired',
    clause: '5.5.6',
    attack: 'a newer snapshot that has expired (freeze)',
    does: 'refuses it; the timestamp that named it is kept',
    async run(client) {
      await refreshed(client)
      client.repo.snapshot.expires = inDays(-5)
      client.repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 1', 'snapshot 1', 'targets 1', 'timestamp 2'])
    },
  },
  {
    suite: 'test_expiration.py::test_targets_expired',
    clause: '5.6.5',
    attack: 'newer targets that have expired (freeze)',
    does: 'refuses them; timestamp and snapshot are kept',
    async run(client) {
      await refreshed(client)
      client.repo.targets.expires = inDays(-5)
      client.repo.publish('targets', 'snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 1', 'snapshot 2', 'targets 1', 'timestamp 2'])
    },
  },
  {
    suite: 'test_expiration.py::test_expired_local_root',
    clause: '5.2, 5.3.6',
    attack: 'none: the client’s own root expired while it was away',
    does: 'updates from it all the same',
    how: 'process',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.root.expires = inDays(7)
      client.repo.publish('root')
      equal(await client.refresh(), 0)
      client.repo.root.expires = inDays(21)
      client.repo.publish('root')
      equal(await client.refresh(inDays(18)), 0)
      equal(client.version('root'), 3)
    },
  },
  {
    suite: 'test_expiration.py::test_expired_local_timestamp',
    clause: '5.4.3',
    attack: 'none: the client’s own timestamp expired while it was away',
    does: 'updates to the newer one',
    how: 'process',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.timestamp.expires = inDays(7)
      client.repo.publish('timestamp')
      equal(await client.refresh(), 0)
      client.repo.timestamp.expires = inDays(21)
      client.repo.publish('targets', 'snapshot', 'timestamp')
      equal(await client.refresh(inDays(18)), 0)
      equal(client.trusted(), ['root 1', 'snapshot 2', 'targets 2', 'timestamp 3'])
    },
  },
  {
    suite: 'test_expiration.py::test_expired_metadata',
    clause: '5.4.3.1',
    attack: 'an older timestamp is replayed to a client whose own has expired meanwhile',
    does: 'still holds it against its own, and refuses it',
    how: 'process',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.timestamp.expires = inDays(40)
      repo.withdraw('timestamp')
      repo.publish('timestamp')
      const old = repo.latest('timestamp')
      repo.timestamp.expires = inDays(7)
      repo.publish('timestamp')
      equal(await client.refresh(), 0)
      repo.published.set('timestamp', [old])
      equal(await client.refresh(inDays(18)), 1)
      equal(client.version('timestamp'), 2)
    },
  },
  {
    suite: 'test_delegated_expiration.py::test_delegated_targets_expired',
    clause: '5.6.5, 5.6.7',
    attack: 'a delegated role that has expired before it was ever seen',
    does: 'refuses it, and downloads nothing that it names',
    async run(client) {
      equal(await client.init(), 0)
      delegateFor(client, -1)
      equal(await client.refresh(), 0)
      equal(await client.download('delegatedpath/first'), 1)
      equal(client.downloaded(), [])
      equal(client.trusted(), ['root 1', 'snapshot 2', 'targets 2', 'timestamp 2'])
    },
  },
  {
    suite: 'test_delegated_expiration.py::test_expired_local_delegated_targets',
    clause: '5.6.5',
    attack: 'a delegated role expired on the client’s disk, and the repository has no newer one',
    does: 'uses it no more',
    how: 'process',
    async run(client) {
      equal(await client.init(), 0)
      delegateFor(client, 7)
      equal(await client.download('delegatedpath/first'), 0)
      equal(await client.download('delegatedpath/second', inDays(18)), 1)
      equal(client.downloaded(), ['first'])
    },
  },
  {
    suite: 'test_delegated_expiration.py::test_expired_local_delegated_targets_updates',
    clause: '5.6.5',
    attack: 'none: a delegated role expired on the client’s disk, and the repository has a newer one',
    does: 'takes the newer one',
    how: 'process',
    async run(client) {
      equal(await client.init(), 0)
      delegateFor(client, 7)
      equal(await client.download('delegatedpath/first'), 0)
      client.repo.targetsOf('delegated').expires = inDays(21)
      client.repo.publish('delegated', 'snapshot', 'timestamp')
      equal(await client.download('delegatedpath/second', inDays(18)), 0)
      equal(client.downloaded(), ['first', 'second'])
    },
  },
]
