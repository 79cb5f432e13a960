// Measures a page as it stands in a real browser: letters, targets and the room between them, contrast against what
// really lies behind, cut and overlapping text, the low bar's place. Runs inside the page, so it is one closed function.

export interface Problem {
  rule: 'letters' | 'target' | 'gap' | 'contrast' | 'cut' | 'overlap' | 'bar' | 'width'
  text: string
  found: string
}

/** Called in the page. `size` is the 字 key's percent. */
export function measurePage(size: number): Problem[] {
  const problems: Problem[] = []
  const unit =
    innerWidth > innerHeight
      ? Math.min(innerWidth / 1920, innerHeight / 1080)
      : Math.min(innerWidth / 1080, innerHeight / 1920)
  const report = (rule: Problem['rule'], text: string | null, found: string): unknown =>
    problems.push({ rule, text: (text ?? '').trim().slice(0, 40), found })

  interface Line {
    box: DOMRect
    node: Text
    element: Element
  }

  function visible(element: Element): boolean {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  }

  interface Clip {
    top: number
    bottom: number
    left: number
    right: number
  }
  const clips = new Map<Element, Clip>()
  /** The box in which an element may be seen: the scrollers around it, and the window. */
  function clipOf(element: Element): Clip {
    const known = clips.get(element)
    const clip = known ?? findClip(element)
    clips.set(element, clip)
    return clip
  }
  function findClip(element: Element): Clip {
    const clip = { top: 0, bottom: innerHeight, left: 0, right: innerWidth }
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      if (getComputedStyle(at).overflowY === 'visible') continue
      const box = at.getBoundingClientRect()
      clip.top = Math.max(clip.top, box.top)
      clip.bottom = Math.min(clip.bottom, box.bottom)
      clip.left = Math.max(clip.left, box.left)
      clip.right = Math.min(clip.right, box.right)
    }
    return clip
  }

  function lines(): Line[] {
    const found: Line[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || !(node instanceof Text) || node.data.trim() === '' || !visible(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects()) if (box.width > 0) found.push({ box, node, element })
    }
    return found
  }

  // ---- letters and cut text
  function lookAtLetters(all: readonly Line[]): void {
    const seen = new Set<Element>()
    for (const { box, node, element } of all) {
      if (box.left < -1 || box.right > innerWidth + 1) report('cut', node.data, `line from ${box.left} to ${box.right}`)
      const key = element.closest('button, .chip, .tile')?.getBoundingClientRect()
      if (
        key !== undefined &&
        (box.left < key.left - 1 || box.right > key.right + 1 || box.top < key.top - 2 || box.bottom > key.bottom + 2)
      )
        report('cut', node.data, 'text leaves its key')
      if (seen.has(element)) continue
      seen.add(element)
      const pixels = Number.parseFloat(getComputedStyle(element).fontSize)
      const floor = Math.min(40 * unit, (28 * unit * size) / 100)
      if (pixels < floor - 0.5) report('letters', node.data, `${pixels.toFixed(1)} px, floor ${floor.toFixed(1)}`)
    }
  }

  function lookAtCuts(): void {
    if (document.documentElement.scrollWidth > innerWidth + 1)
      report('width', 'page', `${document.documentElement.scrollWidth} wide`)
    for (const element of document.body.querySelectorAll('*')) {
      if (!(element instanceof HTMLElement) || !visible(element)) continue
      const style = getComputedStyle(element)
      if (style.overflowX === 'visible' && style.textOverflow === 'clip') continue
      if (element.scrollWidth > element.clientWidth + 1)
        report('cut', element.textContent, `${element.className}: ${element.scrollWidth} in ${element.clientWidth} px`)
      const shut = style.overflowY === 'hidden' || style.overflowY === 'clip'
      if (shut && element !== document.body && element.scrollHeight > element.clientHeight + 1)
        report('cut', element.textContent, `${element.className}: higher than its box`)
    }
  }

  /** Two texts on top of each other: no line may cover more than a little of another one's. */
  function lookAtOverlaps(all: readonly Line[]): void {
    const seen = all.filter(({ box, element }) => box.top < clipOf(element).bottom && box.bottom > clipOf(element).top)
    const sorted = seen.sort((left, right) => left.box.top - right.box.top)
    sorted.forEach((one, index) => {
      for (let at = index + 1; at < sorted.length; at++) {
        const other = sorted[at]
        if (other === undefined || other.box.top > one.box.bottom) break
        if (one.node === other.node || clipOf(one.element).top !== clipOf(other.element).top) continue
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (wide > 6 * unit && high > 0.3 * Math.min(one.box.height, other.box.height))
          report('overlap', one.node.data, `covered by ${other.node.data.trim().slice(0, 20)}`)
      }
    })
  }

  // ---- targets
  function lookAtTargets(): void {
    const keys = [...document.querySelectorAll<HTMLElement>('button, [role="button"], a[href]')].filter(
      (key) => visible(key) && !key.matches(':disabled') && key.tabIndex >= 0,
    )
    const boxes = keys.map((key) => ({ key, box: key.getBoundingClientRect(), room: key.closest('.content') }))
    for (const { key, box } of boxes)
      if (box.width < 96 * unit - 0.6 || box.height < 96 * unit - 0.6)
        report('target', key.textContent, `${(box.width / unit).toFixed(0)} × ${(box.height / unit).toFixed(0)}`)
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        if (one.room !== other.room) continue
        const across = Math.max(one.box.left, other.box.left) - Math.min(one.box.right, other.box.right)
        const down = Math.max(one.box.top, other.box.top) - Math.min(one.box.bottom, other.box.bottom)
        const gap = Math.max(across, down)
        if (gap < 24 * unit - 0.8)
          report(
            'gap',
            `${one.key.textContent} | ${other.key.textContent}`.replaceAll('\n', ' '),
            `${(gap / unit).toFixed(1)} between`,
          )
      }
    })
  }

  // ---- contrast
  type Rgba = [number, number, number, number]
  function parse(colour: string): Rgba {
    const numbers = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
    const [red = 0, green = 0, blue = 0, alpha = 1] = numbers
    return colour.startsWith('color(srgb') ? [red * 255, green * 255, blue * 255, alpha] : [red, green, blue, alpha]
  }
  function luminance([red, green, blue]: Rgba): number {
    const linear = [red, green, blue].map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
  }
  function inside(shape: Element, x: number, y: number): boolean {
    return shape.tagName !== 'svg' && document.elementsFromPoint(x, y).includes(shape)
  }
  /** What is painted behind a point of a text, from its own element downwards. */
  function behind(element: Element, x: number, y: number): { colours: Rgba[]; picture: boolean } {
    const stack = document.elementsFromPoint(x, y)
    const from = stack.indexOf(element)
    const below = from < 0 ? ancestors(element) : stack.slice(from)
    for (const layer of below) {
      const style = getComputedStyle(layer)
      if (layer instanceof SVGElement) {
        if (style.fill !== 'none' && inside(layer, x, y)) return { colours: [parse(style.fill)], picture: false }
        continue
      }
      const image = style.backgroundImage
      if (image !== 'none') {
        const colours = (image.match(/(rgba?|color)\([^)]*\)/g) ?? []).map(parse).filter((colour) => colour[3] > 0)
        const ground = parse(style.backgroundColor)
        return { colours: ground[3] > 0 ? [...colours, ground] : colours, picture: true }
      }
      const colour = parse(style.backgroundColor)
      if (colour[3] > 0.99) return { colours: [colour], picture: false }
    }
    return { colours: [[255, 255, 255, 1]], picture: false }
  }
  function ancestors(element: Element): Element[] {
    const list: Element[] = []
    for (let at: Element | null = element; at !== null; at = at.parentElement) list.push(at)
    return list
  }
  function lookAtContrast(all: readonly Line[]): void {
    for (const { box, node, element } of all) {
      const clip = clipOf(element)
      if (box.bottom > clip.bottom || box.top < clip.top) continue
      const style = getComputedStyle(element)
      const ink = element instanceof SVGElement ? parse(style.fill) : parse(style.color)
      const grounds = behind(element, box.left + box.width / 2, box.top + box.height / 2).colours
      for (const ground of grounds) {
        const [light = 0, dark = 0] = [luminance(ink), luminance(ground)].sort((left, right) => right - left)
        const ratio = (light + 0.05) / (dark + 0.05)
        if (ratio < 7)
          report(
            'contrast',
            node.data,
            `${ratio.toFixed(2)} : 1, ${style.color} on rgb(${ground.slice(0, 3).join(' ')})`,
          )
      }
    }
  }

  // ---- the low bar
  function lookAtBar(): void {
    const bar = document.querySelector('.low-bar')
    if (bar === null) return
    const [back, home] = bar.querySelectorAll('button')
    const place = back?.getBoundingClientRect()
    const next = home?.getBoundingClientRect()
    if (place === undefined || next === undefined) {
      report('bar', 'low bar', 'no back and home')
      return
    }
    if (Math.abs(bar.getBoundingClientRect().bottom - innerHeight) > 1) report('bar', 'low bar', 'not at the bottom')
    if (Math.abs(place.left - 48 * unit) > 1) report('bar', 'back', `at ${place.left / unit}`)
    if (next.left <= place.right || Math.abs(next.top - place.top) > 1) report('bar', 'home', 'not beside back')
  }

  const all = lines()
  lookAtLetters(all)
  lookAtCuts()
  lookAtOverlaps(all)
  lookAtTargets()
  lookAtContrast(all)
  lookAtBar()
  return problems
}
