// Finds sticks and folders that hold a config or a release.
import { existsSync, readdirSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { CONFIG_FILE, ROOT_FILE } from '../../kiosk-config/load.ts'

export interface FoundFolder {
  folder: string
  config: boolean
  release: boolean
}

/** Where this operating system mounts sticks. */
export function stickPlaces(): string[] {
  if (process.platform === 'win32') return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`)
  const { username } = userInfo()
  return [`/media/${username}`, `/run/media/${username}`, '/media', '/mnt', join(homedir(), 'sunhall-usb')]
}

/** Looks into the places and two levels below them: the stick itself, and a folder on it. */
export function findFolders(places: readonly string[]): FoundFolder[] {
  const near = places.flatMap((place) => [place, ...below(place), ...below(place).flatMap(below)])
  return [...new Set(near)].map(lookInto).filter(({ config, release }) => config || release)
}

export function lookInto(folder: string): FoundFolder {
  return {
    folder,
    config: existsSync(join(folder, CONFIG_FILE)) && existsSync(join(folder, ROOT_FILE)),
    release: existsSync(join(folder, 'metadata', 'timestamp.json')),
  }
}

function below(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    return entries.slice(0, 100).map((entry) => join(folder, entry.name))
  } catch {
    return []
  }
}
