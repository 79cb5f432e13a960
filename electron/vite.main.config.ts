// Electron's main process: everything in one file, so that the package holds no node_modules. Forge adds the rest.
import { defineConfig } from 'vite'

export default defineConfig({
  // A package is production's, and refuses sample keys, unless it is built for trying out (SUNHALL_SAMPLE=1).
  define: { SUNHALL_PRODUCTION: JSON.stringify(process.env.SUNHALL_SAMPLE !== '1') },
  build: { target: 'node24', sourcemap: false, rolldownOptions: { output: { codeSplitting: false } } },
})
