// Runs before every script: fails clearly under the wrong Node, or when `npm run setup` hasn't been run.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (!(major > 24 || (major === 24 && minor >= 15))) {
  console.error(
    `Expected Node 24.15 or later, got ${process.versions.node}. Run \`npm run setup\`: it installs Node 24 into this folder. Where there is none for this machine, install Node 24 yourself`,
  )
  process.exit(1)
}
if (!existsSync(new URL('../node_modules/vite', import.meta.url))) {
  console.error('This folder has not been set up yet. Run `npm run setup` (or `npm start`, which does it for you)')
  process.exit(1)
}
