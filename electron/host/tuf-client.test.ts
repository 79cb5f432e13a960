// What the command says to a person; its conformance is in test/attacks.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runTufClient } from './tuf-client.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-tuf-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['no folder', ['refresh'], /--metadata-dir/],
  ['no address', ['--metadata-dir', 'DIR', 'refresh'], /--metadata-url/],
  ['no target', ['--metadata-dir', 'DIR', '--metadata-url', 'http://127.0.0.1:1/', 'download'], /--target-name/],
  ['no root', ['--metadata-dir', 'DIR', 'init'], /init ROOT, refresh or download, got init/],
  ['no command', ['--metadata-dir', 'DIR'], /got nothing/],
])('E-INPUT: %s is told with how the command is used, and nothing is written', async (_, args, told) => {
  const given = args.map((one) => (one === 'DIR' ? folder : one))
  const refusal = { code: 'E-INPUT', message: expect.stringMatching(/Usage: npm run tuf-client/) }
  await expect(runTufClient(given)).rejects.toMatchObject(refusal)
  await expect(runTufClient(given)).rejects.toThrow(told)
  expect(readdirSync(folder)).toEqual([])
})

it('prints how it is used when it is asked to', async () => {
  const printed: string[] = []
  await runTufClient(['--help'], (text) => printed.push(text))
  expect(printed.join('')).toMatch(/^Usage: npm run tuf-client.*Example:/s)
})
