// Which way the screen lies: the way on stands above the low bar in portrait, and in the aside in landscape, where
// height is scarce.
import { useEffect, useState } from 'react'

const QUERY = '(orientation: landscape)'

export function useLandscape(): boolean {
  const [landscape, setLandscape] = useState(() => window.matchMedia(QUERY).matches)
  useEffect(() => {
    const query = window.matchMedia(QUERY)
    const look = (): void => setLandscape(query.matches)
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [])
  return landscape
}
