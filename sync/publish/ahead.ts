// Jobs that are begun before their results are asked for: a few at a time, results in the order of the items.

/** Nothing runs any more when it has ended, or when somebody stops asking. Errors: those of `job`. */
export async function* ahead<T, R>(
  items: readonly T[],
  atOnce: number,
  job: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const rest = items.values()
  const running: Promise<R>[] = []
  const begin = (): void => {
    while (running.length < atOnce) {
      const { value, done } = rest.next()
      if (done === true) return
      const begun = job(value)
      // One that fails is heard of when its turn comes.
      begun.catch(() => undefined)
      running.push(begun)
    }
  }
  try {
    for (begin(); running.length > 0; begin()) yield await (running.shift() as Promise<R>)
  } finally {
    await Promise.allSettled(running)
  }
}
