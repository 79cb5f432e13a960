// Flat drawings of works before, while and after they are done: hills, a sky, and the thing itself. SVG as text.
import type { Stage } from '../pictures.ts'
import type { Scene } from '../project-kinds.ts'

export const WIDTH = 1200
export const HEIGHT = 800

interface Palette {
  sky: string
  far: string
  near: string
  ground: string
}
const MORNING: Palette = { sky: '#fdf3d8', far: '#a9c3a5', near: '#5f8d6b', ground: '#c9b488' }
const DAY: Palette = { sky: '#e3eff0', far: '#9dbcab', near: '#4c8265', ground: '#bfa97c' }
const INK = '#1d2a26'
const SUN = '#f5b83d'
const CONCRETE = '#d8d5cc'
const MUD = '#8a6a45'
const WATER = '#7fb4c4'

function backdrop(variant: number): string {
  const p = variant % 2 === 0 ? MORNING : DAY
  const shift = variant % 2 === 0 ? 0 : 180
  return `<rect width="1200" height="800" fill="${p.sky}"/>
<circle cx="${930 - shift * 3}" cy="170" r="70" fill="${SUN}"/>
<path d="M0 420 Q${180 + shift} 210 ${380 + shift} 380 T760 330 T1200 400 V800 H0Z" fill="${p.far}"/>
<path d="M0 480 Q260 ${330 + shift / 3} 520 470 T1000 430 T1200 500 V800 H0Z" fill="${p.near}"/>
<rect y="520" width="1200" height="280" fill="${p.ground}"/>
${house(130 + shift, 430)}${house(250 + shift, 450)}${tree(980 - shift, 500)}${tree(1060 - shift, 520)}`
}
function house(x: number, y: number): string {
  return `<g><rect x="${x}" y="${y}" width="92" height="74" fill="#f7f1e3" stroke="${INK}" stroke-width="4"/>
<path d="M${x - 16} ${y} L${x + 46} ${y - 46} L${x + 108} ${y}Z" fill="#5b4636" stroke="${INK}" stroke-width="4"/>
<rect x="${x + 34}" y="${y + 32}" width="26" height="42" fill="#8a5a34"/></g>`
}
function tree(x: number, y: number): string {
  return `<rect x="${x - 7}" y="${y - 20}" width="14" height="60" fill="#5b4636"/><circle cx="${x}" cy="${y - 50}" r="46" fill="#2f6a4d"/>`
}
function worker(x: number, y: number): string {
  return `<g stroke="${INK}" stroke-width="4"><rect x="${x - 16}" y="${y}" width="32" height="56" rx="8" fill="#e06a2b"/>
<circle cx="${x}" cy="${y - 16}" r="17" fill="#f1cfa6"/><path d="M${x - 22} ${y - 20} a22 20 0 0 1 44 0Z" fill="${SUN}"/>
<path d="M${x - 8} ${y + 56} v44 M${x + 8} ${y + 56} v44" stroke-width="10"/><path d="M${x + 14} ${y + 18} l46 52" stroke-width="7"/></g>`
}
function digger(x: number, y: number): string {
  return `<g stroke="${INK}" stroke-width="5"><rect x="${x}" y="${y}" width="130" height="62" rx="6" fill="${SUN}"/>
<rect x="${x + 14}" y="${y - 58}" width="64" height="60" fill="#cfe3e6"/><rect x="${x - 12}" y="${y + 62}" width="156" height="40" rx="20" fill="#4a4a48"/>
<path d="M${x + 126} ${y + 14} L${x + 214} ${y - 74} L${x + 270} ${y + 26}" fill="none" stroke="${SUN}" stroke-width="20"/>
<path d="M${x + 250} ${y + 20} h50 l-12 40 h-40Z" fill="#4a4a48"/></g>`
}
function cones(y: number): string {
  return [120, 320, 900, 1080]
    .map(
      (x) =>
        `<path d="M${x} ${y} l18 -56 l18 56Z" fill="#e06a2b"/><path d="M${x + 8} ${y - 22} h20" stroke="#fff" stroke-width="9"/>`,
    )
    .join('')
}
function stones(y: number, colour: string): string {
  return Array.from({ length: 26 }, (_, i) => {
    const x = (i * 173) % 1180
    return `<ellipse cx="${x}" cy="${y + ((i * 67) % 190)}" rx="${14 + ((i * 7) % 20)}" ry="${8 + ((i * 5) % 10)}" fill="${colour}"/>`
  }).join('')
}

const ROAD: Record<Stage, () => string> = {
  before: () =>
    `<path d="M470 520 Q560 640 260 800 H900 Q760 640 560 520Z" fill="${MUD}"/>${stones(560, '#6f5436')}
<path d="M430 700 q120 -40 200 10 t180 20" stroke="${WATER}" stroke-width="26" fill="none"/>`,
  during: () =>
    `<path d="M470 520 Q560 640 260 800 H900 Q760 640 560 520Z" fill="${MUD}"/><path d="M470 520 Q540 600 470 660 H760 Q640 600 560 520Z" fill="${CONCRETE}"/>
${digger(640, 640)}${worker(420, 640)}${worker(340, 690)}${cones(790)}`,
  after: () =>
    `<path d="M470 520 Q560 640 260 800 H900 Q760 640 560 520Z" fill="${CONCRETE}" stroke="${INK}" stroke-width="6"/>
<path d="M516 530 Q640 650 580 800" stroke="#fff" stroke-width="12" stroke-dasharray="46 34" fill="none"/>
<path d="M180 800 Q480 650 440 525" stroke="#7d8f86" stroke-width="14" fill="none"/>`,
}
const CANAL: Record<Stage, () => string> = {
  before: () =>
    `<path d="M0 640 Q400 560 700 660 T1200 620 V720 Q900 760 640 740 T0 740Z" fill="${MUD}"/>${stones(630, '#5c7b4d')}
<path d="M60 700 q260 -30 500 10" stroke="${WATER}" stroke-width="12" fill="none"/>`,
  during: () =>
    `<path d="M0 640 Q400 560 700 660 T1200 620 V730 Q900 770 640 750 T0 750Z" fill="${MUD}"/>
<path d="M0 650 Q300 590 560 640 V740 Q300 700 0 745Z" fill="${CONCRETE}"/>${worker(610, 600)}${worker(760, 620)}${digger(860, 560)}${cones(800)}`,
  after: () =>
    `<path d="M0 630 Q400 550 700 650 T1200 610 V740 Q900 780 640 760 T0 760Z" fill="${CONCRETE}" stroke="${INK}" stroke-width="6"/>
<path d="M0 665 Q400 590 700 688 T1200 648 V706 Q900 742 640 722 T0 722Z" fill="${WATER}"/>
<path d="M80 690 q60 -14 120 0 m180 -26 q60 -10 120 6 m260 44 q60 8 120 -4" stroke="#fff" stroke-width="7" fill="none"/>
<rect x="560" y="560" width="20" height="130" fill="#4a4a48"/><rect x="650" y="580" width="20" height="130" fill="#4a4a48"/><path d="M540 566 h150" stroke="#4a4a48" stroke-width="16"/>`,
}
const SQUARE: Record<Stage, () => string> = {
  before: () =>
    `<path d="M120 560 H1080 L1180 800 H20Z" fill="${MUD}"/>${stones(590, '#6a7f4a')}${stones(560, '#6f5436')}`,
  during: () =>
    `<path d="M120 560 H1080 L1180 800 H20Z" fill="${MUD}"/><path d="M120 560 H640 L600 800 H20Z" fill="${CONCRETE}"/>
${worker(680, 600)}${worker(820, 640)}<path d="M900 700 h160 l-30 -80 h-100Z" fill="#a8a294" stroke="${INK}" stroke-width="5"/>${cones(798)}`,
  after: () =>
    `<path d="M120 560 H1080 L1180 800 H20Z" fill="${CONCRETE}" stroke="${INK}" stroke-width="6"/>
<path d="M90 630 H1110 M60 710 H1140 M360 560 L280 800 M600 560 V800 M840 560 L920 800" stroke="#b5b0a3" stroke-width="5"/>
<g stroke="${INK}" stroke-width="8" fill="none"><path d="M760 660 v-110 h90 v110 M805 550 v60"/><path d="M930 690 v-120 q40 -40 80 0 v120"/></g>
<rect x="180" y="540" width="200" height="96" fill="#f7f1e3" stroke="${INK}" stroke-width="6"/><path d="M200 636 v60 M360 636 v60" stroke="${INK}" stroke-width="8"/>
<path d="M200 566 h160 M200 590 h160 M200 612 h110" stroke="#7d8f86" stroke-width="7"/>`,
}
function lamp(x: number, y: number): string {
  return `<path d="M${x} ${y} v-260 q0 -30 46 -30" stroke="${INK}" stroke-width="10" fill="none"/><path d="M${x + 30} ${y - 296} h46 l10 22 h-66Z" fill="${SUN}" stroke="${INK}" stroke-width="4"/>
<path d="M${x - 40} ${y - 290} l52 -22 l14 30 l-52 22Z" fill="#31506b" stroke="${INK}" stroke-width="4"/>`
}
const TRACK = `<path d="M470 520 Q560 640 260 800 H900 Q760 640 560 520Z" fill="${CONCRETE}"/>`
const LAMPS: Record<Stage, () => string> = {
  before: () => `${TRACK}<rect width="1200" height="800" fill="#142331" opacity="0.45"/>`,
  during: () =>
    `${TRACK}${lamp(330, 730)}${worker(430, 660)}${worker(760, 660)}<path d="M820 780 l200 -60" stroke="${INK}" stroke-width="12"/>${cones(795)}`,
  after: () => `${TRACK}${lamp(220, 760)}${lamp(400, 650)}${lamp(640, 640)}${lamp(820, 760)}`,
}
const PIPES: Record<Stage, () => string> = {
  before: () =>
    `${stones(580, '#6f5436')}<path d="M60 760 q220 -120 460 -60 t560 -40" stroke="#3c3a36" stroke-width="12" fill="none" stroke-dasharray="90 16"/>`,
  during: () =>
    `<path d="M0 660 H1200 V730 H0Z" fill="#5f4428"/><path d="M20 696 H700" stroke="#2c7da0" stroke-width="32"/>${worker(760, 600)}${worker(880, 600)}
<path d="M950 640 h180 M950 610 h180 M970 580 h150" stroke="#2c7da0" stroke-width="24"/>${cones(796)}`,
  after: () =>
    `<rect x="640" y="500" width="300" height="210" rx="14" fill="${CONCRETE}" stroke="${INK}" stroke-width="7"/><rect x="664" y="540" width="252" height="70" fill="${WATER}"/>
<path d="M60 740 H640" stroke="#2c7da0" stroke-width="26"/><path d="M260 740 v-100 h60" stroke="${INK}" stroke-width="16" fill="none"/>
<path d="M320 650 q6 40 0 60" stroke="${WATER}" stroke-width="14"/>`,
}
function bushes(from: number, size: number): string {
  return Array.from({ length: 24 }, (_, i) => {
    const row = Math.floor(i / 8)
    return `<circle cx="${80 + (i % 8) * 148 + row * 20}" cy="${600 + row * 80}" r="${size}" fill="#2f6a4d"/>${
      from > 1 ? `<circle cx="${92 + (i % 8) * 148 + row * 20}" cy="${594 + row * 80}" r="9" fill="#e06a2b"/>` : ''
    }`
  }).join('')
}
const ROWS = `<path d="M0 610 H1200 M0 690 H1200 M0 770 H1200" stroke="${MUD}" stroke-width="34"/>`
const ORCHARD: Record<Stage, () => string> = {
  before: () =>
    `${stones(560, '#7f8f4e')}${stones(600, '#6a7f4a')}<path d="M0 700 H1200" stroke="#9a8b5d" stroke-width="60" opacity="0.5"/>`,
  during: () => `${ROWS}${bushes(0, 11)}${worker(420, 620)}${worker(720, 660)}${cones(800)}`,
  after: () => `${ROWS}${bushes(2, 38)}`,
}
const DRAWINGS: Record<Scene, Record<Stage, () => string>> = {
  road: ROAD,
  canal: CANAL,
  square: SQUARE,
  lamps: LAMPS,
  water: PIPES,
  orchard: ORCHARD,
}

/** A drawing that says of itself that it is no photograph. */
export function sceneSvg(scene: Scene, stage: Stage, variant: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 1200 800">
${backdrop(variant)}${DRAWINGS[scene][stage]()}
<rect x="24" y="24" width="232" height="64" rx="8" fill="#fff" opacity="0.9"/>
<text x="44" y="70" font-family="Noto Sans CJK SC" font-size="40" fill="${INK}">示例图画</text></svg>`
}
