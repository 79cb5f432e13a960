// The part of Electron that the shell uses. Everything takes it as an argument, so that a test can hand over a fake.
export type ElectronApi = Pick<
  typeof import('electron'),
  'app' | 'BrowserWindow' | 'ipcMain' | 'Menu' | 'powerSaveBlocker' | 'protocol' | 'session'
>

/** The page's origin: the only one that this program knows. */
export const SCHEME = 'app'
export const PAGE_ORIGIN = `${SCHEME}://kiosk`
export const PAGE_URL = `${PAGE_ORIGIN}/`

/** True for addresses of the page itself. A custom scheme's `URL.origin` is 'null', so the text decides. */
export function isOwn(url: string): boolean {
  return url === PAGE_ORIGIN || url.startsWith(PAGE_URL)
}
