// What a push needs of the place it pushes to: an S3-compatible bucket (`s3.ts`) or another web server's folder (`folder.ts`).

/** A file that the store holds. */
export interface Stored {
  /** Bytes. */
  size: number
  /** MD5 of its content as lower-case hex, where the store tells. */
  md5(): string
}
export interface Store {
  /** For messages: 'county at https://oss.example.cn'. */
  readonly name: string
  /** Everything below the address, by path with '/' between its steps. */
  list(): Promise<ReadonlyMap<string, Stored>>
  /** Puts a file there whole, in place of an older one. `isImmutable`: its name holds the hash of its content. */
  put(path: string, body: Uint8Array, isImmutable: boolean): Promise<void>
  remove(paths: readonly string[]): Promise<void>
  close(): void
}
