// Conformance: artifacts, their names and the names of roles.
import { type ConformanceCase, equal } from './case.ts'
import type { Client } from './client.ts'

const NAME = 'target_file.txt'
const TEXT = 'target file contents'

/** Publishes the artifact and starts the client. */
async function withArtifact(client: Client, name = NAME): Promise<void> {
  client.repo.addArtifact('targets', name, TEXT)
  client.repo.publish('targets', 'snapshot', 'timestamp')
  equal(await client.init(), 0)
}

const ALGORITHMS = [['sha256'], ['sha512'], ['sha256', 'sha512']] as const

export const DOWNLOAD: readonly ConformanceCase[] = [
  {
    suite: 'test_file_download.py::test_client_downloads_expected_file',
    clause: '5.7.3',
    attack: 'none: one file',
    does: 'fetches it on download, not on refresh, under its hash, and not a second time',
    how: 'process',
    async run(client) {
      await withArtifact(client)
      equal(await client.refresh(), 0)
      equal(client.downloaded(), [])
      equal(await client.download(NAME), 0)
      equal(client.downloaded(), [TEXT])
      equal(await client.download(NAME), 0)
      const { sha256 } = client.repo.targets.targets[NAME]?.hashes ?? {}
      equal(client.repo.artifactRequests, [`${sha256}.${NAME}`])
    },
  },
  {
    suite: 'test_file_download.py::test_artifact_cache',
    clause: '5.7.2',
    attack: 'none: several files by one command, and again',
    does: 'fetches each of them once',
    how: 'process',
    async run(client) {
      client.repo.addArtifact('targets', 'another.txt', 'content')
      await withArtifact(client)
      equal(await client.download([NAME, 'another.txt']), 0)
      equal(client.downloaded().sort(), ['content', TEXT])
      equal(await client.download([NAME, 'another.txt']), 0)
      equal(client.repo.artifactRequests.length, 2)
    },
  },
  {
    suite: 'test_file_download.py::test_client_downloads_expected_file_in_sub_dir',
    clause: '5.7.3',
    attack: 'none: a file in a folder',
    does: 'puts the hash before the file’s name, behind the folder',
    async run(client) {
      await withArtifact(client, `path/to/a/${NAME}`)
      equal(await client.download(`path/to/a/${NAME}`), 0)
      equal(client.downloaded(), [TEXT])
      equal(client.repo.artifactRequests[0]?.startsWith('path/to/a/'), true)
    },
  },
  {
    suite: 'test_file_download.py::test_repository_substitutes_target_file',
    clause: '5.7.3',
    attack: 'two files are served with other bytes than were signed',
    does: 'keeps the good copy that it has, and refuses the other',
    async run(client) {
      client.repo.addArtifact('targets', 'another.txt', 'content')
      await withArtifact(client)
      equal(await client.download(NAME), 0)
      for (const name of [NAME, 'another.txt'])
        client.repo.artifacts.set(name, Buffer.from('malicious data - should not download'))
      await client.download(NAME)
      equal(client.downloaded(), [TEXT])
      equal(await client.download('another.txt'), 1)
      equal(client.downloaded(), [TEXT])
    },
  },
  {
    suite: 'test_file_download.py::test_multiple_changes_to_target',
    clause: '5.7.3',
    attack: 'a file changes eleven times, rightly and wrongly by turns; the client sees each fifth',
    does: 'has the newest signed bytes each time, under one name, and never the wrong ones',
    async run(client) {
      const { repo } = client
      await withArtifact(client)
      equal(await client.download(NAME), 0)
      const others: string[] = []
      for (let n = 0; n < 11; n += 1) {
        repo.addArtifact('targets', NAME, `modified ${n}`)
        repo.addArtifact('targets', `new-${n}`, `new ${n}`)
        repo.publish('targets', 'snapshot', 'timestamp')
        if (n % 5 !== 0) continue
        equal(await client.download(NAME), 0)
        equal(client.downloaded(), [...others, `modified ${n}`])
        equal(await client.download(`new-${n}`), 0)
        equal(client.downloaded(), [...others, `modified ${n}`, `new ${n}`])
        repo.artifacts.set(NAME, Buffer.from(`malicious ${n}`))
        repo.publish('targets', 'snapshot', 'timestamp')
        await client.download(NAME)
        equal(client.downloaded(), [...others, `modified ${n}`, `new ${n}`])
        others.push(`new ${n}`)
      }
    },
  },
  ...ALGORITHMS.map(
    (algorithms): ConformanceCase => ({
      suite: `test_file_download.py::test_download_with_hash_algorithms[${algorithms.join('+')}]`,
      clause: '4.5, 5.7.3',
      attack: `none: a file with ${algorithms.join(' and ')}`,
      does: 'asks once, under one of the signed hashes, and verifies',
      async run(client) {
        client.repo.addArtifact('targets', NAME, TEXT, algorithms)
        client.repo.publish('targets', 'snapshot', 'timestamp')
        equal(await client.init(), 0)
        equal(await client.download(NAME), 0)
        const hashes = Object.values(client.repo.targets.targets[NAME]?.hashes ?? {})
        equal(client.repo.artifactRequests.length, 1)
        equal(hashes.map((hash) => `${hash}.${NAME}`).includes(client.repo.artifactRequests[0] ?? ''), true)
        equal(client.downloaded(), [TEXT])
      },
    }),
  ),
  {
    suite: 'test_file_download.py::test_download_with_unknown_hash_algorithm',
    clause: '5.7.3',
    attack: 'a file whose only hash is of a kind that nobody knows',
    does: 'refuses it: what can’t be verified isn’t taken',
    async run(client) {
      client.repo.addArtifact('targets', NAME, TEXT, ['sha512'])
      const target = client.repo.targets.targets[NAME]
      if (target !== undefined) target.hashes = { 'unknown-hash': 'ab'.repeat(64) }
      client.repo.publish('targets', 'snapshot', 'timestamp')
      equal(await client.init(), 0)
      equal(await client.download(NAME), 1)
      equal(client.downloaded(), [])
    },
  },
  ...['?', '#', '/delegatedrole', '../delegatedrole', '.', '..'].map(
    (role): ConformanceCase => ({
      suite: `test_quoting_issues.py::test_unusual_role_name[${role}]`,
      clause: '4.5',
      attack: `a delegated role is called ${role}`,
      does: 'asks for it by its encoded name, and keeps it inside its own folder',
      async run(client) {
        client.repo.delegate('targets', role)
        client.repo.publish(role, 'targets', 'snapshot', 'timestamp')
        equal(await client.init(), 0)
        equal(await client.download('nonexistent target'), 1)
        equal(client.repo.requests.at(-1), `${encodeURIComponent(role)} 1`)
        equal(client.trusted().length, 5)
        equal(client.files().length, 6)
      },
    }),
  ),
]
