// CRC-32 (ISO 3309, as in gzip and PNG): finds flipped bits, keeps nobody from forging. Where that matters, SHA-256 stands.

const POLYNOMIAL = 0xedb88320

/** 0 to 2^32 - 1. Bit by bit: what is summed here is a few thousand bytes. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
