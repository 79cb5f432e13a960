// The page inside the package: built exactly as for the other homes, only put where Forge packages it.
import { resolve } from 'node:path'
import { defineConfig, loadConfigFromFile, mergeConfig } from 'vite'

export default defineConfig(async (env) => {
  const file = resolve('renderer/vite.config.ts')
  const page = await loadConfigFromFile(env, file)
  if (page === null) throw new Error(`Expected the page's build at ${file}, got none`)
  const outDir = resolve('.vite/renderer/main_window')
  // Files lie below app://kiosk/, as they lie below the root of the other homes.
  return mergeConfig(page.config, { base: '/', build: { outDir, emptyOutDir: true } })
})
