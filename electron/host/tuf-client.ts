// Command line for the public TUF conformance suite (theupdateframework/tuf-conformance, CLIENT-CLI.md): the host's own
// trust code against the suite's repositories. Exit code 0 or 1; the trusted metadata lies in --metadata-dir as
// root.json, timestamp.json, snapshot.json and targets.json.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { TargetFile } from 'tuf-js'
import { codeOf, messageOf, SunhallError } from '../../sync/contract/errors.ts'
import { readIfThere, writeWhole } from './files.ts'
import { httpSource } from './source.ts'
import { type Update, updateTrust } from './trust/updater.ts'

const HELP = `Usage: npm run tuf-client -- --metadata-dir DIR [--metadata-url URL] COMMAND
  init TRUSTED_ROOT     trust this root.json
  refresh               update the metadata
  download              with --target-name NAME --target-base-url URL --target-dir DIR; several names, one client
Example: npm run tuf-client -- --metadata-dir /tmp/m --metadata-url http://127.0.0.1:8080/metadata refresh`

interface Options {
  metadataDir: string
  metadataUrl: string
  targetNames: readonly string[]
  targetBaseUrl: string
  targetDir: string
}

/** Runs one command of the suite's protocol; `print` gets the help. Errors: E-INPUT and whatever trust refuses. */
export async function runTufClient(
  args: readonly string[],
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      'metadata-dir': { type: 'string' },
      'metadata-url': { type: 'string' },
      'target-name': { type: 'string', multiple: true },
      'target-base-url': { type: 'string' },
      'target-dir': { type: 'string' },
    },
  })
  if (values.help) return print(`${HELP}\n`)
  const need = <N extends Exclude<keyof typeof values, 'help'>>(name: N): NonNullable<(typeof values)[N]> => {
    const value = values[name]
    if (value === undefined) throw new SunhallError('E-INPUT', `Expected --${name}, got none\n${HELP}`)
    return value
  }
  const [command, trustedRoot] = positionals
  const metadataDir = need('metadata-dir')
  if (command === 'init' && trustedRoot !== undefined) {
    writeWhole(join(metadataDir, 'root.json'), readFileSync(trustedRoot))
  } else if (command === 'refresh') {
    await update({ metadataDir, metadataUrl: need('metadata-url') }, async () => undefined)
  } else if (command === 'download') {
    const more = { targetNames: need('target-name'), targetBaseUrl: need('target-base-url') }
    await download({ metadataDir, metadataUrl: need('metadata-url'), targetDir: need('target-dir'), ...more })
  } else {
    throw new SunhallError('E-INPUT', `Expected init ROOT, refresh or download, got ${command ?? 'nothing'}\n${HELP}`)
  }
}

function update<T>(
  options: Pick<Options, 'metadataDir' | 'metadataUrl'>,
  then: (update: Update) => Promise<T>,
): Promise<T> {
  const source = httpSource(options.metadataUrl, Date.now)
  const request = { folder: options.metadataDir, source, now: null, metadataUrl: options.metadataUrl }
  return updateTrust({ ...request, toPath: (url) => url, maxTargetBytes: Number.MAX_SAFE_INTEGER }, then)
}

/** All names are looked up by one client: what one of them led to is no word for another (5.6.7). The first failure ends it. */
async function download(options: Options): Promise<void> {
  await update(options, async (trust) => {
    for (const name of options.targetNames) await downloadOne(trust, name, options)
  })
}

async function downloadOne(trust: Update, name: string, { targetDir, targetBaseUrl }: Options): Promise<void> {
  const target = await trust.find(name)
  if (target === null) throw new SunhallError('E-MISSING', `Expected target ${name}, got none named`)
  // The name is encoded, so that no target path leaves the folder.
  const file = join(targetDir, encodeURIComponent(name).replaceAll('.', '%2E'))
  if (await isCached(target, file)) return
  mkdirSync(targetDir, { recursive: true })
  writeWhole(file, await trust.download(target, targetBaseUrl))
}

/** An artifact that is there already with the signed hashes isn't fetched again. */
async function isCached(target: TargetFile, file: string): Promise<boolean> {
  const bytes = readIfThere(file)
  if (bytes === null) return false
  return target.verify(Readable.from([bytes])).then(
    () => true,
    () => false,
  )
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  runTufClient(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${codeOf(error, 'E-INPUT')}: ${messageOf(error)}\n`)
    process.exitCode = 1
  })
}
