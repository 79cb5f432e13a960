// P4 at the terminal: what was acknowledged is on the disk whole, whatever moment the power goes. Real files; the cut of
// power is a real process that is killed.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_SEALED_BYTES, sealedMessage } from '../../../sync/contract/report.ts'
import { sha256 } from '../hash.ts'
import { openJournal } from './journal.ts'
import { messageOf } from './messages.fixture.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'))
  }
  return 'none'
}

describe('the journal', () => {
  it('has what it kept after a restart, byte for byte', () => {
    const entry = openJournal(folder).add(messageOf(1))
    const again = openJournal(folder)
    expect(again.waiting()).toEqual([entry])
    const text = again.read(entry) ?? ''
    expect(sha256(text)).toBe(entry.sha256)
    expect(sealedMessage.parse(JSON.parse(text))).toEqual(messageOf(1))
  })

  it('takes the same message twice as one', () => {
    const journal = openJournal(folder)
    expect(journal.add(messageOf(1))).toEqual(journal.add(messageOf(1)))
    expect(journal.waiting()).toHaveLength(1)
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('refuses the same id with other content, also after a restart (E-STATE)', () => {
    openJournal(folder).add(messageOf(1))
    expect(codeOf(() => openJournal(folder).add(messageOf(1, 'other')))).toBe('E-STATE')
  })

  it('says that it is full before it takes anything (E-QUOTA), and goes on once something left', () => {
    const journal = openJournal(folder, { messages: 2, bytes: 1_000_000 })
    const first = journal.add(messageOf(1))
    journal.add(messageOf(2))
    expect(codeOf(() => journal.add(messageOf(3)))).toBe('E-QUOTA')
    expect(readdirSync(folder)).toHaveLength(2)
    journal.remove(first)
    expect(journal.add(messageOf(3)).id).toBe(messageOf(3).id)
    expect(codeOf(() => openJournal(folder, { messages: 9, bytes: 3_000 }).add(messageOf(4)))).toBe('E-QUOTA')
  })

  it('refuses a message longer than the largest size class (E-LENGTH)', () => {
    const long = messageOf(1)
    long.sealed.ciphertext = 'c'.repeat(MAX_SEALED_BYTES)
    expect(codeOf(() => openJournal(folder).add(long))).toBe('E-LENGTH')
  })

  it('never hands out a file that is no longer whole, and doesn’t throw it away', () => {
    const journal = openJournal(folder)
    const entry = journal.add(messageOf(1))
    const [name = ''] = readdirSync(folder)
    truncateSync(join(folder, name), 100)
    expect(journal.read(entry)).toBe(null)
    expect(openJournal(folder).waiting()).toEqual([])
    expect(readdirSync(folder)).toEqual([`${name}.damaged`])
  })

  it('clears away what a cut-off write left', () => {
    writeFileSync(join(folder, '.0123456789ab.part'), 'half')
    openJournal(folder)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('P4: a journal killed at any moment', () => {
  it('has each message that was acknowledged and not handed over, whole, and none torn', async () => {
    const kept = new Set<string>()
    const gone = new Set<string>()
    const seed = Date.now() % 2_147_483_647
    for (let round = 0, random = seed, from = 1; round < 12; round += 1, from += 100_000) {
      random = (random * 48_271) % 2_147_483_647
      for (const line of await runUntilKilled(folder, from, 2 + (random % 60))) {
        if (line.startsWith('-')) gone.add(line.slice(1))
        else kept.add(line)
      }
      const journal = openJournal(folder)
      const found = new Map(journal.waiting().map((entry) => [entry.id, journal.read(entry)]))
      const lost = [...kept].filter((id) => !gone.has(id) && !found.has(id))
      expect(lost, `seed ${seed}, round ${round}`).toEqual([])
      for (const [id, text] of found) expect(sealedMessage.parse(JSON.parse(text ?? '')).id, `seed ${seed}`).toBe(id)
    }
    expect(kept.size).toBeGreaterThan(20)
    expect(readdirSync(folder).filter((name) => !name.endsWith('.json'))).toEqual([])
  }, 60_000)
})

/** Lines that a journal's process wrote before it was killed (SIGKILL) after so many of them, at a moment of its own. */
function runUntilKilled(at: string, from: number, lines: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'kill.fixture.ts'), at, String(from)])
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.split('\n').length > lines) child.kill('SIGKILL')
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === null) resolve(text.split('\n').slice(0, -1))
      else reject(new Error(`The journal's process ended with ${code} before it was killed`))
    })
  })
}
