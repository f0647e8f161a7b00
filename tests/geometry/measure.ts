/**
 * What is wrong with a finished figure, measured in a page on what the browser makes of it. Runs inside the page, so it
 * is one function that refers to nothing outside. Lengths in CSS pixels at the figure's natural size.
 */
export interface Measured {
  readonly faults: readonly string[]
  /** Lowest contrast met, of text and of lines. */
  readonly text: number
  readonly lines: number
}

/**
 * @param sideways - The figure runs from left to right.
 * @param places - Whether to look at where things lie, which no theme changes, or at colours only.
 */
export function measureFigure(svg: SVGSVGElement, sideways: boolean, places: boolean): Measured {
  type Box = { left: number; top: number; right: number; bottom: number }
  const faults = new Set<string>()
  /** A reader's font may be this much wider. */
  const WIDER = 1.1
  const boxOf = (element: SVGGraphicsElement): Box => {
    const { x, y, width, height } = element.getBBox()
    return { left: x, top: y, right: x + width, bottom: y + height }
  }
  const overlap = (a: Box, b: Box, hair = 0.5): boolean =>
    a.left < b.right - hair && b.left < a.right - hair && a.top < b.bottom - hair && b.top < a.bottom - hair
  const contains = (outer: Box, inner: Box, slack = 0): boolean =>
    outer.left - slack <= inner.left &&
    outer.right + slack >= inner.right &&
    outer.top - slack <= inner.top &&
    outer.bottom + slack >= inner.bottom
  const all = <E extends Element>(selector: string, within: Element = svg): E[] => [
    ...within.querySelectorAll<E>(selector),
  ]
  const nameOf = (element: Element): string =>
    `"${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)}"`

  const widerText = (text: SVGTextElement): Box => {
    const box = boxOf(text)
    const width = box.right - box.left
    const centred = text.getAttribute('text-anchor') === 'middle'
    const left = centred ? box.left - (width * (WIDER - 1)) / 2 : box.left
    return { left, right: left + width * WIDER, top: box.top, bottom: box.bottom }
  }
  const textsOf = (element: Element): Box | null => {
    const boxes = all<SVGTextElement>('text', element).map(widerText)
    if (boxes.length === 0) return null
    return {
      left: Math.min(...boxes.map((b) => b.left)),
      right: Math.max(...boxes.map((b) => b.right)),
      top: Math.min(...boxes.map((b) => b.top)),
      bottom: Math.max(...boxes.map((b) => b.bottom)),
    }
  }
  const parts = (selector: string) =>
    all<SVGGElement>(selector).flatMap((element) => {
      const shape = element.querySelector<SVGGeometryElement>('rect,polygon,ellipse')
      return shape ? [{ element, shape, box: boxOf(shape), name: nameOf(element) }] : []
    })
  const nodes = parts('g.node')
  const clusters = parts('g.cluster')
  const labels = all<SVGGElement>('g.edgeLabel').flatMap((element) => {
    const box = textsOf(element)
    return box ? [{ element, box, name: nameOf(element) }] : []
  })
  const titles = clusters.flatMap((cluster) => {
    const box = textsOf(cluster.element)
    return box ? [{ ...cluster, box }] : []
  })
  const paths = all<SVGPathElement>('path.flowchart-link')
  if (nodes.length + clusters.length === 0) faults.add('nothing is drawn')

  const inset = (box: Box, by: number): Box => ({
    left: box.left + by,
    right: box.right - by,
    top: box.top + by,
    bottom: box.bottom - by,
  })
  const within = (box: Box, p: { x: number; y: number }): boolean =>
    box.left < p.x && p.x < box.right && box.top < p.y && p.y < box.bottom
  const middle = ({ box }: { box: Box }) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 })
  const area = ({ box }: { box: Box }): number => (box.right - box.left) * (box.bottom - box.top)

  const lookAtPlaces = (): void => {
    // Text inside its box, boxes inside the figure.
    const figure = { left: 0, top: 0, right: svg.viewBox.baseVal.width, bottom: svg.viewBox.baseVal.height }
    for (const { element, shape, box, name } of nodes) {
      for (const text of all<SVGTextElement>('text', element)) {
        const own = widerText(text)
        const corners = [own.left, own.right].flatMap((x) => [own.top, own.bottom].map((y) => ({ x, y })))
        const inside = corners.every(({ x, y }) => {
          const point = svg.createSVGPoint()
          point.x = x
          point.y = y
          return shape.isPointInFill(point)
        })
        if (!inside) faults.add(`text ${nameOf(text)} leaves box ${name}`)
      }
      const lines = all<SVGTextElement>('text', element).map(boxOf)
      lines.forEach((line, i) => {
        const next = lines[i + 1]
        // Line boxes carry their leading; the letters themselves take about three quarters.
        if (next && next.top - line.top < (line.bottom - line.top) * 0.7)
          faults.add(`lines of ${name} overlap`)
      })
      if (!contains(figure, box)) faults.add(`box ${name} leaves the figure`)
    }
    for (const { shape, box, name } of titles)
      if (!contains(boxOf(shape), box)) faults.add(`title ${name} leaves its group`)

    // No overlaps.
    const holds = (outer: Box, inner: Box): boolean => contains(outer, inner, 0.5)
    const texts = [...labels, ...titles]
    nodes.forEach((a, i) => {
      for (const b of nodes.slice(i + 1))
        if (overlap(a.box, b.box)) faults.add(`boxes ${a.name} and ${b.name} overlap`)
      for (const group of clusters)
        if (overlap(a.box, group.box) && !holds(group.box, a.box))
          faults.add(`border of ${group.name} cuts box ${a.name}`)
      for (const text of texts)
        if (overlap(a.box, text.box)) faults.add(`text ${text.name} overlaps box ${a.name}`)
    })
    clusters.forEach((a, i) => {
      for (const b of clusters.slice(i + 1))
        if (overlap(a.box, b.box) && !holds(a.box, b.box) && !holds(b.box, a.box))
          faults.add(`groups ${a.name} and ${b.name} overlap`)
      for (const label of labels)
        if (overlap(a.box, label.box) && !holds(a.box, label.box))
          faults.add(`border of ${a.name} cuts label ${label.name}`)
    })
    texts.forEach((a, i) => {
      for (const b of texts.slice(i + 1))
        if (overlap(a.box, b.box)) faults.add(`texts ${a.name} and ${b.name} overlap`)
    })

    // Lines.
    for (const path of paths) {
      const length = path.getTotalLength()
      const [start, end] = [path.getPointAtLength(0), path.getPointAtLength(length)]
      const points = [end]
      for (let at = 0; at <= length; at += 5) points.push(path.getPointAtLength(at))
      const touched = (p: DOMPoint) => nodes.find(({ box }) => within(inset(box, -1.5), p))
      const [from, to] = [touched(start), touched(end)]
      const name = `line ${from?.name ?? '?'}–${to?.name ?? '?'}`
      if (!from || !to) faults.add(`${name} hangs in the air`)
      for (const { box, name: other } of nodes)
        if (points.some((p) => within(inset(box, 1.5), p))) faults.add(`${name} goes through box ${other}`)
      for (const text of texts)
        if (points.some((p) => within(text.box, p))) faults.add(`${name} goes through text ${text.name}`)
      for (const group of clusters) {
        const own = [start, end].some((p) => within(inset(group.box, -0.5), p))
        if (!own && points.some((p) => within(inset(group.box, 0.5), p)))
          faults.add(`${name} goes through group ${group.name}`)
      }
    }

    // Order of writing, and hosts level.
    const groupOf = (box: Box): Element | null =>
      clusters
        .filter((group) => group.box !== box && holds(group.box, box))
        .sort((a, b) => area(a) - area(b))[0]?.element ?? null
    nodes.forEach((a, i) => {
      for (const b of nodes.slice(i + 1)) {
        if (groupOf(a.box) !== groupOf(b.box)) continue
        const [p, q] = [middle(a), middle(b)]
        const wrong = sideways ? Math.abs(p.x - q.x) < 1 && p.y >= q.y : Math.abs(p.y - q.y) < 1 && p.x >= q.x
        if (wrong) faults.add(`box ${b.name} lies before ${a.name}`)
      }
    })
    const hosts = clusters.filter(({ element }) => element.classList.contains('host'))
    hosts.forEach((a, i) => {
      const b = hosts[i + 1]
      if (!b) return
      const level = sideways
        ? a.box.left === b.box.left
        : a.box.top === b.box.top && a.box.bottom === b.box.bottom
      if (!level) faults.add(`hosts ${a.name} and ${b.name} are not level`)
      if (sideways ? a.box.top >= b.box.top : a.box.left >= b.box.left)
        faults.add(`host ${b.name} lies before ${a.name}`)
    })
  }
  if (places) lookAtPlaces()

  // Contrast, in the theme that is on.
  type Colour = readonly [number, number, number]
  const colour = (value: string): Colour | null => {
    const [r, g, b, a = 1] = (value.match(/[\d.]+/g) ?? []).map(Number)
    const given = value.startsWith('rgb') && a > 0
    return given && r !== undefined && g !== undefined && b !== undefined ? [r, g, b] : null
  }
  const luminance = (c: Colour): number => {
    const [r = 0, g = 0, b = 0] = c.map((v) =>
      v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a: Colour, b: Colour): number => {
    const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return (high + 0.05) / (low + 0.05)
  }
  const canvas =
    colour(getComputedStyle(svg).backgroundColor) ?? colour(getComputedStyle(document.body).backgroundColor)
  if (!canvas) faults.add('there is no ground to see the figure against')
  const filled = (under: Colour, shape: Element): Colour => {
    const style = getComputedStyle(shape)
    const fill = colour(style.fill)
    const opacity = Number(style.fillOpacity)
    const mix = (i: 0 | 1 | 2): number => (fill?.[i] ?? 0) * opacity + under[i] * (1 - opacity)
    return fill ? [mix(0), mix(1), mix(2)] : under
  }
  const surfaceAt = (p: { x: number; y: number }, but: Element | null): Colour =>
    clusters
      .filter(({ box, element }) => element !== but && within(inset(box, -0.5), p))
      .sort((a, b) => area(b) - area(a))
      .reduce((under, { shape }) => filled(under, shape), canvas ?? [255, 255, 255])
  const lowest = { text: 21, line: 21 }
  const look = (kind: 'text' | 'line', what: string, value: string, under: Colour): void => {
    const own = colour(value)
    const ratio = own ? contrast(own, under) : 0
    lowest[kind] = Math.min(lowest[kind], ratio)
    if (ratio < (kind === 'text' ? 4.5 : 3)) faults.add(`${what} has a contrast of ${ratio.toFixed(2)}`)
  }
  for (const part of [...nodes, ...clusters]) {
    const under = surfaceAt(middle(part), part.element)
    const surface = filled(under, part.shape)
    look('line', `border of ${part.name}`, getComputedStyle(part.shape).stroke, under)
    for (const text of all('text, text tspan', part.element))
      look('text', `text ${nameOf(text)}`, getComputedStyle(text).fill, surface)
  }
  for (const label of labels)
    for (const text of all('text, text tspan', label.element))
      look('text', `label ${nameOf(text)}`, getComputedStyle(text).fill, surfaceAt(middle(label), null))
  for (const path of paths)
    for (const part of [0.05, 0.5, 0.95])
      look(
        'line',
        `a line of ${path.getAttribute('class')}`,
        getComputedStyle(path).stroke,
        surfaceAt(path.getPointAtLength(path.getTotalLength() * part), null),
      )
  return { faults: [...faults], text: lowest.text, lines: lowest.line }
}
