// One terminal a data folder: two would write over each other's trust, mirror and store (P1). The lock is a listening
// local socket named after the folder, which the operating system lets go when its process ends, however it ends: no
// stale lock keeps a terminal from starting after a power cut (P10).
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SunhallError } from '../../sync/contract/errors.ts'
import { errnoOf } from './files.ts'
import { sha256 } from './hash.ts'

export interface FolderLock {
  release(): Promise<void>
}

/** Takes the folder for this process alone. Errors: E-STATE where another terminal runs on it. */
export async function lockFolder(dataFolder: string): Promise<FolderLock> {
  const address = addressOf(dataFolder)
  const server = await listen(address).catch(async (error: unknown) => {
    if (errnoOf(error) !== 'EADDRINUSE') throw refused(dataFolder, `${errnoOf(error)} for its lock`, error)
    // Only a socket that is a file outlives its process; one that answers is held.
    if (!isFile(address) || (await answers(address)))
      throw refused(dataFolder, 'another terminal that runs on it', error)
    rmSync(address, { force: true })
    return listen(address)
  })
  return { release: () => new Promise((done) => server.close(() => done())) }
}

/** Linux's abstract sockets and Windows' pipes end with their process; elsewhere the socket is a file. */
function addressOf(dataFolder: string): string {
  const name = `sunhall-${sha256(realpathSync(dataFolder)).slice(0, 32)}`
  if (process.platform === 'linux') return `\0${name}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name)
}

const isFile = (address: string): boolean => address.startsWith('/')

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    // Who connects only wants to know whether somebody is here.
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(address, () => resolve(server.unref()))
  })
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => resolve(true))
    socket.once('error', () => resolve(false)).once('close', () => resolve(false))
    socket.unref()
  })
}

function refused(dataFolder: string, got: string, cause: unknown): SunhallError {
  return new SunhallError(
    'E-STATE',
    `Expected ${dataFolder} for this terminal alone, got ${got}; stop that one or give another --data / 数据文件夹 ${dataFolder} 正被另一个终端程序使用，请先停掉它，或用 --data 换一个文件夹`,
    { cause },
  )
}
