// The inspectors' keys (docs/ceremony.md): made, rotated and recovered on the inspectors' own machine, into folders of
// theirs; the office gets the signed list of public keys and nothing else (P4).
//
//   make ─► opening-key.jwe (browser), signing-key.jwe (safe), share-1..3.json (three places), public/ (to the office)
//   rotate ─► a new opening key beside the retired ones, the list signed anew
//   recover ─► two shares ─► a key file that opens what was sealed to the recovery key
import { createPrivateKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { SunhallError } from '../../contract/errors.ts'
import { type OpeningKey, type OpeningKeys, openingKeys } from '../../contract/inbox.ts'
import { newSigner, type Signer, signerOf } from '../../publish/keys.ts'
import type { PublicKey } from '../../publish/tuf.ts'
import { localDay } from '../release/today.ts'
import { openJson, sealJson, writeNew } from './inspectors-files.ts'
import { type KeyList, type ListedKey, type ListFiles, makeList } from './inspectors-list.ts'
import { combineShares, type Share, splitKey } from './inspectors-shares.ts'

export const OPENING_KEY = 'opening-key.jwe'
export const SIGNING_KEY = 'signing-key.jwe'

const signingKey = z.strictObject({ format: z.literal(1), pem: z.string() })

export interface Ceremony {
  /** The key that the county's root must name: `county keys add inspectors --public …`. */
  publicHex: string
  /** File name → text, everything that must be kept apart: the caller puts each where it belongs. */
  files: ReadonlyMap<string, string>
  list: ListFiles
}

/** Makes all keys of the inspectors. Errors: E-KEYS for a short passphrase. */
export async function makeInspectorsKeys(passphrase: string, now: Date): Promise<Ceremony> {
  const { privateKey, signer } = newSigner()
  const active = await newOpeningKey()
  const recovery = await newOpeningKey()
  const day = localDay(now)
  const files = new Map([
    [OPENING_KEY, await sealJson({ format: 1, keys: [active] } satisfies OpeningKeys, passphrase)],
    [SIGNING_KEY, await sealSigner(String(privateKey.export({ type: 'pkcs8', format: 'pem' })), passphrase)],
  ])
  // The recovery key itself is written nowhere: from here on it exists as its shares only.
  for (const share of await splitKey(recovery)) files.set(shareName(share), JSON.stringify(share))
  const keys: ListedKey[] = [listed(active, 'active', day), listed(recovery, 'recovery', day)]
  return { publicHex: signer.publicHex, files, list: makeList(keys, 1, signer, now) }
}

export interface Rotation {
  /** Texts of the key files as they are now, and what opens them. */
  openingKey: string
  signingKey: string
  passphrase: string
  /** The list that is published now, verified. */
  list: KeyList
  /**
   * Days after which a retired key leaves the list: no journal can hold a report for it any more. Its private half stays
   * in the key file, because sealed messages stay in the inbox.
   */
  retiredDays: number
  /** A new recovery key too: its shares were brought together, or two of them are lost. */
  recovery?: boolean
}

/** A new active key, and a new recovery key where wanted; the active one before is retired. Errors: E-KEYS. */
export async function rotateOpeningKey(rotation: Rotation, now: Date): Promise<Omit<Ceremony, 'publicHex'>> {
  const { list, passphrase, retiredDays } = rotation
  const before = await openJson(rotation.openingKey, passphrase, openingKeys)
  const signer = await openSigner(rotation.signingKey, passphrase)
  const fresh = await newOpeningKey()
  const day = localDay(now)
  const oldest = localDay(new Date(now.getTime() - retiredDays * 86_400_000))
  const keys: ListedKey[] = [listed(fresh, 'active', day)]
  for (const key of list.keys) {
    if (key.purpose === 'active') keys.push({ ...key, purpose: 'retired', since: day })
    else if (key.purpose === 'recovery' || key.since > oldest) keys.push(key)
  }
  const sealed = await sealJson({ format: 1, keys: [fresh, ...before.keys] } satisfies OpeningKeys, passphrase)
  const files = new Map([[OPENING_KEY, sealed]])
  if (rotation.recovery !== true) return { files, list: makeList(keys, list.version + 1, signer, now) }
  const recovery = await newOpeningKey()
  for (const share of await splitKey(recovery)) files.set(shareName(share), JSON.stringify(share))
  // Each message is sealed to both keys: what an older recovery key could open the opening key file opens too.
  const others = [...keys.filter(({ purpose }) => purpose !== 'recovery'), listed(recovery, 'recovery', day)]
  return { files, list: makeList(others, list.version + 1, signer, now) }
}

/** The same keys signed for another 400 days. Errors: E-KEYS. */
export async function signListAgain(
  list: KeyList,
  signingFile: string,
  passphrase: string,
  now: Date,
): Promise<ListFiles> {
  return makeList(list.keys, list.version + 1, await openSigner(signingFile, passphrase), now)
}

/** A key file made of two shares: it opens what was sealed to the recovery key, in the browser as the other one does. Errors: E-KEYS. */
export async function recoverOpeningKey(shares: readonly Share[], passphrase: string): Promise<string> {
  return await sealJson({ format: 1, keys: [await combineShares(shares)] } satisfies OpeningKeys, passphrase)
}

/** Writes each file once. Errors: E-STATE where one is there already. */
export function writeCeremony(files: ReadonlyMap<string, string>, folder: string): string[] {
  return [...files].map(([name, text]) => writeNew(folder, name, text))
}

/** Who signs the list. Errors: E-KEYS. */
export async function openSigner(file: string, passphrase: string): Promise<Signer> {
  const { pem } = await openJson(file, passphrase, signingKey)
  return signerOf(createPrivateKey(pem))
}

export function publicKeyOf({ keyId, publicHex }: Signer): PublicKey {
  return { keyId, publicHex }
}

function sealSigner(pem: string, passphrase: string): Promise<string> {
  return sealJson({ format: 1, pem } satisfies z.infer<typeof signingKey>, passphrase)
}

async function newOpeningKey(): Promise<OpeningKey> {
  const { privateKey } = generateKeyPairSync('x25519')
  const { x = '', d = '' }: JsonWebKey = privateKey.export({ format: 'jwk' })
  // RFC 7638: the key's name follows from the key, so that no two keys have one name.
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'X25519', x })
  if (x === '' || d === '') throw new SunhallError('E-KEYS', 'Expected a new X25519 key, got none; update Node')
  return { kty: 'OKP', crv: 'X25519', x, d, kid }
}

function listed({ kid, x }: OpeningKey, purpose: ListedKey['purpose'], since: string): ListedKey {
  return { kid, purpose, since, x }
}

function shareName({ number }: Share): string {
  return `share-${number}.json`
}
