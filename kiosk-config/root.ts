// First trust: the county's root metadata, which comes with the provisioning folder and never from the network. The
// root's signed part delegates keys for what isn't TUF metadata, each { "keyid": string, "public": hex of the raw Ed25519 key }:
//   "x-sunhall": { "sample": boolean,
//     "config":     signs terminals' configs,
//     "office":     signs receipts to terminals (online; absent in roots made before reports),
//     "inspectors": signs the list of keys to which reports are sealed (absent until the inspectors have made theirs),
//     "series":     count of release numbers in force, risen at each theft of release keys (absent for 0) }
import { Metadata, MetadataKind, type Root } from '@tufjs/models'
import { z } from 'zod'
import { messageOf } from '../sync/contract/errors.ts'
import { type ConfigProblem, problem } from './problems.ts'

const key = z.object({ keyid: z.string(), public: z.string().regex(/^[0-9a-f]{64}$/) })
const delegation = z.object({
  ...{ sample: z.boolean(), config: key, office: key.optional(), inspectors: key.optional() },
  series: z.int().nonnegative().optional(),
})

/** A key that the root delegates. `publicHex`: the raw 32 bytes of an Ed25519 public key, 64 hex digits. */
export interface DelegatedKey {
  keyid: string
  publicHex: string
}

export interface TrustedRoot {
  root: Metadata<Root>
  /** True for keys that the software made for itself: a production terminal refuses them. */
  sample: boolean
  configKey: DelegatedKey
  /** Null in roots made before reports: `county keys add office` gives the county one. */
  officeKey: DelegatedKey | null
  /** Null until the inspectors have made theirs: then no report can be sealed. */
  inspectorsKey: DelegatedKey | null
  /** 0 until release keys were stolen for the first time. */
  series: number
}

/** Reads root metadata and checks that its own threshold of keys signed it (TUF client workflow 5.3.4). */
export function readRoot(text: string): { ok: true; value: TrustedRoot } | { ok: false; problems: ConfigProblem[] } {
  let root: Metadata<Root>
  try {
    root = Metadata.fromJSON(MetadataKind.Root, JSON.parse(text))
  } catch (error) {
    return {
      ok: false,
      problems: [
        problem('root.json 读不懂，请重新拷贝县里的根文件', `Root metadata can't be read: ${messageOf(error)}`, 'root'),
      ],
    }
  }
  try {
    root.verifyDelegate(MetadataKind.Root, root)
  } catch (error) {
    return {
      ok: false,
      problems: [
        problem('root.json 的签名不够数，不能信任', `Root metadata lacks signatures: ${messageOf(error)}`, 'root'),
      ],
    }
  }
  const read = delegation.safeParse(root.signed.unrecognizedFields['x-sunhall'])
  if (!read.success) {
    return {
      ok: false,
      problems: [problem('root.json 没有指定签配置的密钥', 'Root metadata delegates no config key', 'root.x-sunhall')],
    }
  }
  const { sample, config, office, inspectors, series = 0 } = read.data
  return {
    ok: true,
    value: {
      root,
      sample,
      configKey: delegated(config),
      officeKey: office === undefined ? null : delegated(office),
      inspectorsKey: inspectors === undefined ? null : delegated(inspectors),
      series,
    },
  }
}

function delegated(given: z.infer<typeof key>): DelegatedKey {
  return { keyid: given.keyid, publicHex: given.public }
}
