// The office's own web server over a folder of files, in a process of its own: node serve-dist.ts FOLDER. Says its address.
import { serveOffice } from '../../../sync/county/serve/server.ts'

const { url } = await serveOffice({
  dist: process.argv[2] ?? '',
  host: '127.0.0.1',
  port: 0,
  timestampKey: null,
  now: () => new Date(),
  log: null,
  warn: (line) => process.stderr.write(`${line}\n`),
})
console.log(`Serving at ${url}`)
