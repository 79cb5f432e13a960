// The faces that ship are read before anybody needs them: in a real browser, since nothing else has faces.
import { expect, test } from 'vitest'
import { warmFaces } from '../../renderer/app/warm-faces.ts'
import '../../renderer/hall/faces.ts'

const FACES = ['400 1em "Noto Sans SC"', '700 1em "Noto Sans SC"', '700 1em "Noto Serif SC"']
/** Letters of pieces that lie far apart, none of them painted here. */
const LETTERS = ['会', '镧', '龘']

/** This page, idle at once: one that lies behind other tests' pages may not be for many seconds. */
const page = Object.create(window, {
  document: { value: document },
  requestIdleCallback: { value: (run: () => void) => setTimeout(run) },
}) as Window

test('Afterwards every letter of the phrases can be painted at once, in each face.', async () => {
  const ready = () => FACES.flatMap((face) => LETTERS.map((letter) => document.fonts.check(face, letter)))
  expect(new Set(ready())).toEqual(new Set([false]))
  await warmFaces([LETTERS.join(''), '会'], page)
  expect(new Set(ready())).toEqual(new Set([true]))
})
