// A process that keeps messages in a journal as fast as it can and says on standard output which are kept, until it is
// killed: what the test of P4 starts.
import { writeSync } from 'node:fs'
import { openJournal } from './journal.ts'
import { messageOf } from './messages.fixture.ts'

const [folder = '', from = '0'] = process.argv.slice(2)
const journal = openJournal(folder)
for (let number = Number(from); ; number += 1) {
  const message = messageOf(number)
  journal.add(message)
  // As the page's receipt: only after the message is kept.
  writeSync(1, `${message.id}\n`)
  // Every third is delivered at once, so that removals are cut off too.
  const entry = journal.waiting().find(({ id }) => id === message.id)
  if (number % 3 === 0 && entry !== undefined) {
    writeSync(1, `-${message.id}\n`)
    journal.remove(entry)
  }
}
