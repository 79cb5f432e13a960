// What every engine of the bench offers, each in a worker of its own, and how the page calls it. A durability is the
// same for all: where a library has no option for it, its transactions are given one from outside.
import type { Durability } from '../figures.ts'

export interface Question {
  what: 'person' | 'household' | 'village'
  village: string
  /** Place of the village in the county. */
  at: number
  /** Of the person or household in its village; not looked at for a village. */
  number: number
}
/** How many payments were found, and their sum: the same from every engine, or the bench ends. */
export interface Answer {
  rows: number
  fen: number
}
export interface Engine {
  /** Everything of release 1, into an empty store; ms of the engine's own work. */
  load(): Promise<number>
  /** Rows found and read whole. */
  ask(question: Question): Promise<Answer>
  /** From the release before to this one; ms of the engine's own work. */
  change(number: number): Promise<number>
  /** Reads of a kind that only one engine offers. */
  more?(name: string): Promise<unknown>
  close(): Promise<void>
}

export type Call =
  | { call: 'open'; durability: Durability }
  | { call: 'load' | 'close' }
  | { call: 'ask'; questions: Question[] }
  | { call: 'change'; number: number }
  | { call: 'more'; name: string }
/** `ms` of each question, in order. */
export interface Asked {
  ms: number[]
  answers: Answer[]
}

/** Makes this worker the engine's. */
export function offer(open: (durability: Durability) => Promise<Engine>): void {
  let engine: Engine | null = null
  const opened = (): Engine => {
    if (engine === null) throw new Error('Expected an opened engine, got none')
    return engine
  }
  const answer = async (call: Call): Promise<unknown> => {
    if (call.call === 'open') {
      forceDurability(call.durability)
      engine = await open(call.durability)
      return null
    }
    if (call.call === 'load') return opened().load()
    if (call.call === 'ask') return askAll(opened(), call.questions)
    if (call.call === 'change') return opened().change(call.number)
    if (call.call === 'more') return opened().more?.(call.name)
    return opened().close()
  }
  self.addEventListener('message', (event: MessageEvent<Call>) => {
    answer(event.data).then(
      (result) => self.postMessage({ result }),
      (error: unknown) =>
        self.postMessage({ error: error instanceof Error ? `${error.stack}` : JSON.stringify(error) }),
    )
  })
}

async function askAll(engine: Engine, questions: readonly Question[]): Promise<Asked> {
  const asked: Asked = { ms: [], answers: [] }
  for (const question of questions) {
    const began = performance.now()
    asked.answers.push(await engine.ask(question))
    asked.ms.push(performance.now() - began)
  }
  return asked
}

/** Every writing transaction of this worker, whoever opens it. */
function forceDurability(durability: Durability): void {
  const plain = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function forced(stores, mode, options) {
    return plain.call(this, stores, mode, mode === 'readwrite' ? { ...options, durability } : options)
  }
}
