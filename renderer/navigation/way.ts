// The way of a visit: a list of places, the last one on screen. Pure. The first step is always home, so that back ends
// there and not in nothing.
import type { Place } from './place.ts'

export interface Step {
  /** Never repeats during a visit: the screen is drawn anew for each step, and its scroll is kept under it. */
  id: number
  place: Place
}
/** At least one step. */
export interface Way {
  steps: readonly Step[]
  nextId: number
}

/** Steps kept, at most: beyond it the oldest after home are forgotten. */
export const WAY_LIMIT = 60

const HOME: Place = { screen: 'home' }

export const atHome: Way = { steps: [{ id: 0, place: HOME }], nextId: 1 }

/** The step on screen. */
export function current(way: Way): Step {
  return way.steps.at(-1) ?? { id: 0, place: HOME }
}

export function goOn(way: Way, place: Place): Way {
  const [first, ...rest] = way.steps
  const kept = way.steps.length < WAY_LIMIT || first === undefined ? way.steps : [first, ...rest.slice(1)]
  return { steps: [...kept, { id: way.nextId, place }], nextId: way.nextId + 1 }
}

/** Changes the place now on screen without a step; another screen counts as a new one. */
export function replaced(way: Way, place: Place): Way {
  const here = current(way)
  const same = here.place.screen === place.screen
  const step = { id: same ? here.id : way.nextId, place }
  return { steps: [...way.steps.slice(0, -1), step], nextId: same ? way.nextId : way.nextId + 1 }
}

export function stepBack(way: Way): Way {
  return way.steps.length > 1 ? { ...way, steps: way.steps.slice(0, -1) } : way
}

/** Home is a new drawing of the first step: nothing of the way is kept. */
export function toHome(way: Way): Way {
  return { steps: [{ id: way.nextId, place: HOME }], nextId: way.nextId + 1 }
}

export function canGoBack(way: Way): boolean {
  return way.steps.length > 1
}
