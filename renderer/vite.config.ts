// Builds the page for all three homes: relative addresses, nothing inline, only woff2 of the faces, and after the build
// the two service workers: sw.js (precache, http homes) and watch.js (tells of a changed package, Electron).
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { generateSW } from 'workbox-build'

/** The faces' style sheets offer woff beside woff2; every engine of ours reads woff2. No text waits in another face. */
function slimFaces(): Plugin {
  return {
    name: 'sunhall-slim-faces',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@fontsource') || !id.split('?')[0]?.endsWith('.css')) return null
      const slim = code.replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, '')
      return slim.replaceAll('font-display: swap', 'font-display: block')
    },
  }
}

const MIB = 1024 * 1024

/** sw.js never answers for `/county/` and `/host/`: they aren't in the precache, and no address falls back for them. */
async function writePrecache(folder: string): Promise<void> {
  const { warnings } = await generateSW({
    globDirectory: folder,
    globPatterns: ['**/*.{html,js,css,woff2,svg,webmanifest}'],
    globIgnores: ['sw.js', 'watch.js'],
    swDest: join(folder, 'sw.js'),
    mode: 'production',
    sourcemap: false,
    inlineWorkboxRuntime: true,
    skipWaiting: false,
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    ignoreURLParametersMatching: [/^lang$/],
    navigateFallback: 'index.html',
    navigateFallbackDenylist: [/^\/county\//, /^\/host\//],
    dontCacheBustURLsMatching: /\/assets\//,
    maximumFileSizeToCacheInBytes: 8 * MIB,
  })
  if (warnings.length > 0) throw new Error(`Expected a precache without warnings, got: ${warnings.join('; ')}`)
}

/** A worker that caches nothing: its bytes change with the page's, so that a changed package is noticed. */
function writeWatch(folder: string): void {
  const build = createHash('sha256')
    .update(readFileSync(join(folder, 'index.html')))
    .digest('hex')
    .slice(0, 16)
  writeFileSync(
    join(folder, 'watch.js'),
    `// The packaged page: ${build}\nself.addEventListener('install', () => self.skipWaiting())\n`,
  )
}

function serviceWorkers(): Plugin {
  const place = { outDir: '' }
  return {
    name: 'sunhall-service-workers',
    apply: 'build',
    configResolved(config) {
      // Vite builds the sync worker with a configuration of its own; only the page's counts.
      place.outDir = join(config.root, config.build.outDir.startsWith('/') ? '' : config.build.outDir)
      if (config.build.outDir.startsWith('/')) place.outDir = config.build.outDir
    },
    async closeBundle() {
      writeWatch(place.outDir)
      await writePrecache(place.outDir)
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [slimFaces(), react(), serviceWorkers()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome120',
    // Fonts and pictures stay files: the policy allows nothing inline.
    assetsInlineLimit: 0,
    // One sheet: a piece of code that is fetched again must not come without its colours.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1_500,
    modulePreload: { polyfill: false },
  },
})
