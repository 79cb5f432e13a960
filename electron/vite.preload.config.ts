// The preload script: a sandboxed one may load nothing else, so it is one CommonJS file. Forge adds the rest.
import { defineConfig } from 'vite'

export default defineConfig({ build: { sourcemap: false } })
