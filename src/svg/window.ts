import { parseHTML } from 'linkedom/worker'
import type { InkMeter } from '../font/ink-meter.ts'
import type { Box } from './box.ts'
import { boxOf } from './geometry.ts'
import { type Measured, widthOfText } from './text-box.ts'
import { createTypesetting, type Selectable } from './typesetting.ts'

/** The browser as far as Mermaid asks for one. Belongs to one drawing engine; the process knows nothing of it. */
export interface DrawingWindow {
  /** Name → value of every global Mermaid may read. */
  readonly globals: Readonly<Record<string, unknown>>
  /** Takes out what a drawing that failed left behind. */
  clear(): void
}

/** Mermaid builds the figure's stylesheet through a CSSStyleSheet and prints its rules; it never reads them. */
class RuleList {
  cssRules: { cssText: string }[] = []
  insertRule(cssText: string, index = 0): number {
    this.cssRules.splice(index, 0, { cssText })
    return index
  }
  replaceSync(text: string): void {
    this.cssRules = [{ cssText: text }]
  }
}

type Rect = Box & {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const isSelectable = (element: Measured): element is Selectable =>
  element.nodeType === 1 && 'matches' in element

/** The text of the stylesheet of the figure an element is in; '' before it has one. */
function styleOf(element: Selectable): string {
  let figure: Measured = element
  for (let p: Measured | null = element; p !== null; p = p.parentNode) if (p.localName === 'svg') figure = p
  const style = Array.from(figure.childNodes).find((child) => child.localName === 'style')
  // Its one text node: an element would put its text together again at every call.
  return style?.childNodes[0]?.textContent ?? ''
}

const SVG = 'http://www.w3.org/2000/svg'

/**
 * Attributes of an SVG element without linkedom's second copy of the classes, which it takes apart and puts
 * together again at every look: half of the time spent in the DOM.
 */
const ATTRIBUTES: ThisType<Element> & Readonly<Record<string, unknown>> = {
  getAttribute(name: string): string | null {
    return this.getAttributeNode(name)?.value ?? null
  },
  setAttribute(name: string, value: unknown): void {
    const known = this.getAttributeNode(name)
    if (known !== null) {
      known.value = String(value)
      return
    }
    const attribute = this.ownerDocument.createAttribute(name)
    attribute.value = String(value)
    this.setAttributeNode(attribute)
  },
  get className(): { readonly baseVal: string } {
    return { baseVal: this.getAttribute('class') ?? '' }
  },
  // linkedom sets this after it has attached the attribute; there is nothing left to do.
  set className(_: unknown) {},
  // D3 then works on the attribute itself.
  classList: undefined,
}

export function createDrawingWindow(meter: InkMeter): DrawingWindow {
  const dom = parseHTML('<!doctype html><html><head></head><body></body></html>')
  const { document } = dom
  const typesetting = createTypesetting(meter, styleOf, isSelectable)

  // A prototype of its own between the elements of this window and linkedom's class, which belongs to the whole
  // process.
  const prototype: object = Object.create(dom.SVGElement.prototype, {
    ...Object.getOwnPropertyDescriptors(ATTRIBUTES),
    ...Object.getOwnPropertyDescriptors({
      getBBox(this: Measured): Box {
        return boxOf(this, typesetting)
      },
      getBoundingClientRect(this: Measured): Rect {
        const box = boxOf(this, typesetting)
        return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height }
      },
      getComputedTextLength(this: Measured): number {
        return widthOfText(this, typesetting)
      },
    }),
  })
  const createElementNS = document.createElementNS.bind(document)
  Object.defineProperty(document, 'createElementNS', {
    value: (namespace: string, name: string) => {
      const element = createElementNS(namespace, name)
      return namespace === SVG ? Object.setPrototypeOf(element, prototype) : element
    },
  })

  const window: Record<string, unknown> = {
    document,
    Element: dom.Element,
    Node: dom.Node,
    HTMLElement: dom.HTMLElement,
    SVGElement: dom.SVGElement,
    DocumentFragment: dom.DocumentFragment,
    DOMParser: dom.DOMParser,
    CSSStyleSheet: RuleList,
    navigator: { userAgent: 'docker-network', language: 'en' },
    location: { protocol: 'file:', href: '', host: '', pathname: '', search: '' },
    getComputedStyle: () => ({ fontSize: '16px', getPropertyValue: () => '' }),
    requestAnimationFrame: (callback: (time: number) => void) => {
      queueMicrotask(() => callback(0))
      return 0
    },
    addEventListener() {},
    removeEventListener() {},
    fetch: undefined,
    XMLHttpRequest: undefined,
    localStorage: undefined,
  }
  return {
    globals: { ...window, window, self: window, globalThis: window },
    clear() {
      document.body.innerHTML = ''
    },
  }
}
