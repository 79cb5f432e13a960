// What readers and the owner of the store tell each other across the page and its worker: damage met, damage mended.
import { z } from 'zod'
import type { Damage } from './interface.ts'

const damage = z.strictObject({ root: z.string(), part: z.string(), hash: z.string().nullable() })
const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('damaged'), damage }),
  z.strictObject({ type: z.literal('repaired'), damage }),
])
export type StoreMessage = z.infer<typeof message>

export interface StoreChannel {
  post(message: StoreMessage): void
  /** Returns the way to stop listening. */
  listen(listener: (message: StoreMessage) => void): () => void
  close(): void
}

/** One channel a database name; other origins never hear it. */
export function openChannel(database: string): StoreChannel {
  const channel = new BroadcastChannel(`${database}-store`)
  return {
    post: (posted) => channel.postMessage(posted),
    listen(listener) {
      const hear = (event: MessageEvent<unknown>): void => {
        const heard = message.safeParse(event.data)
        if (heard.success) listener(heard.data)
      }
      channel.addEventListener('message', hear)
      return () => channel.removeEventListener('message', hear)
    },
    close: () => channel.close(),
  }
}

export function sameDamage(a: Damage, b: Damage): boolean {
  return a.hash === b.hash && (a.hash !== null || (a.part === b.part && a.root === b.root))
}
