// One publication of the small county in a process of its own, for tests that kill it: node publish-once.ts FOLDER KEYS
// KEYS: PKCS8 PEM files root.json, release.pem and timestamp.pem lie there.
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishedRecord } from '../../sync/publish/export.ts'
import { signerOf } from '../../sync/publish/keys.ts'
import { publishRelease } from '../../sync/publish/publish.ts'
import { changedCounty, smallSource } from './small-source.ts'

const [dist = '', keys = ''] = process.argv.slice(2)
const signer = (name: string) => signerOf(createPrivateKey(readFileSync(join(keys, `${name}.pem`))))
const previous = publishedRecord(dist)
const small = changedCounty()
const row = small.villages.get('431225204200')?.payments[0]
// Another amount in each release, so that no two have the same root.
if (row !== undefined) row.amount += 100 * previous.number
process.stdout.write('publishing\n')
await publishRelease({
  source: smallSource(small),
  dist,
  keys: {
    root: readFileSync(join(keys, 'root.json'), 'utf8'),
    release: signer('release'),
    timestamp: signer('timestamp'),
  },
  number: previous.number + 1,
  previous,
  now: new Date(),
})
process.stdout.write('published\n')
