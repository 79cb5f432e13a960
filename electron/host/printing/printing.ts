// Slips on a receipt printer through CUPS, where there is one: `lpstat -e` says whether, `lp` prints plain text. Both
// are run without a shell, the text goes by standard input, and nothing of it is kept or logged here (P6).
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
      try {
        await run(commands.lp, ['-s', '-d', destination, '-t', 'sunhall', '-o', 'job-sheets=none'], slipText(slip))
      } catch (cause) {
        throw new SunhallError(
          'E-SERVER',
          'Expected the printer to take a slip, got a refusal; look at paper and lid',
          {
            cause,
          },
        )
      }
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

function run(command: string, args: readonly string[], input = ''): Promise<string> {
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
