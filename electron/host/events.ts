// Tells the page of every change of the host's state: text/event-stream, event `state`.

/** Ms between two comments that keep the line open. */
const KEEP_ALIVE_MS = 20_000

export interface Events {
  /** The first event is the state now. */
  stream(): Response
  changed(): void
  close(): void
}

export function openEvents(state: () => unknown): Events {
  const listeners = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const send = (to: ReadableStreamDefaultController<Uint8Array>, text: string): void => {
    try {
      to.enqueue(encoder.encode(text))
    } catch {
      // The page went away between two events.
      listeners.delete(to)
    }
  }
  const current = (): string => `event: state\ndata: ${JSON.stringify(state())}\n\n`
  const beat = setInterval(() => {
    for (const listener of listeners) send(listener, ': here\n\n')
  }, KEEP_ALIVE_MS).unref()
  return {
    stream() {
      let own: ReadableStreamDefaultController<Uint8Array> | null = null
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller
          listeners.add(controller)
          send(controller, current())
        },
        cancel() {
          if (own !== null) listeners.delete(own)
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
    },
    changed() {
      const text = current()
      for (const listener of listeners) send(listener, text)
    },
    close() {
      clearInterval(beat)
      for (const listener of listeners) {
        try {
          listener.close()
        } catch {
          // Closed by the page already.
        }
      }
      listeners.clear()
    },
  }
}
