// Fuzzed: what a stick brings — a signed config with its root, and the folder of a release, as a tired or a hostile hand may
// leave it: files cut, swapped, gone, too long, folders and links and pipes and devices in their place.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { lookInto } from '../../electron/host/folders.ts'
import { verifyFolder } from '../../electron/host/verify-folder.ts'
import { CONFIG_FILE, loadSignedConfig, ROOT_FILE, readConfigFolder } from '../../kiosk-config/load.ts'
import { configOf } from '../../kiosk-config/profiles.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { exportTo } from '../../sync/publish/export.ts'
import { FUZZ_NOW, type FuzzCounty, filesOf } from './fuzz-county.ts'
import { mutateBytes, mutateJson } from './fuzz-mutate.ts'
import type { Random } from './fuzz-random.ts'
import { type Reader, refuse, requireSame } from './fuzz-reader.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const base64url = (text: string): string => Buffer.from(text).toString('base64url')

/** A config of the first profile, as `provision` writes it. */
export function fuzzConfig(): object {
  const more = { officeUrl: 'http://127.0.0.1:8431', pin: `scrypt$16384$8$1$${'A'.repeat(22)}$${'B'.repeat(43)}` }
  const config = configOf('HT-01', { ...more, production: false, developer: false, issuedAt: '2026-11-20T00:00:00Z' })
  if (config === undefined) throw new Error('The first profile is gone')
  return config
}

/** An input is JSON: `[jws, root]`. Two thirds are signed by the config key. */
export function configReader({ county }: FuzzCounty): Reader {
  const config = JSON.stringify(fuzzConfig())
  const key = county.keys.config
  const header = JSON.stringify({ alg: 'EdDSA', kid: key.keyId, typ: 'sunhall-config+jws' })
  const jwsOf = (head: string, payload: string): string => {
    const signing = `${base64url(head)}.${base64url(payload)}`
    return `${signing}.${Buffer.from(key.sign(encode(signing))).toString('base64url')}`
  }
  return {
    codes: ['E-CONFIG'],
    make(random) {
      const whole = jwsOf(header, config)
      const [jws, root] = random.pick([
        (): string[] => [jwsOf(header, mutateJson(config, random)), county.root],
        (): string[] => [jwsOf(mutateJson(header, random), config), county.root],
        (): string[] => [
          Buffer.from(mutateBytes(encode(whole), encode(county.root), random)).toString('latin1'),
          county.root,
        ],
        (): string[] => [whole, mutateJson(county.root, random)],
      ])()
      return encode(JSON.stringify([jws, root]))
    },
    async read(input) {
      const [jws = '', root = '']: string[] = JSON.parse(new TextDecoder().decode(input))
      const read = await loadSignedConfig(jws, root, { production: false })
      if (!read.ok) {
        const silent = read.errors.length === 0 || read.errors.some(({ zh, en }) => zh === '' || en === '')
        if (silent) throw new Error('A config was refused without a word')
        refuse('E-CONFIG', read.errors.map(({ en }) => en).join('; '))
      }
      const again = await loadSignedConfig(jwsOf(header, JSON.stringify(read.config)), county.root, {
        production: false,
      })
      requireSame(again.ok ? again.config : again.errors, read.config, 'A config, signed and read again,')
    },
  }
}

/** What is done to one file of the stick. */
interface Harm {
  path: string
  how: (typeof HARMS)[number]
  /** Of other bytes: base64. */
  bytes?: string
  at?: number
  other?: string
}
const HARMS = ['bytes', 'cut', 'gone', 'swap', 'folder', 'pipe', 'zero', 'loop', 'link', 'long', 'extra'] as const

/** An input is JSON: a list of `Harm`. The stick is the second release's; the config lies on it too. */
export function stickReader(from: FuzzCounty): Reader {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-fuzz-stick-'))
  const whole = join(folder, 'whole')
  const ready = exportTo(from.county.dist, from.second.root, whole)
  for (const [name, text] of [
    [ROOT_FILE, from.county.root],
    [CONFIG_FILE, canonicalJson(fuzzConfig())],
  ] as const)
    writeFileSync(join(mkdirs(whole), name), text)
  let count = 0
  return {
    codes: [
      ...(['E-SIGNATURE', 'E-HASH', 'E-LENGTH', 'E-NUMBER', 'E-EXPIRED', 'E-FORMAT', 'E-UPDATE', 'E-MIXED'] as const),
      ...(['E-MISSING', 'E-OFFLINE', 'E-CLOCK'] as const),
    ],
    async make(random) {
      await ready
      const files = [...filesOf(whole)]
      const harms = Array.from({ length: 1 + random.below(3) }, () => harmOf(files, random))
      return encode(JSON.stringify(harms))
    },
    async read(input) {
      await ready
      count += 1
      const stick = join(folder, String(count))
      cpSync(whole, stick, { recursive: true })
      try {
        for (const harm of JSON.parse(new TextDecoder().decode(input)) as Harm[]) inflict(stick, harm)
        const { config } = lookInto(stick)
        if (config) readConfigFolder(stick)
        const verdict = await verifyFolder(stick, from.county.root, FUZZ_NOW)
        if (!verdict.ok) refuse(verdict.code, verdict.message)
        requireSame(verdict.root, from.second.root, 'The root of an accepted stick')
      } finally {
        rmSync(stick, { recursive: true, force: true })
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function mkdirs(folder: string): string {
  mkdirSync(folder, { recursive: true })
  return folder
}

function harmOf(files: readonly [string, Buffer][], random: Random): Harm {
  const [path, bytes] = files[random.below(files.length)] ?? ['', Buffer.of()]
  const [other, otherBytes] = files[random.below(files.length)] ?? ['', Buffer.of()]
  const how = random.pick(HARMS)
  if (how === 'bytes')
    return { path, how, bytes: Buffer.from(mutateBytes(bytes, otherBytes, random)).toString('base64') }
  return { path, how, at: random.below(bytes.length + 1), other }
}

function inflict(stick: string, harm: Harm): void {
  const file = join(stick, harm.path)
  // An earlier harm may have taken them.
  const whole = isFile(file) && isFile(join(stick, harm.other ?? harm.path))
  if (whole) INFLICT[harm.how](file, harm, stick)
}

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false

const INFLICT: Record<Harm['how'], (file: string, harm: Harm, stick: string) => void> = {
  bytes: (file, { bytes = '' }) => writeFileSync(file, Buffer.from(bytes, 'base64')),
  cut: (file, { at = 0 }) => truncateSync(file, Math.min(at, statSync(file).size)),
  gone: (file) => rmSync(file),
  swap: (file, { path, other = '' }, stick) => path !== other && cpSync(join(stick, other), file, { recursive: true }),
  folder: (file) => instead(file, mkdirSync),
  pipe: (file) => instead(file, (path) => execFileSync('mkfifo', [path])),
  zero: (file) => instead(file, (path) => symlinkSync('/dev/zero', path)),
  loop: (file) => instead(file, (path) => symlinkSync(path, path)),
  link: (file) => instead(file, (path) => symlinkSync(join('..', '..', '..', 'etc', 'hostname'), path)),
  long: (file) => renameSync(file, join(dirname(file), `${'长'.repeat(80)}.json`)),
  extra: (_, __, stick) => writeFileSync(join(stick, `${'x'.repeat(200)}\u202e\n.json`), '{}'),
}

function instead(file: string, put: (path: string) => unknown): void {
  rmSync(file)
  put(file)
}
