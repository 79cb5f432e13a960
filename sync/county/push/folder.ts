// Another web server's folder as a store (a mounted disk or share): each file is written aside and renamed, so that whoever
// fetches gets the old one or the new one.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { writeWhole } from '../../publish/files.ts'
import type { Store, Stored } from './store.ts'

export class FolderStore implements Store {
  readonly name: string

  constructor(folder: string) {
    this.name = folder
  }

  async list(): Promise<ReadonlyMap<string, Stored>> {
    const found = new Map<string, Stored>()
    if (!existsSync(this.name)) return found
    for (const entry of readdirSync(this.name, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath, entry.name)
      const path = relative(this.name, file).split(sep).join('/')
      found.set(path, {
        size: statSync(file).size,
        md5: () => createHash('md5').update(readFileSync(file)).digest('hex'),
      })
    }
    return found
  }

  async put(path: string, body: Uint8Array): Promise<void> {
    writeWhole(this.name, path, body)
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      rmSync(join(this.name, path), { force: true })
      removeEmpty(this.name, dirname(path))
    }
  }

  close(): void {}
}

/** Folders that held nothing else: a withdrawn release's name shouldn't stay behind either. */
function removeEmpty(top: string, folder: string): void {
  if (folder === '.' || readdirSync(join(top, folder)).length > 0) return
  rmdirSync(join(top, folder))
  removeEmpty(top, dirname(folder))
}
