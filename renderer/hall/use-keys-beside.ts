// Whether the keys that go on stand beside the rest (a lying screen, where height is scarce) or at the foot. With larger
// letters the side column grows past the glass: then they stay at the foot, where they are always seen.
import { useFrame } from './frame-value.tsx'
import { useLandscape } from './use-landscape.ts'

export function useKeysBeside(): boolean {
  const landscape = useLandscape()
  const { letters } = useFrame()
  return landscape && letters.size === 100
}
