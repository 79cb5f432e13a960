// Golden hashes of what a release is made of, on the wire and in every store: blocks, nodes, packs, patches, record, metadata.
// Keys and dates are fixed, so that signatures are too; gzip is not hashed, since its bytes are zlib's own affair.
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patchHead } from '../../sync/contract/patch.ts'
import { paths, RECORD_TARGET, releaseRecord } from '../../sync/contract/release.ts'
import { datasetNode, packHead, partNode, rootNode, villageNode } from '../../sync/contract/tree.ts'
import { encodeBlock } from '../../sync/core/codec.ts'
import { columnsOf, isKind, SCHEMAS } from '../../sync/core/schema.ts'
import { exportTo } from '../../sync/publish/export.ts'
import { fixedRows } from './fixed-rows.ts'
import { type FuzzCounty, fileAt, filesOf, openFuzzCounty, rawPacks } from './fuzz-county.ts'
import { type Golden, requireGolden, schemaText, withoutHashes } from './golden.ts'

const VERSION = 'FORMAT_VERSION in sync/contract/tree.ts, with a line of its history, and the example of docs/format.md'
const BLOCK = `bump ${VERSION}: a terminal of the version before must refuse the release (E-UPDATE), never misread it`
const KIND = `a kind that is new needs no bump, since older terminals refuse it (E-UPDATE); for a changed one bump ${VERSION}`
const RECORD =
  'a field more is refused by older terminals as of a later program (E-UPDATE), so leave it out where it isn’t needed; for any other change bump FORMAT_VERSION in sync/contract/tree.ts; describe it in docs/format.md, "Release record"'
const TUF =
  'TUF says what may change (specification 4); what is ours stands in x-sunhall.* and custom: only add fields that older programs may leave unread, in kiosk-config/root.ts and sync/contract/inbox.ts; SPEC is in sync/publish/tuf.ts'

/** One hash a kind: its columns, and sixty rows of it. */
const KINDS: Readonly<Record<string, string>> = {
  allocations: '236a7e0aaf360dd0680b51413474d0779a1eb7b782a7a92425e4fe596ad91ac6',
  answers: '0d06f2a6fec762b40dc955e4cf54c715e4af8cdbfd1cf1389a9ff2aa657129f1',
  assets: '6a49ec95391d3e90fff2a983b5578988efb18c90b5de4ed9363d9c4516ae7f31',
  bigrams: '3fcfb23741df02a3448f27225f8c16d1b76b241b0b8e92253e637a00c5796d11',
  catalogue: '3398181e47d2b81564074f97d61850bdb9abf89db36fe3fe69c6a68d1f864f1a',
  clauses: '05450b4da8f393d6a7c07f29e86422a9e6bbd4fdf8dfab02416545e7c9f93fb0',
  contracts: '7e494f432eda48cd0d16929ba595b2d8d2a22b3904fea43516cee949bd3b9c4f',
  debts: '8d24051ce7ecc309005af106336bc75b936fd2c9302a18dbb943c4e4053319e8',
  documents: 'f292c587c9dab69ff8ef7897e0036e5e3cf9af6878849563f91f4b56e568614f',
  entries: '47c5df058ca2ad36e415613a28414904e7e0d6cf3eca56d61e46e913f2d16535',
  masked: 'd8c756755ec167d46971b3eb94e9913f8377589e53704c696f2ccbba891d2516',
  'masked-totals': 'e9f9a3299e8f89e7d6e074a7098e00f3f62b7ee0b67a8ae424edf7c2c7c12acd',
  media: '150b6ace563e9623069152272cc65e453d323e7bec660ff0e712ab19d0a06133',
  'name-index': '5597f706d7e52d7423c776aed2624f1489232b1f372df3087dedf5b11aeab246',
  names: '64bb3e63453cac5a4885714829e315b7c8ab58bbdb68f6c7d48a98b6fea2cb7a',
  notices: '81783d6ad3ac274874f863beaf6c62ff8178f56c0e9e41b0c4bc2130f501856e',
  origins: '360a0f976f02984adce39d4e59ab4efc69b23b3859ffde850d74d5ed10b72fb2',
  payments: 'f33d702b1c50c21b7ac9c30c06ccd4fc935540762f7e0955b0b1b26ab67f3c91',
  people: '8b1ecf5f3b4d0f78500d38de04542beb4b97bfa94e65ef167ca731a23f8d2a83',
  periods: '8f96866d096096f99c73946bd8e5986474b54d9f314f9d6049a5d8e892a0d4e0',
  places: 'ffc1dc93ac359091307ea53638aae9a5a5169f3674f6a887755b913bcd73e718',
  projects: '85beddc89b50f44b208524efca1c7c9096374a7a789ebc0cb6f5579f43196660',
  rollup: 'cf312e0932ace8ff85a61ea1569fe790f06e3bb4b2ce2926c87c3ed4cf1c2dca',
}

let county: FuzzCounty
beforeAll(async () => {
  county = await openFuzzCounty()
}, 60_000)
afterAll(() => county.remove())

const raw = (path: string): Buffer => gunzipSync(fileAt(county.files, path))
const named = (pattern: RegExp): string => [...county.files.keys()].filter((path) => pattern.test(path)).at(-1) ?? ''

describe('a block', () => {
  it.each(Object.keys(SCHEMAS).filter(isKind))('of %s has its golden hash', async (kind) => {
    const columns = columnsOf(kind).map(([name, { shape, ...column }]) => [
      name,
      column,
      shape ? schemaText(shape) : null,
    ])
    const bytes = (): string =>
      `${JSON.stringify(columns)}\n${new TextDecoder().decode(encodeBlock(kind, fixedRows(kind)))}`
    await requireGolden({ name: `block of ${kind}`, bump: KIND, sha256: KINDS[kind] ?? '', bytes })
  })

  it('has golden hashes for every column form, and for no other kinds', () => {
    const kinds = Object.keys(SCHEMAS).filter(isKind)
    expect(Object.keys(KINDS).sort()).toEqual([...kinds].sort())
    const all = kinds.map((kind) => new TextDecoder().decode(encodeBlock(kind, fixedRows(kind)))).join('')
    for (const form of 'cpxrdkgfsl') expect(all, `column form ${form}`).toContain(`["${form}",`)
  })
})

const GOLDENS: readonly Golden[] = [
  {
    ...{ name: 'tree node', bump: BLOCK },
    sha256: '81a8b1c6439ca121675809227b63ebe39f14b802113a6f02094bcb01e7e2318a',
    bytes: () => [rootNode, datasetNode, partNode, villageNode].map(schemaText).join('\n'),
  },
  {
    ...{ name: 'tree file', bump: BLOCK },
    sha256: '928388bf74cccc9273e87744a2b537bb9fb11528ec9b408f7327722e1a598904',
    bytes: () => raw(paths.tree(county.second.root)),
  },
  {
    ...{ name: 'pack', bump: BLOCK },
    sha256: '83317d62001886d20fb90c4d79b2c98587c1c22e0245d7b3e75aeb99e435d4c4',
    bytes: () =>
      Buffer.concat([Buffer.from(schemaText(packHead)), ...rawPacks(county, county.second).map((pack) => pack.raw)]),
  },
  {
    ...{ name: 'delta', bump: BLOCK },
    sha256: '31c2de57f0605e63bf6d77ae01aeccea6dc0a3acb92a54a3d8fbc1644fa0c204',
    bytes: () => raw(paths.delta(county.second.root, county.first.root)),
  },
  {
    ...{ name: 'patch', bump: BLOCK },
    sha256: 'c67d8781d8474a6a821de16071b7e2b8002354590b90e7b84e0142eba9964c02',
    bytes: () =>
      Buffer.concat([Buffer.from(schemaText(patchHead)), raw(paths.patch(county.second.root, county.first.root))]),
  },
  {
    ...{ name: 'release record', bump: RECORD },
    sha256: 'ea664c0b908c6b5715ed3d5e4c3642ea5633405f19f3a322cbf394ffd2df42e9',
    bytes: () => schemaText(releaseRecord),
  },
  {
    ...{ name: 'release record, as signed', bump: RECORD },
    sha256: 'c09b57f76638cf486ea69d5deccccc64f5164eee1e4bef3d5cfd79616fe1f822',
    // What a later or earlier zlib makes of the same bytes is not the record's format.
    bytes: () =>
      fileAt(county.files, named(/^targets\/.*release\.json$/))
        .toString('utf8')
        .replace(/"wire":\d+/g, '"wire":0'),
  },
  {
    ...{ name: 'county root', bump: TUF },
    sha256: '00bf0d4c332d07666543d9aabee7d66c38693e0edad0168058d9c3e7143f14c8',
    bytes: () => county.county.root,
  },
  {
    ...{ name: 'TUF metadata', bump: TUF },
    sha256: '88758212935e11f0ea71ddf4ca1fa69100751e3725935a4c6dc777b01fa0a284',
    bytes: () =>
      ['metadata/timestamp.json', 'metadata/2.snapshot.json', 'metadata/2.targets.json']
        .map((path) => signedShape(fileAt(county.files, path)))
        .join('\n'),
  },
  {
    name: 'distribution folder',
    bump: 'its paths are asked for by terminals of every age: add new ones, and serve the old ones for as long; sync/contract/release.ts, `paths`',
    sha256: '2a269e15486fbd68e34ab3dcb80d85fc7d87ee1c20ec26ba4d58dbc5cf066165',
    bytes: () => pathsOf(county.files.keys()),
  },
  {
    name: 'stick',
    bump: 'a terminal of every age reads it as it reads the distribution folder: add, never rename; sync/publish/export.ts',
    sha256: 'da71b07ff9e9e0b75c4e95f1dcd6d0b9d3e7228e0f84edac18e1b4f25075c08a',
    async bytes() {
      const out = `${county.folder}/stick`
      await exportTo(county.county.dist, county.second.root, out)
      return pathsOf(filesOf(out).keys())
    },
  },
]

/** Lengths and hashes of what zlib has a say in left out. */
function signedShape(bytes: Buffer): string {
  const { signed } = JSON.parse(bytes.toString('utf8'))
  return withoutHashes(JSON.stringify(signed)).replace(/"length":\d+/g, '"length":0')
}

function pathsOf(names: Iterable<string>): string {
  const shown = [...names].map((path) =>
    withoutHashes(path)
      .replace(/blocks\/../, 'blocks/xx')
      .replace(/media\/../, 'media/xx'),
  )
  return [...new Set(shown)].sort().join('\n')
}

it.each(GOLDENS)('$name has its golden hash', (golden) => requireGolden(golden))

it('names the record as TUF does', () => expect(named(/^targets\//)).toContain(RECORD_TARGET))
