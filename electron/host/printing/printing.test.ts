// CUPS stood in for by two programs that write down what they were given: no machine of ours has a receipt printer.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'qrcode'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Commands, openPrinter, slipPicture, slipText } from './printing.ts'

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
    // The text and the picture are two calls: the second one's papers carry a 2.
    lp: program(
      'lp',
      `n=; [ -e ${join(folder, 'slip')} ] && n=2
printf '%s\\n' "$@" > ${join(folder, 'args')}$n; cat > ${join(folder, 'slip')}$n; exit ${exit}`,
    ),
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

  it('prints the receipt number as a QR code after the text, as the screen shows it', async () => {
    const printer = openPrinter(commands('POS58\\n'))
    await printer.look()
    await printer.print(slip('凭条'))
    expect(readFileSync(join(folder, 'slip'), 'utf8')).toBe('凭条\n\n\n')
    expect(readFileSync(join(folder, 'args2'), 'utf8')).toContain('-o\nppi=203\n')
    const picture = readFileSync(join(folder, 'slip2'))
    const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true })
    // The same squares as the screen's (QrCode.tsx), read from the middle of each.
    const { size, data: squares } = create('0123456789A', { errorCorrectionLevel: 'M' }).modules
    const dark = (x: number, y: number) => (data[((y + 4) * 8 + 4) * info.width + (x + 4) * 8 + 4] ?? 255) < 128
    const read = Array.from(squares, (_, at) => (dark(at % size, Math.floor(at / size)) ? 1 : 0))
    expect(info.width).toBe((size + 8) * 8)
    expect(read).toEqual(Array.from(squares, Number))
    expect(dark(-4, -4)).toBe(false)
  })

  it('counts a slip as printed where only its picture is refused', async () => {
    const printing = commands('POS58\\n')
    writeFileSync(printing.lp, `#!/bin/sh\ncase "$*" in *ppi=*) exit 1;; esac\ncat > ${join(folder, 'slip')}\n`)
    const printer = openPrinter(printing)
    await printer.look()
    await printer.print(slip('凭条'))
    expect(readFileSync(join(folder, 'slip'), 'utf8')).toContain('凭条')
    expect((await slipPicture(slip('凭条'))).subarray(1, 4).toString()).toBe('PNG')
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
