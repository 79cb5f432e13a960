// Finds a browser of the Chromium family on this machine.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
]

/** Path of the first browser found; null where there is none. SUNHALL_CHROMIUM goes first. */
export function findChromium(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const { SUNHALL_CHROMIUM: chosen, PATH = '', PROGRAMFILES, LOCALAPPDATA } = env
  if (chosen !== undefined) return existsSync(chosen) ? chosen : null
  const roots = [PROGRAMFILES, env['PROGRAMFILES(X86)'], LOCALAPPDATA].filter((root) => root !== undefined)
  const candidates =
    platform === 'win32'
      ? roots.flatMap((root) => WINDOWS.map((name) => join(root, name)))
      : PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return candidates.find(existsSync) ?? null
}
