// A process that moves the pointer of a distribution again and again: what the test of the lock starts. With "hold" it holds
// the pointer and does nothing, until it is killed.
import { writeSync } from 'node:fs'
import { newSigner } from '../../publish/keys.ts'
import { refreshTimestamp } from '../../publish/tuf.ts'
import { holdingPointer } from './pointer.ts'

const [dist = '', what = ''] = process.argv.slice(2)
const key = newSigner().signer
if (what === 'hold')
  await holdingPointer(dist, async () => {
    writeSync(1, 'held')
    await new Promise((done) => setTimeout(done, 600_000))
  })
for (let times = 0; times < Number(what); times += 1)
  await holdingPointer(dist, () => refreshTimestamp(dist, key, new Date()))
