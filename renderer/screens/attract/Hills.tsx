// The one picture of the product: hills, a drum tower, roofs and the sun. Flat shapes, five colours, drawn here.
import type { ReactNode } from 'react'

/** Outline of the drum tower: tiers of roofs that widen downwards, and a spire. */
function tower(x: number, top: number): string {
  const tiers = Array.from({ length: 7 }, (_, tier) => {
    const half = 22 + tier * 9
    const y = top + 52 + tier * 36
    const roof = `M${x - half} ${y}q${half * 0.35} -4 ${half * 0.55} -28h${half * 0.9}q${half * 0.2} 24 ${half * 0.55} 28z`
    return `${roof}M${x - half * 0.5} ${y - 2}h${half}v14h${-half}z`
  })
  return `M${x - 3} ${top - 40}h6v64h-6z${tiers.join('')}`
}

/** A house under its roof: left edge, ground line, width. */
function house(x: number, ground: number, width: number): string {
  const wall = `M${x + 12} ${ground}v-34h${width - 24}v34z`
  return `${wall}M${x} ${ground - 30}l16 -28h${width - 32}l16 28z`
}

export function Hills(): ReactNode {
  return (
    <div className="attract-hills">
      <svg aria-hidden="true" viewBox="0 0 1080 500" preserveAspectRatio="xMidYMax meet">
        <circle className="hills-sun" cx="740" cy="225" r="220" />
        <path
          className="hills-far"
          d="M-1500 320H-600C-420 220-300 260-140 300C20 330 60 240 260 240C420 240 470 320 600 320C740 320 800 200 960 206C1060 210 1100 250 1220 270C1400 300 1500 240 1700 260H2500V500H-1500z"
        />
        <path
          className="hills-near"
          d="M-1500 410H-600C-300 340-100 400 60 380C260 352 420 400 600 396C800 390 900 344 1080 360C1300 380 1500 400 1700 370H2500V500H-1500z"
        />
        <path className="hills-dark" d={tower(262, 140)} />
        <path
          className="hills-dark"
          d={`${house(90, 424, 118)}${house(324, 424, 130)}${house(430, 440, 104)}${house(768, 424, 110)}${house(832, 410, 120)}${house(916, 420, 98)}`}
        />
        <path
          className="hills-dark"
          d="M-1500 424H-600C-300 400-60 424 200 410C460 400 700 426 900 408C1000 400 1100 404 1300 412C1500 420 1600 410 1700 410H2500V502H-1500z"
        />
        <path
          className="hills-line"
          d="M-1500 452H-600C-300 430 0 460 300 448C600 436 800 462 1080 436C1300 420 1500 450 1700 440H2500M-1500 482H-600C-300 462 0 488 300 476C600 466 820 488 1080 464C1300 450 1500 476 1700 468H2500"
        />
      </svg>
    </div>
  )
}
