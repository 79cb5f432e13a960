// Which face really painted each text: asked of the browser itself (CSS.getPlatformFontsForNode), not of the style.
import type { CDPSession, Page } from 'playwright'

export interface Painted {
  family: string
  /** True for a face that the page brought along. */
  custom: boolean
  text: string
}

/** Faces of every element that has text of its own. */
export async function paintedFaces(page: Page): Promise<Painted[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('DOM.enable')
  await session.send('CSS.enable')
  const texts = await markTexts(page)
  const { root } = await session.send('DOM.getDocument', { depth: 0 })
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '[data-face]' })
  const painted: Painted[] = []
  for (const [index, nodeId] of nodeIds.entries()) painted.push(...(await facesOf(session, nodeId, texts[index] ?? '')))
  await session.detach()
  return painted
}

function markTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const element of document.body.querySelectorAll('*')) {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      const text = own.map((node) => node.textContent ?? '').join('')
      if (text.trim() === '' || !(element as HTMLElement).checkVisibility()) continue
      element.setAttribute('data-face', '')
      found.push(text)
    }
    return found
  })
}

async function facesOf(session: CDPSession, nodeId: number, text: string): Promise<Painted[]> {
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
  return fonts.map((font) => ({ family: font.familyName, custom: font.isCustomFont, text: text.slice(0, 30) }))
}
