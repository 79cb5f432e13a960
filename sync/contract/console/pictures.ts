// Pictures on the console: the queue of those that nobody has looked at, the blackout tool and the recorded look. Lengths
// in pixels of the picture as it would be published.
import { z } from 'zod'

const count = z.int().nonnegative()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A part to black out, in pixels from the top left corner. */
export const rectangle = z.strictObject({
  left: count,
  top: count,
  width: z.int().positive(),
  height: z.int().positive(),
})
export type Rectangle = z.infer<typeof rectangle>
export const MAX_RECTANGLES = 100

export const pictureView = z.strictObject({
  hash,
  caption: z.string(),
  /** Name of the file it came from; '' for one that came with the sample. */
  file: z.string(),
  width: count,
  height: count,
  bytes: count,
  rectangles: z.array(rectangle),
  /** Rows that show it, in words: '林城镇 翁高村 2026-08 记-0012'. */
  shownBy: z.array(z.string()),
  import: count,
  addedName: z.string(),
  addedAt: z.string(),
  lookedBy: z.string(),
  lookedOn: z.string().nullable(),
  /** First release that may hold it; null while unpublished. */
  published: z.int().nullable(),
  /** False for whoever imported it: somebody else must look. */
  mayLook: z.boolean(),
})
export type PictureView = z.infer<typeof pictureView>

export const pictureList = z.strictObject({ waiting: count, looked: count, pictures: z.array(pictureView) })
export type PictureList = z.infer<typeof pictureList>

export const blackoutRequest = z.strictObject({ rectangles: z.array(rectangle).max(MAX_RECTANGLES) })
export const blackoutAnswer = z.strictObject({ hash })
/** Said by whoever looked: no ID, account or phone number and no recognisable face is to be seen. */
export const lookRequest = z.strictObject({ noNumberAndNoFace: z.literal(true) })

/** Pictures that were not taken, by file name, with the reason. */
export const addReport = z.strictObject({
  import: count,
  added: count,
  /** Files whose picture was there already. */
  known: count,
  refused: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
})
export type AddReport = z.infer<typeof addReport>

/** What was uploaded: the office's own name for it, and the sender's, which says where the picture belongs. */
export const uploadAnswer = z.strictObject({ upload: z.string(), name: z.string() })
export const addRequest = z.strictObject({ files: z.array(uploadAnswer).min(1).max(500) })
