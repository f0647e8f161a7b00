/**
 * Whether HTML is of the kind this package writes: a fixed set of elements and attributes, nothing that runs, loads or
 * leads elsewhere. For what comes from a disk that others may write to; what is drawn is made of nothing else.
 */

const HTML =
  'figure figcaption div p ol ul li span details summary table caption thead tbody tr th td small code pre img br a b input label'
const SVG =
  'svg title desc defs marker path g rect text tspan circle ellipse line polyline polygon clipPath linearGradient stop'
const ELEMENTS: ReadonlySet<string> = new Set(`${HTML} ${SVG}`.split(' '))

const PLAIN = `id class lang role tabindex scope value width height alt title open colspan rowspan xmlns viewBox x y x1 y1 x2
  y2 cx cy r rx ry d points dx dy fill stroke transform opacity orient refX refY offset preserveAspectRatio loading decoding display type name checked for`
const ATTRIBUTES: ReadonlySet<string> = new Set(PLAIN.split(/\s+/))
/** Families of attributes, none of which takes an address but by `url(#…)`. */
const FAMILIES =
  /^(?:aria-[a-z]+|data-[a-z-]+|font-[a-z]+|text-[a-z]+|stroke-[a-z]+|fill-[a-z]+|marker[a-zA-Z-]*|stop-[a-z]+|paint-order|dominant-baseline|alignment-baseline|letter-spacing|clip-path|clip-rule)$/

/** A tag, a reference of a letter, or what is neither; each piece is told by its first letter. */
const PIECE = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z_:][a-zA-Z0-9_:-]*(?:="[^"<]*")?)*)\s*\/?>|[^<]+/y
const ATTRIBUTE = /([a-zA-Z_:][a-zA-Z0-9_:-]*)(?:="([^"]*)")?/g

export function isHarmless(html: string): boolean {
  PIECE.lastIndex = 0
  while (PIECE.lastIndex < html.length) {
    const piece = PIECE.exec(html)
    if (piece === null) return false
    const [, , name, attributes] = piece
    if (name === undefined) continue
    if (!ELEMENTS.has(name)) return false
    for (const [, attribute = '', value = ''] of (attributes ?? '').matchAll(ATTRIBUTE))
      if (!isHarmlessAttribute(attribute, value)) return false
  }
  return true
}

/** Texts for readers and names, in which letters may be written as references; none of them loads anything. */
const OF_TEXT = /^(?:aria-[a-z]+|data-[a-z-]+|alt|title|class|id|for|name|value|font-family)$/

/** What a browser takes out of an address, turns round in it or reads as another sign: `/\evil`, `/&#47;evil`. */
const DISGUISED = /[\\\s\p{Cc}]|&(?!amp;)/u

function isHarmlessAttribute(name: string, value: string): boolean {
  if (name === 'src' || name === 'href') return !DISGUISED.test(value) && isHarmlessAddress(name, value)
  // The buttons that choose a step.
  if (name === 'type') return value === 'radio'
  if (name === 'xmlns') return value === 'http://www.w3.org/2000/svg'
  if (!ATTRIBUTES.has(name) && !FAMILIES.test(name)) return false
  if (OF_TEXT.test(name)) return true
  // Values that are read as CSS: what loads, written plainly or in disguise.
  if (/[\\&]/.test(value)) return false
  return !/url|image|src\(/i.test(value) || /^url\(#[\w-]+\)$/.test(value)
}

function isHarmlessAddress(name: 'src' | 'href', value: string): boolean {
  if (name === 'href') return value.startsWith('#') || /^\/(?!\/)/.test(value)
  return /^(?:data:image\/svg\+xml[;,]|\.{0,2}\/(?!\/)|[\w-]+(?:[./]|$))/.test(value)
}
