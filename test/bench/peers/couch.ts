// An express-pouchdb with the bench's rows, in a process of its own: node couch.ts FOLDER ROWS. Serves the built page too,
// so that all is one origin. POST /change/N brings its rows to release N. Says its port.
/// <reference path="./peers.d.ts" />
import express from 'express'
import expressPouchDB from 'express-pouchdb'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import mapreduce from 'pouchdb-mapreduce'
import { sendJson, servePages } from '../bench-page.ts'
import { benchCounty, changedRows, rowsOf } from '../store/releases.ts'
import type { StoreRow } from '../store/row.ts'
import { wireSteps } from '../wire/releases.ts'

const county = benchCounty(Number(process.argv[3]))
const steps = wireSteps(county)
const Memory = PouchDB.plugin(memory).plugin(mapreduce).defaults({ adapter: 'memory' })
const rows = new Memory('rows')
for (const village of county.villages) await rows.bulkDocs(rowsOf(county, [], village).map(documentOf))

function documentOf(row: StoreRow): object {
  return { ...row, _id: String(row.id) }
}

let turns = 0
/** The same rows each time, whichever line is measured; their amounts are others each time. */
async function change(number: number): Promise<number> {
  turns += 1
  const changed = changedRows(county, steps, number)
  const { rows: known } = await rows.allDocs({ keys: changed.map(({ id }) => String(id)), include_docs: true })
  await rows.bulkDocs(known.map(({ doc }, at) => ({ ...doc, amount: (changed[at]?.amount ?? 0) + turns })))
  return changed.length
}

const app = express()
app.use('/couch', expressPouchDB(Memory, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }))
const { port } = await servePages(process.argv[2] ?? '', (path, request, response) => {
  if (path.startsWith('/couch/')) app(request, response)
  else if (path.startsWith('/change/')) {
    change(Number(path.slice('/change/'.length))).then(
      (changed) => sendJson(response, changed),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  } else return false
  return true
})
console.log(`Serving at ${port}`)
