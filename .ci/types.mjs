// One tsconfig per runtime: a Node global in page code is a type error, and the reverse.
import { spawnSync } from 'node:child_process'

let failed = false
for (const runtime of ['pure', 'node', 'page', 'test']) {
  const run = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `.ci/tsconfig.${runtime}.json`], {
    stdio: 'inherit',
  })
  if (run.status !== 0) failed = true
}
process.exit(failed ? 1 : 0)
