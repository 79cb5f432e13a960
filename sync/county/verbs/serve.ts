// serve: the published files over HTTP, until Ctrl-C.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import { signer } from '../keys/root.ts'
import { serveOffice } from '../serve/server.ts'
import { textOption, type Verb } from './verb.ts'

const DEFAULT_PORT = '8431'

export const serveVerb: Verb = {
  name: 'serve',
  usage: 'serve [--port N] [--host ADDRESS]',
  summary: 'serves the published files to terminals and signs the timestamp daily, until Ctrl-C',
  example: 'county serve --host 0.0.0.0 --port 8080',
  options: {
    port: { type: 'string', help: `port (default ${DEFAULT_PORT}; 0 takes a free one and says which)` },
    host: { type: 'string', help: 'address to listen on (default 127.0.0.1: this machine only)' },
  },
  positionals: { min: 0, max: 0 },
  async run({ office, values, say, warn }) {
    const port = portOption(textOption(values, 'port') ?? DEFAULT_PORT)
    const serving = await serveOffice({
      dist: office.dist,
      host: textOption(values, 'host') ?? '127.0.0.1',
      port,
      timestampKey: existsSync(join(office.keys, 'timestamp.pem')) ? () => signer(office, 'timestamp') : null,
      now: () => new Date(),
      log: values.verbose === true ? warn : null,
      warn,
    })
    say(`Serving ${office.dist} at ${serving.url} (Ctrl-C ends)`)
    // With --json the one line comes at once: whoever started this waits for it.
    if (values.json === true)
      process.stdout.write(`${JSON.stringify({ ok: true, url: serving.url, port: serving.port })}\n`)
    await new Promise<void>((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
    })
    await serving.close()
    return { ok: true, url: serving.url, port: serving.port, ended: true }
  },
}

function portOption(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new SunhallError('E-INPUT', `Expected --port from 0 to 65535, got "${text}"`)
}
