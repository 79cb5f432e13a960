// What "publish" does in a practice office: builds, proves, signs and publishes at once, and says that nobody has looked.
import { actorFor } from '../accounts/actor.ts'
import { readRing } from '../keys/keys.ts'
import { passphraseOf } from '../keys/passphrase.ts'
import { needsPassphrase } from '../keys/root.ts'
import { heldBack } from '../release/held-back.ts'
import { publishOffice } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { localDay } from '../release/today.ts'
import { afterPublication } from './after-publication.ts'
import { textOption, type VerbContext } from './verb.ts'

export async function practicePublish(context: VerbContext): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say, warn } = context
  warn('Warning: no second person has looked at this release; every figure in it is marked as not reviewed')
  const before = publishedRelease(office.dist)?.record
  const source = { file: textOption(values, 'passphrase-file'), environment: process.env.SUNHALL_PASSPHRASE }
  const passphrase = needsPassphrase(office) ? await passphraseOf(source, false) : null
  const { name: by } = await actorFor(context)
  const { record, figures, proof } = await publishOffice(office, now, localDay(now), by, passphrase)
  if (before?.root === record.root) warn(`Notice: nothing has changed since release ${before.number}`)
  say(
    `Release ${record.number} is published: ${figures.rows} rows in ${figures.blocks} blocks, ${figures.wireBytes} bytes of packs, root ${record.root}`,
  )
  say(`${figures.ms} ms to build, write and sign; ${proof.ms} ms to prove`)
  if (figures.missingCharacters.length > 0)
    warn(
      `Notice: the shipped fonts lack ${figures.missingCharacters.length} characters: ${figures.missingCharacters.slice(0, 40).join('')}`,
    )
  const held = await heldBack(await office.books())
  if (held.entriesWithoutOpening > 0)
    warn(
      `Notice: ${held.entriesWithoutOpening} ledger entries of ${held.villages} villages are not in it: no month up to theirs has an opening balance`,
    )
  const sampleKeys = readRing(office.keys).sample
  const { number, root, datasets } = record
  const after = await afterPublication(context, { number, withdraws: [] }, by)
  return {
    ok: true,
    release: number,
    root,
    datasets,
    sample: record.sample,
    sampleKeys,
    reviewed: false,
    figures,
    heldBack: held,
    proofMs: proof.ms,
    dist: office.dist,
    ...after,
  }
}
