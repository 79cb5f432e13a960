// The table of rooms, held by a machine: every import of our own must be one that the table allows.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parseSync } from 'oxc-parser'
import { expect, it } from 'vitest'

const CONTRACT = 'sync/contract'
const CORE = 'sync/core'
/** What each room may import besides itself. A room inside a folder is named before the folder. */
const ALLOWED: readonly (readonly [room: string, may: readonly string[]])[] = [
  [CONTRACT, []],
  [CORE, [CONTRACT]],
  ['sync/store', [CONTRACT, CORE]],
  ['sync/terminal', [CONTRACT, CORE, 'sync/store/interface.ts']],
  ['sync/publish', [CONTRACT, CORE]],
  ['sync/county', [CONTRACT, CORE, 'sync/publish', 'kiosk-config', 'assets']],
  ['sync/console', [CONTRACT, CORE, 'assets']],
  ['kiosk-config', [CONTRACT, 'assets']],
  ['electron/host', [CONTRACT, CORE, 'kiosk-config']],
  ['electron/shell', [CONTRACT, 'electron/host']],
  ['electron/browser', [CONTRACT, 'electron/host']],
  ['renderer/data', [CONTRACT, CORE, 'sync/store']],
  ['renderer/worker', [CONTRACT, CORE, 'sync/store', 'sync/terminal']],
  ['renderer/navigation', [CONTRACT]],
  ['renderer/text', [CONTRACT, CORE]],
  ['renderer/hall', [CONTRACT, CORE, 'renderer/text', 'renderer/navigation', 'renderer/data', 'assets']],
  ['renderer/screens', [CONTRACT, CORE, 'renderer/data', 'renderer/navigation', 'renderer/hall', 'renderer/text']],
  ['renderer/app', [CONTRACT, CORE, 'sync/store', 'renderer', 'assets']],
]

const posix = (path: string): string => path.split(sep).join('/')
const within = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`)

/** The rule that a file breaks by importing another; null where it breaks none. */
function broken(file: string, target: string): string | null {
  const rule = ALLOWED.find(([room]) => within(file, room))
  if (rule === undefined) return `${file}: its room is not in the table`
  const [room, may] = rule
  const wrong = `${file} imports ${target}`
  if (room === 'renderer/screens') {
    const [own, other] = [file, target].map((path) => path.split('/')[2] ?? '')
    if (within(target, room)) return own === other || other === 'screen.ts' ? null : wrong
  }
  return within(target, room) || may.some((place) => within(target, place)) ? null : wrong
}

function importsOf(file: string): string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
  const said = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest?.value ?? '')),
  ]
  return said
    .filter((path) => path.startsWith('.'))
    .map((path) => posix(relative('.', resolve(join(dirname(file), path)))))
}

it('allows only the imports of the table of rooms', () => {
  const files = globSync('{sync,kiosk-config,electron,renderer}/**/*.{ts,tsx}')
    .map(posix)
    .filter((file) => !/\.test\.tsx?$|\.config\.ts$|\.d\.ts$/.test(file))
  expect(files.length).toBeGreaterThan(200)
  const wrong = files.flatMap((file) => importsOf(file).map((target) => broken(file, target)))
  expect(wrong.filter((one) => one !== null)).toEqual([])
})

it('is written down as it is: each folder of the tree stands in docs/architecture.md, and nothing else does', () => {
  const written = readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `([\w/-]+)` /gm)
  const rooms = [...written].map(([, room]) => room)
  const folders = globSync('{sync,electron,renderer,assets,test}/*/').map(posix)
  expect(rooms.sort()).toEqual([...folders, 'kiosk-config'].sort())
})

it('names a forbidden import', () => {
  expect(broken('sync/core/tree.ts', 'sync/store/pointer.ts')).not.toBeNull()
  expect(broken('renderer/screens/fund/FundScreen.tsx', 'renderer/screens/home/HomeScreen.tsx')).not.toBeNull()
  expect(broken('sync/terminal/load.ts', 'sync/store/pointer.ts')).not.toBeNull()
  expect(broken('sync/store/pointer.ts', 'sync/core/tree.ts')).toBeNull()
})
