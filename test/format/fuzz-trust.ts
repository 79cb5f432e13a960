// Fuzzed: what the host makes of signed metadata — TUF's four roles with the record behind them, and the inspectors' list of
// keys. Half of the cases are signed by the right keys over a chain that fits (an office gone mad): the reader is met behind
// the signatures too.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readList, recipientsOf } from '../../electron/host/recipients/read-list.ts'
import { type Source, TransportError } from '../../electron/host/source.ts'
import { parseRecord } from '../../electron/host/trust/check-record.ts'
import { openTrust } from '../../electron/host/trust/trust.ts'
import { RECORD_TARGET } from '../../sync/contract/release.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { sha256 } from '../../sync/publish/blocks.ts'
import type { Signer } from '../../sync/publish/keys.ts'
import { FUZZ_NOW, type FuzzCounty, fileAt } from './fuzz-county.ts'
import { mutateBytes, mutateJson } from './fuzz-mutate.ts'
import type { Random } from './fuzz-random.ts'
import { type Reader, requireSame } from './fuzz-reader.ts'

const TRUST_CODES = [
  ...(['E-SIGNATURE', 'E-HASH', 'E-LENGTH', 'E-NUMBER', 'E-EXPIRED', 'E-FORMAT', 'E-UPDATE', 'E-CLOCK'] as const),
  ...(['E-MISSING', 'E-OFFLINE'] as const),
]
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** An input is the text of a release record, as if TUF had vouched for it. */
export function recordReader(from: FuzzCounty): Reader {
  const text = canonicalJson({ ...from.second, series: 1, withdrawn: [1] })
  return {
    codes: ['E-FORMAT', 'E-UPDATE'],
    make: (random) =>
      random.chance(0.9) ? encode(mutateJson(text, random)) : mutateBytes(encode(text), encode(text), random),
    async read(input) {
      const record = parseRecord(input)
      requireSame(parseRecord(encode(canonicalJson(record))), record, 'A record, written and read again,')
    },
  }
}

/** Files that differ from the second release's, by path. An empty text stands for a file that is gone. */
type Changes = Record<string, string>
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** An input is JSON of `Changes`; the reader trusts the first release, and is offered the second so changed. */
export function metadataReader(from: FuzzCounty): Reader {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-fuzz-trust-'))
  const template = join(folder, 'template')
  const ready = trustFirst(from, template)
  let count = 0
  return {
    codes: TRUST_CODES,
    make: (random) => encode(JSON.stringify(random.chance(0.5) ? unsigned(from, random) : signedAnew(from, random))),
    async read(input) {
      await ready
      count += 1
      const own = join(folder, String(count))
      cpSync(template, own, { recursive: true })
      try {
        await offer(from, own, JSON.parse(new TextDecoder().decode(input)))
      } finally {
        rmSync(own, { recursive: true, force: true })
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function trustFirst(from: FuzzCounty, folder: string): Promise<void> {
  const trust = openTrust(folder)
  trust.provision(from.county.root)
  await trust.update(memorySource(from.filesBefore, {}), FUZZ_NOW, false)
}

async function offer(from: FuzzCounty, folder: string, changes: Changes): Promise<void> {
  const trust = openTrust(folder)
  const { first, second, files } = from
  const goodKeys = Object.keys(changes).length > 1
  try {
    const { record } = await trust.update(memorySource(files, changes), FUZZ_NOW, false)
    requireSame(trust.record(), record, 'The record that was taken and the one that is kept')
    if (!goodKeys && record.root !== second.root) throw new Error('A record was taken that nobody signed')
  } catch (error) {
    if (trust.record()?.root !== first.root)
      throw new Error('A refused update moved the trusted release', { cause: error })
    // What the right keys have signed may say that nothing older comes any more; nobody else may (P2).
    if (!goodKeys) await requireStillOpen(from, trust)
    throw error
  }
}

/** Whatever a line or a stick did, the next honest look takes the release. */
async function requireStillOpen({ files, second }: FuzzCounty, trust: ReturnType<typeof openTrust>): Promise<void> {
  const { record } = await trust.update(memorySource(files, {}), FUZZ_NOW, false)
  if (record.root !== second.root) throw new Error('An honest update after a refused one was not taken')
}

function memorySource(files: ReadonlyMap<string, Buffer>, changes: Changes): Source {
  return {
    kind: 'stick',
    name: 'memory',
    async read(path, maxBytes) {
      const changed = Object.hasOwn(changes, path) ? Buffer.from(changes[path] ?? '', 'latin1') : files.get(path)
      if (changed === undefined || changed.length === 0)
        throw new TransportError('E-MISSING', `No ${path}`, { status: 404 })
      return changed.subarray(0, maxBytes)
    },
  }
}

const ROLES = ['timestamp', 'snapshot', 'targets'] as const
type Role = (typeof ROLES)[number]

function placeOf(role: Role): string {
  return role === 'timestamp' ? 'metadata/timestamp.json' : `metadata/2.${role}.json`
}

/** One file broken, and signed by nobody. */
function unsigned({ files, second, county }: FuzzCounty, random: Random): Changes {
  const record = [...files.keys()].filter((path) => path.startsWith('targets/') && path.endsWith(RECORD_TARGET))
  const paths = [...ROLES.map(placeOf), record.at(-1) ?? '', 'metadata/2.root.json']
  const path = paths[random.below(paths.length)] ?? ''
  const text = files.get(path)?.toString('utf8') ?? county.root
  if (random.chance(0.05)) return { [path]: '' }
  return {
    [path]: latin1(
      random.chance(0.6)
        ? encode(mutateJson(text, random))
        : mutateBytes(encode(text), encode(canonicalJson(second)), random),
    ),
  }
}

/** The record or one role's content broken, then signed by the right keys with all that leads to it. */
function signedAnew({ files, county, second }: FuzzCounty, random: Random): Changes {
  const contents = Object.fromEntries(
    ROLES.map((role) => [role, JSON.parse(fileAt(files, placeOf(role)).toString('utf8')).signed]),
  )
  const broken = random.pick(['record', 'targets', 'snapshot', 'timestamp', 'root'])
  const record =
    broken === 'record' ? mutateJson(canonicalJson({ ...second, number: 3 }), random) : canonicalJson(second)
  const changes: Changes = { [`targets/${sha256(record)}.${RECORD_TARGET}`]: latin1(encode(record)), '': '' }
  if (broken === 'record')
    contents.targets.targets = {
      [RECORD_TARGET]: { length: encode(record).length, hashes: { sha256: sha256(record) } },
    }
  const sign = (role: Role, key: Signer): string => {
    const text = canonicalJson(contents[role])
    const metadata = signedText(broken === role ? mutateJson(text, random) : text, [key])
    changes[placeOf(role)] = latin1(encode(metadata))
    return metadata
  }
  const targets = sign('targets', county.keys.release)
  contents.snapshot.meta['targets.json'] = fileOf(targets, contents.targets.version)
  const snapshot = sign('snapshot', county.keys.release)
  contents.timestamp.meta['snapshot.json'] = fileOf(snapshot, contents.snapshot.version)
  sign('timestamp', county.keys.timestamp)
  if (broken === 'root') {
    const root = { ...JSON.parse(county.root).signed, version: 2 }
    changes['metadata/2.root.json'] = latin1(
      encode(signedText(mutateJson(canonicalJson(root), random), county.keys.root)),
    )
  }
  return changes
}

function fileOf(text: string, version: number): object {
  return { version, length: encode(text).length, hashes: { sha256: sha256(text) } }
}

/** Signatures over the canonical form of whatever the text says; over the text itself where it is no JSON. */
function signedText(text: string, signers: readonly Signer[]): string {
  let over = text
  try {
    over = canonicalJson(JSON.parse(text))
  } catch {
    // No JSON, or too deep for it: the reader must say so before it looks at signatures.
  }
  const signatures = signers.map((key) => ({
    keyid: key.keyId,
    sig: Buffer.from(key.sign(encode(over))).toString('hex'),
  }))
  return `{"signatures":${JSON.stringify(signatures)},"signed":${text}}`
}

/** An input is the inspectors' list as a file; half of the cases are signed by the inspectors' key. */
export function inspectorsReader(from: FuzzCounty): Reader {
  const key = from.county.keys.config
  const jwk = canonicalJson({ kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) })
  const target = (purpose: string): object => ({
    length: jwk.length,
    hashes: { sha256: sha256(jwk) },
    custom: { purpose, since: '2026-11-20' },
  })
  const content = canonicalJson({
    ...{ _type: 'targets', version: 1, spec_version: '1.0.34', expires: '2027-11-20T00:00:00Z' },
    targets: { 'inspectors/a.jwk': target('active'), 'inspectors/r.jwk': target('recovery') },
  })
  const whole = signedText(content, [key])
  return {
    codes: ['E-FORMAT', 'E-SIGNATURE'],
    make: (random) =>
      encode(random.chance(0.5) ? mutateJson(whole, random) : signedText(mutateJson(content, random), [key])),
    async read(input) {
      const list = readList(new TextDecoder().decode(input), { keyid: key.keyId, publicHex: key.publicHex })
      const { active, recovery } = recipientsOf(list, () => jwk)
      requireSame([active.jwk, recovery.jwk], [JSON.parse(jwk), JSON.parse(jwk)], 'Keys of an accepted list')
    },
  }
}
