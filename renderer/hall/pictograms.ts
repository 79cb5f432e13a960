// The drawings: 48 grid, 3.2 stroke, round, one colour. Each is a list of paths; `dots` are filled (abacus beads, seal).
export interface Drawing {
  lines: string
  dots?: string
}

export const DRAWINGS = {
  coin: {
    lines:
      'M24 4a9 9 0 1 0 0 18a9 9 0 1 0 0-18M20.500 9l3.500 4.500l3.500-4.500M24 13.500v5M20.500 14.500h7M4 33c4-4 8-4 11-2h9c4 0 4 5 0 5h-6M24 36h5l9-6c4-2 6 2 3 4.500l-9 7.500H4',
  },
  abacus: {
    lines: 'M5 9h38v30H5zM5 20h38M13 9v30M21 9v30M29 9v30M36 9v30',
    dots: 'M13 12a2.600 2.600 0 1 0 .1 0M21 12a2.600 2.600 0 1 0 .1 0M29 12a2.600 2.600 0 1 0 .1 0M36 12a2.600 2.600 0 1 0 .1 0M13 24a2.600 2.600 0 1 0 .1 0M13 30a2.600 2.600 0 1 0 .1 0M21 30a2.600 2.600 0 1 0 .1 0M29 24a2.600 2.600 0 1 0 .1 0M36 30a2.600 2.600 0 1 0 .1 0',
  },
  paper: { lines: 'M11 5h18l9 9v29H11zM29 5v9h9M17 20h14M17 27h14M17 34h7', dots: 'M29 33h6v6h-6z' },
  document: { lines: 'M11 5h18l9 9v29H11zM29 5v9h9M17 21h14M17 28h14M17 35h9' },
  pin: { lines: 'M24 43C16 33 11 26 11 19a13 13 0 0 1 26 0c0 7-5 14-13 24zM24 14a5 5 0 1 0 0 10a5 5 0 1 0 0-10' },
  house: { lines: 'M5 23L24 7l19 16M10 20v22h28V20M20 42V29h8v13' },
  back: { lines: 'M42 24H7M19 12L7 24l12 12' },
  forward: { lines: 'M6 24h35M29 12l12 12l-12 12' },
  right: { lines: 'M18 8l15 16l-15 16' },
  left: { lines: 'M30 8L15 24l15 16' },
  down: { lines: 'M8 17l16 15l16-15' },
  up: { lines: 'M8 31l16-15l16 15' },
  calendar: { lines: 'M7 11h34v31H7zM7 20h34M16 5v10M32 5v10' },
  scales: {
    lines:
      'M24 6v36M14 42h20M9 12h30M9 12L3 28M9 12l6 16M39 12l-6 16M39 12l6 16M3 28a6 6 0 0 0 12 0zM33 28a6 6 0 0 0 12 0z',
  },
  link: {
    lines:
      'M21 27a8 8 0 0 0 11.500 0l7-7a8 8 0 0 0-11.500-11.500l-3 3M27 21a8 8 0 0 0-11.500 0l-7 7a8 8 0 0 0 11.500 11.500l3-3',
  },
  picture: { lines: 'M6 9h36v30H6zM6 33l11-10l9 9l6-5l10 8M33 14.500a3.500 3.500 0 1 0 .1 0' },
  tick: { lines: 'M8 25l11 11L40 13' },
  ticked: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M15 24.500l6.500 6.500L34 18' },
  plus: { lines: 'M24 8v32M8 24h32' },
  plussed: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M24 15v18M15 24h18' },
  minus: { lines: 'M8 24h32' },
  minused: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M15 24h18' },
  cross: { lines: 'M11 11l26 26M37 11L11 37' },
  equals: { lines: 'M8 18h32M8 30h32' },
  times: { lines: 'M12 12l24 24M36 12L12 36' },
  turning: { lines: 'M40 26a16 16 0 1 1-5-13M36 4v10H26' },
  shield: { lines: 'M24 4l16 6v12c0 10-6 18-16 22C14 40 8 32 8 22V10zM17 17l14 14M31 17L17 31' },
  shielded: { lines: 'M24 4l16 6v12c0 10-6 18-16 22C14 40 8 32 8 22V10zM16 24l6 6l11-12' },
  lock: { lines: 'M10 21h28v22H10zM16 21v-6a8 8 0 0 1 16 0v6M24 29v6' },
  search: { lines: 'M20 6a14 14 0 1 0 0 28a14 14 0 1 0 0-28M30.500 30.500L43 43' },
  people: {
    lines: 'M18 8a8 8 0 1 0 0 16a8 8 0 1 0 0-16M3 41c0-9 6-13 15-13s15 4 15 13M32 9a8 8 0 0 1 0 15M38 29c4 2 7 6 7 12',
  },
  person: { lines: 'M24 6a9 9 0 1 0 0 18a9 9 0 1 0 0-18M8 43c0-10 7-14 16-14s16 4 16 14' },
  drive: {
    lines: 'M8 12c0-9 32-9 32 0s-32 9-32 0v24c0 9 32 9 32 0V12M8 24c0 9 32 9 32 0',
  },
  clock: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M24 13v12l8 5' },
  wifi: { lines: 'M3 18c12-11 30-11 42 0M10 26c8-7 20-7 28 0M17 33c4-4 10-4 14 0M24 40v.1' },
  unplugged: { lines: 'M3 18c12-11 30-11 42 0M10 26c8-7 20-7 28 0M17 33c4-4 10-4 14 0M24 40v.1M6 42L42 6' },
  power: { lines: 'M24 5v19M14 11a17 17 0 1 0 20 0' },
  sync: { lines: 'M6 22a18 18 0 0 1 32-9M39 4v10H29M42 26a18 18 0 0 1-32 9M9 44V34h10' },
  usb: { lines: 'M13 20h22v16a7 7 0 0 1-7 7h-8a7 7 0 0 1-7-7zM17 20V5h14v15M21.500 11v3M26.500 11v3' },
  hourglass: { lines: 'M10 5h28M10 43h28M13 5v7c0 8 11 8 11 12s-11 4-11 12v7M35 5v7c0 8-11 8-11 12s11 4 11 12v7' },
  hand: {
    lines: 'M18 27V9a4 4 0 0 1 8 0v13l12 3c4 1 5 4 4 8l-2 11H22L10 32c-2-3 1-6 4-4z',
  },
  letters: { lines: 'M3 38L14 10l11 28M7 29h14M28 38l8-19l8 19M31 32h10' },
  phone: {
    lines: 'M14 5l7 11l-5 5c2 5 6 9 11 11l5-5l11 7c0 6-4 9-9 9C19 42 6 29 5 14c0-5 3-9 9-9z',
  },
  book: { lines: 'M24 12C19 8 12 7 5 8v30c7-1 14 0 19 4c5-4 12-5 19-4V8c-7-1-14 0-19 4zM24 12v30' },
  tag: { lines: 'M5 6h17l21 21l-16 16L6 22zM15 15v.1' },
  hammer: { lines: 'M6 42l18-18M20 12l8-8l16 16l-8 8zM24 16l8 8' },
  target: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M24 14a10 10 0 1 0 0 20a10 10 0 1 0 0-20M24 23.900v.2' },
  question: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M18 19c0-8 12-8 12 0c0 5-6 5-6 10M24 35v.1' },
  notice: { lines: 'M6 19v10h8l20 11V8L14 19zM40 18c3 3 3 9 0 12M15 29l3 13h6l-3-10' },
  folder: { lines: 'M4 10h14l5 6h21v24H4z' },
  list: { lines: 'M16 12h27M16 24h27M16 36h27M6 12h.1M6 24h.1M6 36h.1' },
  land: { lines: 'M4 38h40M8 38V26c6-4 10-4 16 0s10 4 16 0v12M24 26V8M24 14c4-6 9-6 13-4c-1 6-7 8-13 6' },
  erase: { lines: 'M17 11h26v26H17L5 24zM24 19l11 11M35 19L24 30' },
  speech: { lines: 'M6 8h36v26H22l-10 9v-9H6zM24 14v10M24 29v.1' },
  yen: { lines: 'M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M17 14l7 10l7-10M17 25h14M17 31h14M24 24v12' },
  ruler: { lines: 'M5 33L33 5l10 10l-28 28zM13 25l5 5M19 19l5 5M25 13l5 5' },
  'person-cross': {
    lines: 'M20 6a8 8 0 1 0 0 16a8 8 0 1 0 0-16M5 42c0-10 6-14 15-14c4 0 7 1 10 3M32 32l11 11M43 32L32 43',
  },
  'person-question': {
    lines:
      'M20 6a8 8 0 1 0 0 16a8 8 0 1 0 0-16M5 42c0-10 6-14 15-14c3 0 6 0 8 2M33 33c0-7 10-7 10 0c0 4-5 4-5 7M38 44v.1',
  },
  gift: {
    lines: 'M6 15h36v9H6zM9 24v18h30V24M24 15v27M24 15c-9 0-12-4-10-8s9-2 10 8c1-10 8-12 10-8s-1 8-10 8',
  },
  bulb: { lines: 'M18 33c0-5-6-7-6-15a12 12 0 0 1 24 0c0 8-6 10-6 15zM18 38h12M21 43h6' },
  printer: { lines: 'M13 18V5h22v13M13 35H6V18h36v17h-7M13 28h22v15H13zM35 23v.1' },
  words: { lines: 'M6 8h36v26H22l-10 9v-9H6zM14 17h20M14 25h12' },
} as const satisfies Record<string, Drawing>

export type PictogramName = keyof typeof DRAWINGS
