// docs/attacks.md can't promise what no test shows: each line names a test that is there, each test of the public suite
// has a case, and the document is the one that the tables make.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../sync/contract/errors.ts'
import { CASES } from './cases.ts'
import { attacksDocument } from './document.ts'
import { SUITE_TESTS } from './suite.ts'
import { type AttackLine, GROUPS } from './table.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const LINES: readonly AttackLine[] = GROUPS.flatMap(({ lines }) => lines)
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** Names of tests, and all texts, in a file. A name is the first argument of it(…), test(…), or of what their each(…) gives. */
function textsIn(file: string): { names: string[]; texts: string[] } {
  const names: string[] = []
  const texts: string[] = []
  walk(parseSync(file, read(file)).program, (node) => {
    const text = textOf(node)
    if (text !== null) texts.push(text)
    if (node.type !== 'CallExpression' || !isTest(node.callee)) return
    const [first] = Array.isArray(node.arguments) ? node.arguments : []
    const name = isNode(first) ? textOf(first) : null
    if (name !== null) names.push(name)
  })
  return { names, texts }
}

/** What is looked at of a node of the syntax tree. */
interface Node {
  type?: unknown
  name?: unknown
  value?: unknown
  callee?: unknown
  object?: unknown
  arguments?: unknown
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

function walk(value: unknown, visit: (node: Node) => void): void {
  if (!isNode(value)) return
  if (typeof value.type === 'string') visit(value)
  for (const inner of Object.values(value)) walk(inner, visit)
}
function textOf(node: Node): string | null {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}
/** it, test, it.each(…), it.concurrent.each(…), … */
function isTest(callee: unknown): boolean {
  if (!isNode(callee)) return false
  if (callee.type === 'Identifier') return callee.name === 'it' || callee.name === 'test'
  return isTest(callee.type === 'CallExpression' ? callee.callee : callee.object)
}

describe('docs/attacks.md', () => {
  it('is what the tables make; else run: node test/attacks/document.ts > docs/attacks.md', () => {
    expect(read('docs/attacks.md')).toBe(attacksDocument())
  })

  it.each(LINES.map((line) => [line.attack, line] as const))('names a test that is there: %s', (_, { test }) => {
    const { names, texts } = textsIn(test.file)
    // Rows of the fake county's own list of attacks stand in that list.
    const rows = test.name === '$name' ? textsIn('test/county/attacks.ts').texts : texts
    expect(names).toContain(test.name)
    if (test.row !== undefined) expect(rows).toContain(test.row)
  })

  it('gives each line a code of the closed list, or none where nothing is to be told', () => {
    const codes = LINES.map(({ code }) => code).filter((code) => code !== '')
    expect(codes.filter((code) => !(ERROR_CODES as readonly string[]).includes(code))).toEqual([])
  })

  it('tells no attack twice', () => {
    const told = [...LINES.map(({ attack }) => attack), ...CASES.map(({ suite }) => suite)]
    expect(told.filter((one, n) => told.indexOf(one) !== n)).toEqual([])
  })
})

describe('the cases', () => {
  it('have one or more for each test of the public suite', () => {
    const cases = CASES.map(({ suite }) => suite.replace(/\[.*$/, ''))
    expect(SUITE_TESTS.filter((one) => !cases.includes(one))).toEqual([])
  })

  it('name no test that the public suite doesn’t have, unless they say that they are the specification’s', () => {
    const odd = CASES.map(({ suite }) => suite.replace(/\[.*$/, '')).filter(
      (suite) => !suite.startsWith('spec::') && !SUITE_TESTS.includes(suite),
    )
    expect(odd).toEqual([])
  })
})
