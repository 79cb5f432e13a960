// npm run bench: measures the product beside its peers and prints tables. It never fails on a figure: a shared machine is
// no place for a timed test. What each line means: docs/performance.md.
import { writeFileSync } from 'node:fs'
import { SunhallError } from '../../sync/contract/errors.ts'
import { type Chapter, HELP, type Order, readOrder } from './command.ts'
import { finished, machineNow } from './machine.ts'
import type { Measured } from './measured.ts'
import { benchImport } from './office/import.bench.ts'
import { benchMatch } from './office/match.bench.ts'
import { benchOffice } from './office/office.bench.ts'
import { say } from './say.ts'
import { benchScreen } from './screen/screen.bench.ts'
import { benchStore } from './store/store.bench.ts'
import { tablesOf } from './table.ts'
import { benchWire } from './wire/wire.bench.ts'

const RUN: Record<Chapter, (order: Order) => Promise<Measured>> = {
  store: benchStore,
  wire: benchWire,
  office: benchOffice,
  screen: benchScreen,
  import: benchImport,
  match: benchMatch,
}

async function main(order: Order): Promise<void> {
  const machine = machineNow()
  console.log(
    `${machine.at}, ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, Node ${machine.node}, ${machine.browser}, load ${machine.loadBefore} before`,
  )
  const measured: Measured = { results: [], versions: {} }
  for (const chapter of order.chapters) {
    const found = await RUN[chapter](order)
    measured.results.push(...found.results)
    Object.assign(measured.versions, found.versions)
    console.log(`\n${tablesOf(chapter, found.results)}`)
  }
  const after = finished(machine, measured.versions)
  console.log(`\n${JSON.stringify(after.versions)}\nload ${after.loadAfter} at the end`)
  // One run's file names what is in it exactly; a chapter that fails leaves none.
  if (order.json !== null)
    writeFileSync(order.json, `${JSON.stringify({ machine: after, results: measured.results })}\n`)
}

try {
  const order = readOrder(process.argv.slice(2))
  if (order === null) console.log(HELP)
  else await main(order)
} catch (error) {
  if (!(error instanceof SunhallError)) throw error
  say(`${error.code}: ${error.message}`)
  process.exitCode = 1
}
