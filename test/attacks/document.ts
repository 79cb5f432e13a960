// Prints docs/attacks.md from the cases and the table:
//   node test/attacks/document.ts > docs/attacks.md
import { pathToFileURL } from 'node:url'
import { CASES } from './cases.ts'
import { GROUPS } from './table.ts'

const HEAD = `# Attacks · 攻击与故障一览

Made from \`test/attacks\` by \`node test/attacks/document.ts > docs/attacks.md\`; a test fails where it is older than the
tables, where a named test isn't there, and where a test of the public suite has no case. Clauses are those of the
[TUF specification](https://theupdateframework.github.io/specification/latest/) 1.0.31 (numbers), of its proposals (TAP),
or the promises P1–P10 of the design. Codes are in [errors.md](errors.md).

Whatever the line: what is refused never replaces the release on the screen, which stays whole; the code and a sentence
that says what to do stand in the technician's view and in the log, and go to the office with the next heartbeat.

无论哪一行：被拒绝的内容绝不替换屏幕上正在显示的那一期；代码和该怎么办写在维护页和日志里，并随心跳报给县办公室。

`

const CONFORMANCE = `## Conformance: the public suite's cases

\`npm run tuf-client\` is the host's own trust code behind the command line of the public
[tuf-conformance](https://github.com/theupdateframework/tuf-conformance) suite. Its cases are written anew here, under its
names, and run with \`npx vitest run --project unit test/attacks\` (as the program itself, started for each step, with
\`SUNHALL_TUF=process\` before it). Lines named \`spec::\` are clauses of section 5 that the suite leaves out. Where Python and
\`faketime\` are there, the suite itself runs against it unchanged:

    pytest tuf_conformance --entrypoint "$(command -v npm) --prefix $PWD run --silent tuf-client --"

`

/** A cell of a table: no pipe and no line break may end it. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`)
  return `${lines.join('\n')}\n`
}

/** The whole document. */
export function attacksDocument(): string {
  let number = 0
  const next = (): string => {
    number += 1
    return String(number)
  }
  const groups = GROUPS.map(({ title, lines }) => {
    const rows = lines.map(({ attack, clause, does, code, test: { file, name, row } }) => {
      const where = `\`${file}\`: ${name}${row === undefined ? '' : ` (${row})`}`
      return [next(), attack, clause, code === '' ? does : `**${code}**: ${does}`, where]
    })
    return `## ${title}\n\n${table(['no.', 'attack', 'clause', 'what the terminal does', 'test'], rows)}`
  })
  const cases = CASES.map(({ suite, clause, attack, does }) => [next(), attack, clause, does, `\`${suite}\``])
  const conformance = table(['no.', 'attack', 'clause', 'what the client does', 'case'], cases)
  return `${HEAD}${groups.join('\n')}\n${CONFORMANCE}${conformance}`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.stdout.write(attacksDocument())
