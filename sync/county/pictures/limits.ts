// Limits of pictures that an office imports: a bad file ends here, before a decoder spends memory on it.

export const PICTURE_LIMITS = {
  /** Bytes of one file. */
  fileBytes: 40 * 1024 * 1024,
  /** Pixels of one picture once decoded: a 100-megapixel photo is no phone's. */
  pixels: 80_000_000,
  /** Files of one folder or zip. */
  files: 5_000,
  /** Bytes of one zip once unpacked. */
  unpackedBytes: 4 * 1024 * 1024 * 1024,
  /** Longer side in pixels of what is published, tried in this order until the bytes fit. */
  edges: [1600, 1200, 800],
  /** Quality of WebP, likewise. */
  qualities: [82, 66, 48],
} as const
