// P6: what a visit could leave in the page outside the chart: storage, the address, focus, selection, scroll, clipboard.
// React's own state goes because everything of a visit is drawn under the visit's key.
import { MACHINE_KEY } from './machine-memory.ts'

export function forget(page: Window): void {
  page.sessionStorage.clear()
  const { localStorage } = page
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index))
  for (const key of keys) if (key !== null && key !== MACHINE_KEY) localStorage.removeItem(key)
  const { pathname, search } = page.location
  page.history.replaceState(null, '', pathname + search)
  page.history.scrollRestoration = 'manual'
  page.getSelection()?.removeAllRanges()
  const { activeElement } = page.document
  if (activeElement instanceof HTMLElement) activeElement.blur()
  page.scrollTo(0, 0)
}
