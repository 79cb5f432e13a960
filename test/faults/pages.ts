// Builds the page under fire once, so that each of a thousand starts loads two files.
import { join } from 'node:path'
import { build } from 'vite'

/** Writes page and worker into `folder`. */
export async function buildPages(folder: string): Promise<void> {
  await build({
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, modulePreload: false },
  })
}
