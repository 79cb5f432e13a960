// Bodies of requests, read with a limit: JSON checked against a schema, and files straight onto the disk.
import { randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Context } from 'hono'
import type { z } from 'zod'
import { SunhallError } from '../../contract/errors.ts'
import type { HttpEnv } from './parts.ts'

/** Bytes of a JSON body, unless a route says otherwise. */
export const JSON_LIMIT = 256 * 1024

/** Errors: E-INPUT for another content type, E-LENGTH over the limit, E-FORMAT for what the schema refuses. */
export async function readJson<T>(context: Context<HttpEnv>, schema: z.ZodType<T>, limit = JSON_LIMIT): Promise<T> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/json(;|$)/i.test(type))
    throw new SunhallError('E-INPUT', `Expected the content type application/json, got "${type.slice(0, 60)}"`)
  const text = await readText(context, limit)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected JSON, got something else', { cause })
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const where = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ')
  throw new SunhallError('E-FORMAT', `Expected a body as agreed, got ${where.slice(0, 500)}`)
}

async function readText(context: Context<HttpEnv>, limit: number): Promise<string> {
  return (await readBytes(context, limit)).toString('utf8')
}

/** The body whole. Errors: E-LENGTH over the limit. */
export async function readBytes(context: Context<HttpEnv>, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of bounded(context, limit)) parts.push(part)
  return Buffer.concat(parts)
}

/**
 * Writes the body into a new file of `folder` under a name of our own: what the sender calls it never becomes a path.
 * Returns the path and length in bytes. Nothing is left behind after an error. Errors: E-LENGTH over the limit.
 */
export async function saveBody(
  context: Context<HttpEnv>,
  folder: string,
  limit: number,
): Promise<{ path: string; bytes: number }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  let bytes = 0
  const counter = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length
      done(null, part)
    },
  })
  try {
    await pipeline(
      Readable.from(bounded(context, limit)),
      counter,
      createWriteStream(path, { mode: 0o600, flags: 'wx' }),
    )
    return { path, bytes }
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

async function* bounded(context: Context<HttpEnv>, limit: number): AsyncGenerator<Buffer> {
  const said = Number(context.req.header('content-length') ?? 0)
  if (said > limit) throw tooLong(limit)
  let bytes = 0
  const { body } = context.req.raw
  if (body === null) return
  for await (const part of body) {
    bytes += part.length
    if (bytes > limit) throw tooLong(limit)
    yield Buffer.from(part)
  }
}

function tooLong(limit: number): SunhallError {
  return new SunhallError('E-LENGTH', `内容太大：最多 ${limit >= 1 << 20 ? `${limit >> 20} MB` : `${limit >> 10} KB`}`)
}
