// What the Electron shell gives its page besides the host's HTTP, as `window.sunhall`; absent in the other two homes.
import { z } from 'zod'

/** The packaged page: the build that is shown, and whether the package on the disk now holds another. */
export const pageState = z.strictObject({ build: z.string(), changed: z.boolean() })
export type PageState = z.infer<typeof pageState>

export interface ShellApi {
  /** Reports only: workbox has no part in Electron. */
  pageState(): Promise<PageState>
  /** Starts the new package. To be called on the attract screen only (P10). */
  applyPage(): Promise<void>
}
