// Pure rooms know neither Node nor the page. These few globals exist in both and do no I/O.
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}
declare class URL {
  constructor(url: string, base?: string | URL)
  href: string
  protocol: string
  host: string
  pathname: string
  origin: string
}
