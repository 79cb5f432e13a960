// P4 as a property: whatever order of presses, deliveries, lost requests, lost receipts and restarts of either side, each
// message whose receipt was shown is in the inbox exactly once in the end, and the journal is empty. Real files, a real
// database; only the line between the two is a function.
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deliver } from '../../electron/host/journal/delivery.ts'
import { type Journal, openJournal } from '../../electron/host/journal/journal.ts'
import { messageOf } from '../../electron/host/journal/messages.fixture.ts'
import type { HandOver } from '../../sync/contract/inbox.ts'
import { receiptSigner } from '../../sync/county/inbox/receipts.ts'
import { takeBatch } from '../../sync/county/inbox/take.ts'
import { openService, type Service } from '../../sync/county/service/service.ts'
import { keyIdOf, publicHexOf } from '../../sync/publish/keys.ts'

type Step = { do: 'press'; number: number } | { do: 'deliver'; line: 'good' | 'lost' | 'receipts lost' } | { do: 'cut' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('press' as const), number: fc.nat(9) }),
  fc.record({ do: fc.constant('deliver' as const), line: fc.constantFrom('good', 'lost', 'receipts lost') }),
  fc.record({ do: fc.constant('cut' as const) }),
)
const { privateKey } = generateKeyPairSync('ed25519')
const publicHex = publicHexOf(createPublicKey(privateKey))
const NOW = new Date('2026-11-24T01:00:00Z')

function handOver(journal: Journal, service: Service, line: 'good' | 'lost' | 'receipts lost') {
  return deliver({
    journal,
    terminal: () => 'HT-07',
    officeKey: () => ({ keyid: keyIdOf(publicHex), publicHex }),
    random: () => 0.5,
    log: () => undefined,
    changed: () => undefined,
    async send(batch: HandOver) {
      if (line === 'lost') throw new Error('The line is cut')
      const answer = await takeBatch(service, batch, receiptSigner(privateKey), NOW)
      if (line === 'receipts lost') throw new Error('The line is cut')
      return answer
    },
  })
}

test('P4: any sequence of presses, cuts and restarts delivers each message exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'sunhall-sequence-'))
      let journal = openJournal(join(folder, 'journal'))
      let service = await openService(join(folder, 'service.sqlite'))
      const shown = new Set<string>()
      try {
        for (const one of steps) {
          if (one.do === 'press') shown.add(journal.add(messageOf(one.number)).id)
          else if (one.do === 'deliver') await handOver(journal, service, one.line)
          else {
            await service.destroy()
            journal = openJournal(join(folder, 'journal'))
            service = await openService(join(folder, 'service.sqlite'))
          }
        }
        await handOver(journal, service, 'good')
        const kept = await service.selectFrom('messages').select('id').orderBy('id').execute()
        expect(kept.map(({ id }) => id)).toEqual([...shown].sort())
        expect(journal.waiting()).toEqual([])
      } finally {
        await service.destroy()
        rmSync(folder, { recursive: true, force: true })
      }
    }),
    { numRuns: 12 },
  )
}, 120_000)
