// Node's 'events' in a few lines, for PouchDB, which expects a bundler to bring it along.

type Listener = (...given: unknown[]) => void

class Events {
  /** Made when first needed: PouchDB also calls these on objects that no constructor has made. */
  heard?: Map<string, Listener[]>

  all(): Map<string, Listener[]> {
    this.heard ??= new Map()
    return this.heard
  }
  on(name: string, listener: Listener): this {
    this.all().set(name, [...this.listeners(name), listener])
    return this
  }
  addListener(name: string, listener: Listener): this {
    return this.on(name, listener)
  }
  once(name: string, listener: Listener): this {
    const heard = (...given: unknown[]): void => {
      this.removeListener(name, heard)
      listener.apply(this, given)
    }
    return this.on(name, heard)
  }
  removeListener(name: string, listener: Listener): this {
    this.all().set(
      name,
      this.listeners(name).filter((each) => each !== listener),
    )
    return this
  }
  removeAllListeners(name?: string): this {
    if (name === undefined) this.all().clear()
    else this.all().delete(name)
    return this
  }
  emit(name: string, ...given: unknown[]): boolean {
    const heard = this.listeners(name)
    for (const listener of heard) listener.apply(this, given)
    return heard.length > 0
  }
  listeners(name: string): Listener[] {
    return this.all().get(name) ?? []
  }
  listenerCount(name: string): number {
    return this.listeners(name).length
  }
  setMaxListeners(): this {
    return this
  }
}
// PouchDB copies what it can enumerate of the prototype, as in the days before classes.
for (const name of Object.getOwnPropertyNames(Events.prototype))
  if (name !== 'constructor') Object.defineProperty(Events.prototype, name, { enumerable: true })

// biome-ignore lint/style/noDefaultExport: Node's 'events' has one
export { Events as default }
