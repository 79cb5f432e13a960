// No key counts twice towards a threshold, whatever IDs it bears (specification 4.3: a threshold is one of keys). tuf-js
// counts IDs, and takes an ID as the metadata gives it.
import { z } from 'zod'
import { SunhallError } from '../../../sync/contract/errors.ts'

const role = z.object({ keyids: z.array(z.string()) })
const keys = z.record(z.string(), z.object({ keyval: z.object({ public: z.string() }) }))
const root = z.object({ signed: z.object({ keys, roles: z.record(z.string(), role) }) })
const targets = z.object({ signed: z.object({ delegations: z.object({ keys, roles: z.array(role).default([]) }) }) })

/** `bytes`: any metadata; what names no keys, or can't be read, is left to tuf-js. Errors: E-SIGNATURE. */
export function requireUniqueKeys(bytes: Uint8Array): void {
  for (const { named, roles } of keyedRoles(jsonOf(bytes))) {
    for (const { keyids } of roles) {
      const found = [...new Set(keyids)].flatMap((id) => named[id]?.keyval.public ?? [])
      if (new Set(found).size < found.length)
        throw new SunhallError(
          'E-SIGNATURE',
          'Expected each key of a role once, got one under several IDs; tell the office, and don’t use this stick or address',
        )
    }
  }
}

interface Keyed {
  named: z.infer<typeof keys>
  roles: readonly z.infer<typeof role>[]
}

function keyedRoles(json: unknown): Keyed[] {
  const asRoot = root.safeParse(json).data?.signed
  const asTargets = targets.safeParse(json).data?.signed.delegations
  return [
    ...(asRoot === undefined ? [] : [{ named: asRoot.keys, roles: Object.values(asRoot.roles) }]),
    ...(asTargets === undefined ? [] : [{ named: asTargets.keys, roles: asTargets.roles }]),
  ]
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
