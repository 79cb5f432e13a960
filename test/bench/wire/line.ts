// A line as a township has it: a proxy on the loopback that lets bytes through at a rate, late, losing some, and cut now and
// then. All connections share the line, each way has its own. A lost segment is sent again, and holds up its connection.

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { drawsOf } from '../../core/draws.ts'

export interface LineKind {
  name: string
  bitsPerSecond: number
  /** One way, ms. */
  latencyMs: number
  /** Part of the segments that are lost. */
  loss: number
  /** Seconds between two cuts on average; a cut ends all connections. */
  cutSeconds: number
}
const COMMON = { loss: 0.02, cutSeconds: 60 }
export const LINES: readonly LineKind[] = [
  { name: '64 kbit/s', bitsPerSecond: 64_000, latencyMs: 100, ...COMMON },
  { name: '512 kbit/s', bitsPerSecond: 512_000, latencyMs: 50, ...COMMON },
  { name: '2 Mbit/s', bitsPerSecond: 2_000_000, latencyMs: 25, ...COMMON },
]

export interface LineMeter {
  /** Bytes of the connections both ways, HTTP's headers included; TCP's own are not. */
  bytes: number
  requests: number
  cuts: number
}
export interface Line {
  port: number
  /** From now on; null lets everything through at once. Resets the meter. */
  become(kind: LineKind | null): void
  meter(): LineMeter
  close(): Promise<void>
}

const SEGMENT = 1_460
/** How long a connection waits for a lost segment: TCP's shortest retransmission, or the way there and back. */
const RESEND_MS = 200
/** Bytes under way in a connection: beyond it the sender waits, as TCP's window makes it. */
const WINDOW = 64 * 1024
const SEED = 20_261_124

interface State {
  kind: LineKind | null
  meter: LineMeter
  /** When each way is free again, ms. */
  free: { down: number; up: number }
  sockets: Set<Socket>
  draw: () => number
  cut: NodeJS.Timeout | null
}

export async function openLine(target: number): Promise<Line> {
  const state: State = {
    kind: null,
    meter: { bytes: 0, requests: 0, cuts: 0 },
    free: { down: 0, up: 0 },
    sockets: new Set(),
    draw: drawsOf(SEED),
    cut: null,
  }
  const server = createServer((near) => join(state, near, connect(target, '127.0.0.1')))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    become: (kind) => become(state, kind),
    meter: () => ({ ...state.meter }),
    close: () => close(state, server),
  }
}

function become(state: State, kind: LineKind | null): void {
  state.kind = kind
  state.meter = { bytes: 0, requests: 0, cuts: 0 }
  state.free = { down: 0, up: 0 }
  if (state.cut !== null) clearTimeout(state.cut)
  state.cut = null
  // The same losses and cuts each time.
  state.draw = drawsOf(SEED)
  if (kind !== null) nextCut(state, kind)
}

/** Cuts come by chance, as often as the line says. */
function nextCut(state: State, kind: LineKind): void {
  const wait = -Math.log(1 - state.draw()) * kind.cutSeconds * 1_000
  state.cut = setTimeout(() => {
    state.meter.cuts += 1
    for (const socket of state.sockets) socket.destroy()
    nextCut(state, kind)
  }, wait)
}

function join(state: State, near: Socket, far: Socket): void {
  for (const socket of [near, far]) {
    socket.setNoDelay(true)
    state.sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => state.sockets.delete(socket))
  }
  // A server that is done closes long before a slow line has brought its last byte: only its failures end the other side.
  near.on('close', () => far.destroy())
  far.on('error', () => near.destroy())
  countRequests(state, near)
  carry(state, far, near, 'down')
  carry(state, near, far, 'up')
}

/** Each request's first line ends in the version; a line that two pieces share is put together. */
function countRequests(state: State, from: Socket): void {
  const mark = ' HTTP/1.1\r\n'
  let rest = ''
  from.on('data', (chunk: Buffer) => {
    const text = rest + chunk.toString('latin1')
    state.meter.requests += text.split(mark).length - 1
    rest = text.slice(-(mark.length - 1))
  })
}

function carry(state: State, from: Socket, to: Socket, way: 'down' | 'up'): void {
  // In the order they came, whichever timer is early.
  const queue: Buffer[] = []
  let waiting = 0
  let notBefore = 0
  const send = (piece: Buffer): void => {
    state.meter.bytes += piece.length
    if (state.kind === null && queue.length === 0) {
      to.write(piece)
      return
    }
    const { at, heldUntil } = sentAt(state, way, piece.length, notBefore)
    notBefore = heldUntil
    queue.push(piece)
    waiting += piece.length
    setTimeout(() => {
      const first = queue.shift() ?? Buffer.alloc(0)
      waiting -= first.length
      if (!to.destroyed) to.write(first)
      if (waiting < WINDOW) from.resume()
    }, at - performance.now())
  }
  from.on('data', (chunk: Buffer) => {
    for (let start = 0; start < chunk.length; start += SEGMENT) send(chunk.subarray(start, start + SEGMENT))
    if (waiting >= WINDOW) from.pause()
  })
  const end = (): unknown => (queue.length === 0 ? to.end() : setTimeout(end, 10))
  from.on('end', end)
  from.on('close', end)
}

/** When a piece arrives, and until when it holds up those behind it. */
function sentAt(
  { kind, free, draw }: State,
  way: 'down' | 'up',
  bytes: number,
  notBefore: number,
): { at: number; heldUntil: number } {
  if (kind === null) return { at: notBefore, heldUntil: notBefore }
  const { bitsPerSecond, latencyMs, loss } = kind
  const ms = (bytes * 8_000) / bitsPerSecond
  free[way] = Math.max(free[way], performance.now()) + ms
  const isLost = draw() < loss
  if (isLost) free[way] += ms
  const resent = isLost ? Math.max(RESEND_MS, 2 * latencyMs) : 0
  const at = Math.max(free[way] + latencyMs + resent, notBefore)
  return { at, heldUntil: at }
}

function close(state: State, server: Server): Promise<void> {
  become(state, null)
  for (const socket of state.sockets) socket.destroy()
  return new Promise((done) => server.close(() => done()))
}
