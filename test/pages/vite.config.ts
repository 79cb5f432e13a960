// Serves the developer's page: screens over invented data, never part of the product. `vite --config test/pages/vite.config.ts`
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  server: { fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] } },
  build: { outDir: fileURLToPath(new URL('../../dist/pages', import.meta.url)), emptyOutDir: true },
})
