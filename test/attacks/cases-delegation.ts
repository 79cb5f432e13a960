// Conformance: the search through delegated roles: its order, terminating roles, cycles, patterns, hash bins.
import { type ConformanceCase, equal } from './case.ts'
import type { Client } from './client.ts'
import { type DelegatedDoc, digest } from './simulator.ts'

type Edge = readonly [from: string, to: string, more?: Partial<DelegatedDoc>]
const END = { terminating: true }
const PY = { paths: ['*.py'] }

/** Name in the suite, delegations in their order, roles asked for in their order. */
const GRAPHS: readonly (readonly [string, readonly Edge[], string])[] = [
  ['basic-delegation', [['targets', 'A']], 'A'],
  [
    'single-level-delegations',
    [
      ['targets', 'A'],
      ['targets', 'B'],
    ],
    'AB',
  ],
  [
    'two-level-delegations',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
    ],
    'ABC',
  ],
  [
    'two-level-test-DFS-order-of-traversal',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C'],
      ['A', 'D'],
    ],
    'ACDB',
  ],
  [
    'three-level-delegation-test-DFS-order-of-traversal',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C'],
      ['C', 'D'],
    ],
    'ACDB',
  ],
  [
    'two-level-terminating-ignores-all-but-roles-descendants',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C', END],
      ['A', 'D'],
    ],
    'AC',
  ],
  [
    'three-level-terminating-ignores-all-but-roles-descendants',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C', END],
      ['C', 'D'],
    ],
    'ACD',
  ],
  [
    'two-level-ignores-all-branches-not-matching-paths',
    [
      ['targets', 'A', PY],
      ['targets', 'B'],
      ['A', 'C'],
    ],
    'B',
  ],
  [
    'three-level-ignores-all-branches-not-matching-paths',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['A', 'C', PY],
      ['C', 'D'],
    ],
    'AB',
  ],
  [
    'cyclic-graph',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
      ['C', 'D'],
      ['D', 'B'],
    ],
    'ABCD',
  ],
  [
    'two-roles-delegating-to-a-third',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
      ['A', 'C'],
    ],
    'ACB',
  ],
  [
    'two-roles-delegating-to-a-third-different-paths',
    [
      ['targets', 'A'],
      ['targets', 'B'],
      ['B', 'C'],
      ['A', 'C', PY],
    ],
    'ABC',
  ],
]

/** Name in the suite, target path, roles asked for, whether it is found. */
const SEARCHES: readonly (readonly [string, string, string, boolean])[] = [
  ['no delegations', 'targetfile', '', true],
  ['targetpath matches wildcard', 'README.md', 'A', true],
  ['targetpath with separators x', 'releases/x/x_v1', 'BC', true],
  ['targetpath with separators y', 'releases/y/y_v1.zip', 'BD', true],
  ['targetpath is not delegated by all roles in the chain', 'releases/z/z_v1.zip', 'B', false],
]
const TREE: readonly Edge[] = [
  ['targets', 'A', { paths: ['*.doc', '*.md'] }],
  ['targets', 'B', { paths: ['releases/*/*'] }],
  ['B', 'C', { paths: ['releases/x/*'] }],
  ['B', 'D', { paths: ['releases/y/*.zip'] }],
]

/** Bits, target path: the bin is told by the path's hash. */
const BINS: readonly (readonly [number, string])[] = [
  [1, 'boo'],
  [1, 'too'],
  [2, 'foo'],
  [2, 'doo'],
  [2, 'too'],
  [2, 'bar'],
  [8, 'bar'],
]

function build(client: Client, edges: readonly Edge[]): void {
  for (const [from, to, more] of edges) client.repo.delegate(from, to, more)
}
function publish(client: Client): void {
  const { repo } = client
  repo.publish(...[...repo.roles.keys()].filter((role) => role !== 'targets'), 'targets', 'snapshot', 'timestamp')
}
/** Delegated roles asked for, behind the four of the refresh. */
const visited = (client: Client): string[] => client.repo.requests.slice(4)
const first = (roles: string): string[] => [...roles].map((role) => `${role} 1`)

export const DELEGATION: readonly ConformanceCase[] = [
  ...GRAPHS.map(
    ([name, edges, order]): ConformanceCase => ({
      suite: `test_updater_delegation_graphs.py::test_graph_traversal[${name}]`,
      clause: '5.6.7',
      attack: `none: ${edges.map(([from, to]) => `${from}→${to}`).join(', ')}, and a target that nobody has`,
      does: `asks for ${[...order].join(', ')} in this order, each once`,
      async run(client) {
        build(client, edges)
        publish(client)
        equal(await client.init(), 0)
        equal(await client.download('missingpath'), 1)
        equal(visited(client), first(order))
      },
    }),
  ),
  ...SEARCHES.map(
    ([name, path, order, found]): ConformanceCase => ({
      suite: `test_updater_delegation_graphs.py::test_targetfile_search[${name}]`,
      clause: '5.6.7',
      attack: found ? `none: ${path}` : `${path}, which a role names that isn’t trusted with it`,
      does: found ? 'finds it, and asks only the roles on the way' : 'finds nothing',
      async run(client) {
        const { repo } = client
        build(client, TREE)
        const files = [
          ['targets', 'targetfile'],
          ['A', 'README.md'],
          ['C', 'releases/x/x_v1'],
          ['D', 'releases/y/y_v1.zip'],
          ['D', 'releases/z/z_v1.zip'],
        ] as const
        for (const [role, file] of files) repo.addArtifact(role, file, `${file} by ${role}`)
        publish(client)
        equal(await client.init(), 0)
        equal(await client.download(path), found ? 0 : 1)
        equal(client.downloaded(), found ? [repo.artifacts.get(path)?.toString()] : [])
        equal(visited(client), first(order))
      },
    }),
  ),
  ...BINS.map(
    ([bits, path]): ConformanceCase => ({
      suite: `test_updater_delegation_graphs.py::test_succinct_roles_graph_traversal[${2 ** bits} bins, ${path}]`,
      clause: 'TAP 15',
      attack: `none: targets are spread over ${2 ** bits} roles by the hash of their path`,
      does: 'asks for the one role that the hash of the path tells',
      async run(client) {
        const { repo } = client
        const names = repo.delegateBins(bits, 'bin')
        repo.publish(...names, 'targets', 'snapshot', 'timestamp')
        equal(await client.init(), 0)
        equal(await client.download(path), 1)
        const bin = Number.parseInt(digest('sha256', Buffer.from(path)).slice(0, 8), 16) >>> (32 - bits)
        equal(visited(client), [`${names[bin]} 1`])
      },
    }),
  ),
  {
    suite: 'test_updater_delegation_graphs.py::test_cached_role_is_verified_against_current_delegator',
    clause: '5.6.3, 5.6.7',
    attack: 'two roles delegate to a third under different keys, and it is signed for the first of them alone',
    does: 'takes its targets through the first, and through the second nothing, though it was found good a moment ago',
    async run(client) {
      const { repo } = client
      build(client, [
        ['targets', 'A', { paths: ['a/*'] }],
        ['targets', 'B', { paths: ['b/*'] }],
        ['A', 'C', { paths: ['a/*'] }],
      ])
      const forFirst = repo.signers.get('C') ?? []
      build(client, [['B', 'C', { paths: ['b/*'] }]])
      repo.signers.set('C', forFirst)
      for (const path of ['a/file', 'b/file']) repo.addArtifact('C', path, path)
      publish(client)
      equal(await client.init(), 0)
      equal(await client.download(['a/file', 'b/file']), 1)
      equal(client.downloaded(), ['a/file'])
      equal(await client.download('b/file'), 1)
      equal(await client.download('a/file'), 0)
    },
  },
  {
    suite: 'spec::hash bins',
    clause: '4.5, 5.6.7',
    attack: 'none: roles for the prefixes of hashed target paths',
    does: 'asks only for the role whose prefix fits',
    async run(client) {
      const { repo } = client
      const prefix = digest('sha256', Buffer.from('a/file')).slice(0, 2)
      const other = prefix === '00' ? '01' : '00'
      repo.delegate('targets', 'other', { path_hash_prefixes: [other] })
      repo.delegate('targets', 'own', { path_hash_prefixes: [other, prefix] })
      repo.addArtifact('own', 'a/file', 'in the bin')
      publish(client)
      equal(await client.init(), 0)
      equal(await client.download('a/file'), 0)
      equal(client.downloaded(), ['in the bin'])
      equal(visited(client), ['own 1'])
    },
  },
]
