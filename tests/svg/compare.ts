import { parseHTML } from 'linkedom'

/** How far two SVGs of one figure lie apart. Lengths in CSS pixels. */
export interface Distance {
  /** Largest difference of any coordinate, in the space of the whole figure. */
  readonly worst: number
  /** What it was found at. */
  readonly at: string
  /** Numbers compared. */
  readonly compared: number
  /** Differences that are not of place: an element, a class, a text, the form of a path. */
  readonly others: readonly string[]
}

const GEOMETRY = [
  'x',
  'y',
  'x1',
  'y1',
  'x2',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'width',
  'height',
  'points',
  'd',
  'viewBox',
]

const numbersOf = (value: string): number[] =>
  (value.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number)
const shapeOf = (value: string): string => value.replace(/[^a-zA-Z%]/g, '').replace(/e/g, '')

function translationOf(element: Element): readonly [number, number] {
  const [x = 0, y = 0] = numbersOf(
    /translate\(([^)]*)\)/.exec(element.getAttribute('transform') ?? '')?.[1] ?? '',
  )
  return [x, y]
}

/** Compares element by element: both come from the same Mermaid, so they have the same elements in the same order. */
export function compareSvg(a: string, b: string): Distance {
  const others: string[] = []
  let worst = 0
  let at = ''
  let compared = 0

  const compareNumbers = (left: readonly number[], right: readonly number[], place: string): void => {
    if (left.length !== right.length) others.push(`${place}: ${left.length} numbers against ${right.length}`)
    left.forEach((value, i) => {
      const distance = Math.abs(value - (right[i] ?? Number.NaN))
      compared++
      if (distance > worst || Number.isNaN(distance)) {
        worst = distance
        at = place
      }
    })
  }

  const walk = (
    p: Element,
    q: Element,
    from: readonly [number, number],
    to: readonly [number, number],
  ): void => {
    const place = `${p.localName}.${p.getAttribute('class') ?? ''} ${p.getAttribute('id') ?? ''} "${(p.textContent ?? '').trim().slice(0, 30)}"`
    if (p.localName !== q.localName || p.getAttribute('class') !== q.getAttribute('class'))
      others.push(`${place} against ${q.localName}.${q.getAttribute('class')}`)
    if (p.localName === 'style') return
    for (const name of GEOMETRY) {
      const [left, right] = [p.getAttribute(name), q.getAttribute(name)]
      if ((left === null) !== (right === null)) others.push(`${place}: ${name} ${left} against ${right}`)
      if (left === null || right === null) continue
      if (name === 'd' && shapeOf(left) !== shapeOf(right)) others.push(`${place}: another path`)
      compareNumbers(numbersOf(left), numbersOf(right), `${place} ${name}`)
    }
    const [px, py] = translationOf(p)
    const [qx, qy] = translationOf(q)
    const here = [from[0] + px, from[1] + py] as const
    const there = [to[0] + qx, to[1] + qy] as const
    compareNumbers(here, there, `${place} place`)
    const [left, right] = [[...p.children], [...q.children]]
    if (left.length !== right.length) others.push(`${place}: ${left.length} children against ${right.length}`)
    if (left.length === 0 && p.textContent !== q.textContent)
      others.push(`text "${p.textContent}" against "${q.textContent}"`)
    left.forEach((child, i) => {
      const other = right[i]
      if (other !== undefined) walk(child, other, here, there)
    })
  }

  const rootOf = (svg: string): Element => {
    const root = parseHTML(`<body>${svg}</body>`).document.querySelector('svg')
    if (root === null) throw new Error('no svg')
    return root
  }
  walk(rootOf(a), rootOf(b), [0, 0], [0, 0])
  return { worst, at, compared, others }
}
