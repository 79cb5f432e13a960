// CUPS stood in for by two programs that write down what they were given: no machine of ours has a receipt printer.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Commands, openPrinter, slipText } from './printing.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-print-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function commands(listed: string, exit = 0): Commands {
  const program = (name: string, body: string): string => {
    const file = join(folder, name)
    writeFileSync(file, `#!/bin/sh\n${body}\n`)
    chmodSync(file, 0o755)
    return file
  }
  return {
    lpstat: program('lpstat', `printf '%b' '${listed}'`),
    lp: program('lp', `printf '%s\\n' "$@" > ${join(folder, 'args')}; cat > ${join(folder, 'slip')}; exit ${exit}`),
  }
}
const slip = (text: string) => ({ lines: [{ text, large: false }], qr: '0123456789A' })

describe('printing', () => {
  it('finds no printer where CUPS isn’t installed, and refuses to print', async () => {
    const printer = openPrinter({ lpstat: join(folder, 'nothing'), lp: join(folder, 'nothing') })
    expect(await printer.look()).toBe(false)
    await expect(printer.print(slip('凭条'))).rejects.toMatchObject({ code: 'E-STATE' })
  })

  it('hands the text to the first printer by standard input, and never to a shell', async () => {
    const printer = openPrinter(commands('-o evil\\nPOS58\\nother\\n'))
    expect(await printer.look()).toBe(true)
    await printer.print(slip(`'; touch ${join(folder, 'broken-in')}; $(id) \`id\``))
    expect(readFileSync(join(folder, 'args'), 'utf8')).toContain('-d\nPOS58\n')
    expect(readFileSync(join(folder, 'slip'), 'utf8')).toContain("'; touch")
    expect(existsSync(join(folder, 'broken-in'))).toBe(false)
  })

  it('says so where the printer refuses', async () => {
    const printer = openPrinter(commands('POS58\\n', 1))
    await printer.look()
    await expect(printer.print(slip('凭条'))).rejects.toMatchObject({ code: 'E-SERVER' })
  })

  it('takes a printer’s commands out of the text', () => {
    expect(slipText(slip('编号\u001b@0123\u202e'))).toBe('编号 @0123\n\n\n')
  })
})
