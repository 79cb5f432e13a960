// A stand-in for Electron's zip: a small file named `electron`, or for Windows a small `electron.exe`, with a fuse wire in
// it, never run by anything.
import { writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron 45's nine fuses in a wire of version 1, all on; the rest of the file is filler. */
export const standInBinary = (): Buffer =>
  Buffer.concat([
    Buffer.from('not a program\n'),
    Buffer.from(SENTINEL),
    Buffer.from([1, 9]),
    Buffer.from('111111111'),
    Buffer.alloc(64),
  ])

/** A program for Windows with the version that the packager rewrites; the wire lies behind its sections. */
export function standInWindows(): Buffer {
  const exe = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(exe)
  const version = Resource.VersionInfo.createEmpty()
  version.lang = 1033
  version.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(exe)
  exe.setExtraData(new Uint8Array(standInBinary()).buffer)
  return Buffer.from(exe.generate())
}

/** What a packaged program for Windows says its archive must be: file, algorithm and hash. */
export function integrityOf(program: Buffer): { file: string; alg: string; value: string }[] {
  const { entries } = NtExecutableResource.from(NtExecutable.from(new Uint8Array(program).buffer))
  const entry = entries.find(({ type }) => type === 'INTEGRITY')
  return entry === undefined ? [] : JSON.parse(Buffer.from(entry.bin).toString('utf8'))
}

interface ArchiveNode {
  files?: Record<string, ArchiveNode>
}
/** The paths of an asar archive, the length of whose header stands in its first 16 bytes, and its header's text. */
export function archiveOf(archive: Buffer): { paths: string[]; header: string } {
  const header = archive.subarray(16, 16 + archive.readUInt32LE(12)).toString('utf8')
  const walk = (node: ArchiveNode, at: string): string[] =>
    Object.entries(node.files ?? {}).flatMap(([name, child]) =>
      child.files === undefined ? [`${at}${name}`] : walk(child, `${at}${name}/`),
    )
  return { paths: walk(JSON.parse(header) as ArchiveNode, '').sort(), header }
}

/** The nine fuses of a packaged binary, as text of 0 and 1. */
export function fusesOf(binary: Buffer): string {
  const at = binary.indexOf(SENTINEL) + SENTINEL.length
  return binary.subarray(at + 2, at + 2 + (binary[at + 1] ?? 0)).toString('latin1')
}

/** Writes a zip whose members are stored, not packed. */
export function writeZip(path: string, members: Record<string, Buffer>): void {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, bytes] of Object.entries(members)) {
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), bytes])
    const tail = Buffer.alloc(14)
    // Unix mode of a program: rwxr-xr-x.
    tail.writeUInt32LE((0o100755 << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, Buffer.from(name))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(members).length, 8)
  end.writeUInt16LE(Object.keys(members).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  writeFileSync(path, Buffer.concat([...locals, directory, end]))
}
