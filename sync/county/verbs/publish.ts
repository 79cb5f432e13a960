// publish and releases: from the office's data to a signed release.
import { hasKeys, readRing } from '../keys/keys.ts'
import { passphraseOf } from '../keys/passphrase.ts'
import { makeCountyKeys, needsPassphrase } from '../keys/root.ts'
import { heldBack } from '../release/held-back.ts'
import { publishedRelease } from '../release/published.ts'
import { localDay } from '../release/today.ts'
import { textOption, type Verb } from './verb.ts'

export const publishVerb: Verb = {
  name: 'publish',
  usage: 'publish [--by NAME]',
  summary: 'builds a release from what the office holds, proves that nothing private is in it, signs it into DIR/dist',
  example: 'county publish --by 李示例',
  options: {
    by: { type: 'string', help: 'who publishes' },
    'passphrase-file': { type: 'string', help: "file with the release key's passphrase (or SUNHALL_PASSPHRASE)" },
  },
  positionals: { min: 0, max: 0 },
  async run({ office, values, now, say, warn }) {
    const { publishOffice } = await import('../release/publish-office.ts')
    if (!hasKeys(office.keys)) {
      makeCountyKeys(office, true, now)
      warn(
        `Notice: there were no keys, so sample keys were made in ${office.keys}; packages built for production refuse them`,
      )
    }
    warn('Warning: no second person has looked at this release; every figure in it is marked as not reviewed')
    const before = publishedRelease(office.dist)?.record
    const source = { file: textOption(values, 'passphrase-file'), environment: process.env.SUNHALL_PASSPHRASE }
    const passphrase = needsPassphrase(office) ? await passphraseOf(source, false) : null
    const by = textOption(values, 'by') ?? ''
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
    const held = heldBack(office.database)
    if (held.entriesWithoutOpening > 0)
      warn(
        `Notice: ${held.entriesWithoutOpening} ledger entries of ${held.villages} villages are not in it: no month up to theirs has an opening balance`,
      )
    const sampleKeys = readRing(office.keys).sample
    const { number, root, datasets } = record
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
    }
  },
}

export const releasesVerb: Verb = {
  name: 'releases',
  usage: 'releases',
  summary: 'lists the releases published so far',
  example: 'county releases',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ office, say }) {
    const { listReleases } = await import('../release/publish-office.ts')
    const releases = listReleases(office)
    for (const { number, signedAt, dataUntil, root, sample } of releases) {
      say(`${number}\t${signedAt}\tdata until ${dataUntil}\t${root.slice(0, 16)}…${sample ? '\tsample data' : ''}`)
    }
    if (releases.length === 0) say('Nothing is published yet')
    return { ok: true, releases }
  },
}
