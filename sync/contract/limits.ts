// Every limit of the wire and the disk in one place, each with its unit. Readers stop at these, whatever a file claims.

/** Rows in one block, at most (`docs/format.md`). */
export const MAX_BLOCK_ROWS = 1_000
/** Raw bytes of one block, at most; a clause block of long statutes is the largest. */
export const MAX_BLOCK_BYTES = 2 * 1024 * 1024
/** Raw bytes of one pack, at most: the county part with a whole law library in it. */
export const MAX_PACK_BYTES = 192 * 1024 * 1024
/** Raw bytes of the whole tree's nodes, at most. */
export const MAX_TREE_BYTES = 16 * 1024 * 1024
/** Bytes of the release record, at most. */
export const MAX_RECORD_BYTES = 512 * 1024
/** Bytes of one published picture, at most (WebP, EXIF-free). */
export const MAX_MEDIA_BYTES = 200_000
/** Bytes of a terminal's signed config, at most. */
export const MAX_CONFIG_BYTES = 64 * 1024

/** Days a timestamp lives: a stick's journey to the farthest township. */
export const TIMESTAMP_LIFETIME_DAYS = 45
/** Days targets and snapshot live; signed anew by each publication. */
export const SNAPSHOT_LIFETIME_DAYS = 400
/** Days the root lives. */
export const ROOT_LIFETIME_DAYS = 3_650
/** The clock is believed from the newest trusted release to this many days after it. */
export const CLOCK_WINDOW_DAYS = 400
/** Days a release is served after the next one, so that a pinned first load can finish. */
export const RELEASE_SERVED_DAYS = 7
/** Releases back for which a delta of whole blocks is published. */
export const DELTA_DISTANCES: readonly number[] = [1, 7, 30]

/** People who must share what a masked row shows, at least (`domain.md`, masked funds). */
export const MASK_CROWD = 5
/** Levels of the 字 key, in percent of the body size. */
export const TEXT_SIZES: readonly number[] = [100, 120, 140]
/** Buckets of the county-wide name index and of the policies' full text. */
export const NAME_BUCKETS = 64
export const BIGRAM_BUCKETS = 32

/** Messages and bytes that a terminal keeps for the office, at most: months without a line. */
export const MAX_JOURNAL_MESSAGES = 2_000
export const MAX_JOURNAL_BYTES = 64 * 1024 * 1024
/** Messages and bytes that a terminal hands over in one request, at most; the rest follows in the next. */
export const MAX_BATCH_MESSAGES = 50
export const MAX_BATCH_BYTES = 320 * 1024
/** Bytes of the inspectors' signed list of keys, at most, and of one key. */
export const MAX_INSPECTORS_BYTES = 64 * 1024
export const MAX_RECIPIENT_BYTES = 2 * 1024
