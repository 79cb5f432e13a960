// What the specification asks for beyond the public suite, against the same command line: each clause of section 5 that
// no case of the suite looks at, and odd files. `suite` is ours here: 'spec::…'.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readIfThere } from '../../electron/host/files.ts'
import { METADATA_LIMITS } from '../../electron/host/trust/updater.ts'
import { RECORD_TARGET } from '../../sync/contract/release.ts'
import { signRecord, writeRoot } from '../../sync/publish/tuf.ts'
import { fakeCounty } from '../county/fake-county.ts'
import { type ConformanceCase, equal } from './case.ts'

export const MORE: readonly ConformanceCase[] = [
  {
    suite: 'test_static_repositories.py::test_static_repository',
    clause: '5',
    attack: 'none: the files that a repository’s own program wrote; here, those of our publication, from a folder',
    does: 'trusts the root, refreshes, downloads the record',
    how: 'process',
    async run(client) {
      const folder = mkdtempSync(join(tmpdir(), 'sunhall-static-'))
      try {
        const { dist, keys, root, now } = fakeCounty(folder)
        writeRoot(dist, root)
        signRecord(dist, '{"any":"record"}', keys, now)
        client.answer = (path) => readIfThere(join(dist, path))
        equal(await client.init(Buffer.from(root)), 0)
        equal(await client.refresh(), 0)
        equal(await client.download(RECORD_TARGET), 0)
        equal(client.downloaded(), ['{"any":"record"}'])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  },
  {
    suite: 'spec::consistent snapshots off',
    clause: '5.3.12, 6.2',
    attack: 'none: a repository without consistent snapshots',
    does: 'asks for snapshot.json, targets.json and the target under their plain names',
    async run(client) {
      const { repo } = client
      repo.root.consistent_snapshot = false
      repo.withdraw('root')
      repo.addArtifact('targets', 'a/file.txt', 'plain')
      repo.publish('root', 'targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.download('a/file.txt'), 0)
      equal(repo.requests, ['root 2', 'timestamp', 'snapshot', 'targets'])
      equal(repo.artifactRequests, ['a/file.txt'])
      equal(client.downloaded(), ['plain'])
    },
  },
  {
    suite: 'spec::consistent snapshots switched on',
    clause: '5.3.12',
    attack: 'none: a newer root turns consistent snapshots on',
    does: 'obeys the newer root in the same update',
    async run(client) {
      const { repo } = client
      repo.root.consistent_snapshot = false
      repo.withdraw('root')
      repo.publish('root')
      equal(await client.init(), 0)
      repo.root.consistent_snapshot = true
      repo.publish('root')
      equal(await client.refresh(), 0)
      equal(repo.requests, ['root 2', 'root 3', 'timestamp', 'snapshot 1', 'targets 1'])
    },
  },
  {
    suite: 'spec::no more roots than Y in one update',
    clause: '5.3.3',
    attack: `${METADATA_LIMITS.maxRootRotations + 3} newer roots at once (endless data)`,
    does: `takes ${METADATA_LIMITS.maxRootRotations} in one update, goes on from there in the next, and ends at the last`,
    async run(client) {
      const { repo } = client
      const many = METADATA_LIMITS.maxRootRotations + 3
      for (let n = 0; n < many; n += 1) repo.publish('root')
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      equal(client.version('root'), METADATA_LIMITS.maxRootRotations + 1)
      equal(await client.refresh(), 0)
      equal(client.version('root'), many + 1)
    },
  },
  {
    suite: 'spec::a root longer than W',
    clause: '5.3.3',
    attack: 'the next root is longer than any root may be (endless data)',
    does: 'stops reading, and refuses it',
    async run(client) {
      equal(await client.init(), 0)
      Object.assign(client.repo.root, { padding: 'x'.repeat(METADATA_LIMITS.rootMaxLength) })
      client.repo.publish('root')
      equal(await client.refresh(), 1)
      equal(client.version('root'), 1)
    },
  },
  {
    suite: 'spec::a timestamp longer than X',
    clause: '5.4.1',
    attack: 'a well-signed timestamp that is longer than any may be (endless data)',
    does: 'stops reading, and refuses it',
    async run(client) {
      equal(await client.init(), 0)
      Object.assign(client.repo.timestamp, { padding: 'x'.repeat(METADATA_LIMITS.timestampMaxLength) })
      client.repo.publish('timestamp')
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 1'])
    },
  },
  {
    suite: 'spec::a snapshot longer than the timestamp says',
    clause: '5.5.1',
    attack: 'the snapshot has a byte more than the timestamp names',
    does: 'stops at the named length, and refuses it',
    async run(client) {
      const { repo } = client
      repo.hashesInMeta = true
      repo.publish('snapshot', 'timestamp')
      repo.published.set('snapshot', [Buffer.alloc(0), Buffer.concat([repo.latest('snapshot'), Buffer.from(' ')])])
      equal(await client.init(), 0)
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 1', 'timestamp 2'])
    },
  },
  {
    suite: 'spec::a snapshot forgets a role',
    clause: '5.5.5',
    attack: 'a newer snapshot lists a delegated role no more that the older one listed',
    does: 'refuses it: a role must not vanish',
    async run(client) {
      const { repo } = client
      repo.delegate('targets', 'role1')
      repo.publish('role1', 'targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      delete repo.snapshot.meta['role1.json']
      repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal([client.version('timestamp'), client.version('snapshot')], [3, 2])
    },
  },
  {
    suite: 'spec::a delegated role rolls back',
    clause: '5.5.5',
    attack: 'a newer snapshot names an older version of a delegated role',
    does: 'refuses that snapshot',
    async run(client) {
      const { repo } = client
      repo.delegate('targets', 'role1')
      repo.publish('role1', 'role1', 'targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      repo.snapshot.meta['role1.json'] = { version: 1 }
      repo.publish('snapshot', 'timestamp')
      equal(await client.refresh(), 1)
      equal(client.version('snapshot'), 2)
    },
  },
  {
    suite: 'spec::a mix of two snapshots',
    clause: '5.5.4, 5.6.4',
    attack: 'snapshot and targets of two moments, all well signed (mix-and-match)',
    does: 'refuses the targets that its snapshot doesn’t name',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.publish('targets', 'snapshot', 'timestamp')
      const [older = Buffer.alloc(0)] = repo.published.get('targets') ?? []
      repo.published.set('targets', [older, older])
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 1', 'snapshot 2', 'timestamp 2'])
    },
  },
  {
    suite: 'spec::a root of a later version is served as the next',
    clause: '5.3.5',
    attack: 'root 3, well signed, is served as root 2',
    does: 'refuses it: no root is left out',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      repo.publish('root', 'root')
      const [one = Buffer.alloc(0), , three = Buffer.alloc(0)] = repo.published.get('root') ?? []
      repo.published.set('root', [one, three])
      equal(await client.refresh(), 1)
      equal(client.version('root'), 1)
    },
  },
  {
    suite: 'spec::an older root is served as the next',
    clause: '5.3.5',
    attack: 'root 1 is served as root 3 (rollback)',
    does: 'refuses it, and keeps root 2',
    async run(client) {
      const { repo } = client
      repo.publish('root')
      equal(await client.init(), 0)
      const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = repo.published.get('root') ?? []
      repo.published.set('root', [one, two, one])
      equal(await client.refresh(), 1)
      equal(client.version('root'), 2)
    },
  },
  {
    suite: 'spec::a later major version of the specification',
    clause: '4.3',
    attack: 'a timestamp of specification 2',
    does: 'refuses what it can’t read for certain',
    async run(client) {
      equal(await client.init(), 0)
      client.repo.timestamp.spec_version = '2.0.0'
      client.repo.publish('timestamp')
      equal(await client.refresh(), 1)
      equal(client.trusted(), ['root 1'])
    },
  },
  {
    suite: 'spec::a delegated role called timestamp',
    clause: '4.5',
    attack: 'targets delegate to a role called timestamp, to write over the trusted one',
    does: 'refuses those targets',
    async run(client) {
      const { repo } = client
      equal(await client.init(), 0)
      equal(await client.refresh(), 0)
      const before = client.bytes('timestamp')?.toString()
      const [key] = repo.signers.get('timestamp') ?? []
      repo.targets.delegations = {
        keys: key === undefined ? {} : { [key.id]: key.doc },
        roles: [{ name: 'timestamp', keyids: [key?.id ?? ''], threshold: 1, terminating: false, paths: ['*'] }],
      }
      repo.withdraw('targets')
      repo.publish('targets')
      equal(await client.download('anything'), 1)
      equal(client.bytes('timestamp')?.toString(), before)
    },
  },
  {
    suite: 'spec::an endless chain of roles',
    clause: '5.6.7',
    attack: `${METADATA_LIMITS.maxDelegations + 8} roles, each delegating to the next (endless data)`,
    does: `gives the search up after ${METADATA_LIMITS.maxDelegations} roles`,
    async run(client) {
      const { repo } = client
      const names = Array.from({ length: METADATA_LIMITS.maxDelegations + 8 }, (_, n) => `role${n}`)
      names.forEach((name, n) => {
        repo.delegate(n === 0 ? 'targets' : `role${n - 1}`, name)
      })
      repo.addArtifact(names.at(-1) ?? '', 'deep', 'too deep')
      repo.publish(...names, 'targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.download('deep'), 1)
      equal(repo.requests.length, 4 + METADATA_LIMITS.maxDelegations)
    },
  },
  {
    suite: 'spec::a delegated role signed by another key',
    clause: '5.6.3, 5.6.7',
    attack: 'a delegated role is signed by a key that its delegator doesn’t name',
    does: 'ends the search: the target can’t be found',
    async run(client) {
      const { repo } = client
      repo.delegate('targets', 'role1')
      repo.delegate('targets', 'role2')
      for (const role of ['role1', 'role2']) repo.addArtifact(role, 'file', `by ${role}`)
      repo.signers.set('role1', repo.signers.get('role2') ?? [])
      repo.publish('role1', 'role2', 'targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.download('file'), 1)
      equal(client.downloaded(), [])
    },
  },
  {
    suite: 'spec::a target called ..',
    clause: '4.5, 5.7',
    attack: 'a target whose name climbs out of the folder',
    does: 'leaves no file outside its folder',
    async run(client) {
      const { repo } = client
      for (const name of ['../../escaped.txt', '..', '/etc/escaped']) repo.addArtifact('targets', name, name)
      repo.publish('targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      const before = client.files()
      for (const name of ['../../escaped.txt', '..', '/etc/escaped']) await client.download(name)
      equal(
        client.files().filter((file) => !file.startsWith('targets') && !file.startsWith('metadata')),
        before.filter((file) => !file.startsWith('metadata')),
      )
    },
  },
]
