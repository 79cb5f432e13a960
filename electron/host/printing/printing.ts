// Slips on a receipt printer through CUPS, where there is one: `lpstat -e` says whether, `lp` prints first the text, then
// the QR code of the receipt number as a picture (CUPS tells them apart by their content). All are run without a shell,
// what is printed goes by standard input, and nothing of it is kept or logged here (P6).
import { execFile } from 'node:child_process'
import { messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import type { PrintRequest } from '../../../sync/contract/report.ts'

export interface Printer {
  /** True where a printer was found at the last look. */
  available(): boolean
  /** Looks for a printer. Never throws: no CUPS is no printer. */
  look(): Promise<boolean>
  /** Errors: E-STATE without a printer, E-SERVER where the printer refuses. */
  print(slip: PrintRequest): Promise<void>
}
export interface Commands {
  lpstat: string
  lp: string
}

/** Ms for CUPS to answer. */
const TIMEOUT_MS = 10_000
/** Dots per inch of a receipt printer (8 a mm), so that the code comes out in its size and not as wide as the paper. */
const QR_PPI = 203
/** A destination as CUPS names one; it never begins with a dash, so that it can't be taken for an option. */
const DESTINATION = /^[\w.][\w.-]{0,126}$/

/** Finds programs on the PATH; tests give their own. */
export function openPrinter(commands: Commands = { lpstat: 'lpstat', lp: 'lp' }): Printer {
  let destination: string | null = null
  return {
    available: () => destination !== null,
    async look() {
      const listed = await run(commands.lpstat, ['-e']).catch(() => '')
      destination = listed.split('\n').find((line) => DESTINATION.test(line)) ?? null
      return destination !== null
    },
    async print(slip) {
      if (destination === null)
        throw new SunhallError('E-STATE', 'Expected a printer, got none; plug it in and restart the terminal')
      const job = ['-s', '-d', destination, '-t', 'sunhall', '-o', 'job-sheets=none']
      try {
        await run(commands.lp, job, slipText(slip))
      } catch (cause) {
        const refused = 'Expected the printer to take a slip, got a refusal; look at paper and lid'
        throw new SunhallError('E-SERVER', refused, { cause })
      }
      // The number is on paper by now: a printer without pictures has printed a slip all the same.
      await run(commands.lp, [...job, '-o', `ppi=${QR_PPI}`], await slipPicture(slip)).catch(() => undefined)
    },
  }
}

/** The lines as text. Control characters go: to a receipt printer they are commands. Large lines stand alone. */
export function slipText({ lines }: PrintRequest): string {
  const text = lines.map(({ text: line, large }) => {
    const plain = line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').trimEnd()
    return large ? `\n${plain}\n` : plain
  })
  return `${text.join('\n')}\n\n\n`
}

/** PNG of the QR code: squares of 8 dots and the quiet zone of four squares that ISO/IEC 18004 asks for; 29 mm wide. */
export async function slipPicture({ qr }: PrintRequest): Promise<Buffer> {
  const { toBuffer } = await import('qrcode')
  return toBuffer(qr, { type: 'png', errorCorrectionLevel: 'M', margin: 4, scale: 8 })
}

function run(command: string, args: readonly string[], input: string | Buffer = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args], { timeout: TIMEOUT_MS, env: plainEnvironment() }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(new Error(messageOf(error)))
    })
    // A program that ends early closes its input; its exit code says why.
    child.stdin?.on('error', () => undefined).end(input)
  })
}

/** English answers, and CUPS's own choice of a server. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C.UTF-8' }
}
