import type { InkMeter } from '../font/ink-meter.ts'
import type { Measured, TextSetting, Typesetting } from './text-box.ts'

/** A rule of a figure's stylesheet that says how text is set. */
interface FontRule {
  readonly selector: string
  /** What the rule's subject must have, to spare the selector engine: class names, or one tag name. */
  readonly classes: readonly string[]
  readonly tag: string | null
  readonly declarations: ReadonlyMap<string, string>
}

/** An element that can tell whether a selector fits it. */
export interface Selectable extends Measured {
  matches(selector: string): boolean
}

const PROPERTIES = ['font-size', 'font-weight', 'font-style', 'text-anchor'] as const
type Property = (typeof PROPERTIES)[number]

/** Mermaid's own body size, where nothing says otherwise. */
const INITIAL_SIZE = 16

/** The attributes of an element, apart from its name, that Mermaid's rules for text look at. */
const PRESENTATION = ['class', 'style', ...PROPERTIES] as const

/** The setting of an element, and a number for all that it depends on. */
interface Chain {
  readonly id: number
  readonly setting: TextSetting
}

const ROOT: Chain = { id: 0, setting: { size: INITIAL_SIZE, bold: false, italic: false, anchor: 'start' } }

function readDeclarations(text: string): ReadonlyMap<string, string> {
  const declarations = new Map<string, string>()
  for (const part of text.split(';')) {
    const colon = part.indexOf(':')
    if (colon > 0)
      declarations.set(
        part.slice(0, colon).trim(),
        part
          .slice(colon + 1)
          .replace('!important', '')
          .trim(),
      )
  }
  return declarations
}

const RULE = /([^{}]+)\{([^{}]*)\}/g

/**
 * The part of a flat stylesheet, as Mermaid writes it, that matters for measuring text; the figure's id, with which
 * every selector begins, is left out, since only one figure is in the document.
 */
function fontRulesIn(css: string): string {
  const id = /^\s*#[\w-]+/.exec(css)?.[0].trim() ?? ''
  const rules = css.match(RULE) ?? []
  const own = rules.filter((rule) => PROPERTIES.some((property) => rule.includes(property))).join('')
  return id === '' ? own : own.replaceAll(id, 'svg')
}

function readFontRules(css: string): readonly FontRule[] {
  const rules: FontRule[] = []
  for (const match of css.matchAll(RULE)) {
    const body = match[2] ?? ''
    const declarations = readDeclarations(body)
    for (const selector of (match[1] ?? '').split(',')) {
      const subject =
        selector
          .trim()
          .split(/[\s>+~]+/)
          .at(-1) ?? ''
      // Pseudo-classes do not style a static figure's text.
      if (subject.includes(':') || subject.startsWith('@')) continue
      rules.push({
        selector: selector.trim(),
        classes: [...subject.matchAll(/\.([\w-]+)/g)].map((m) => m[1] ?? ''),
        tag: /^[a-z]+/i.exec(subject)?.[0] ?? null,
        declarations,
      })
    }
  }
  return rules
}

function mayFit(rule: FontRule, element: Measured): boolean {
  if (rule.tag !== null && rule.tag !== element.localName) return false
  if (rule.classes.length === 0) return true
  const own = ` ${element.getAttribute('class') ?? ''} `
  return rule.classes.every((c) => own.includes(` ${c} `))
}

function sizeFrom(value: string, inherited: number): number {
  const n = Number.parseFloat(value)
  if (!Number.isFinite(n)) return inherited
  return /em$/.test(value) ? n * inherited : value.endsWith('%') ? (n * inherited) / 100 : n
}

const isBold = (value: string): boolean =>
  value.startsWith('bold') || (Number.parseInt(value, 10) || 0) >= 600

/**
 * How the text of one figure is set: inline style over the figure's stylesheet over presentation attributes,
 * inherited, for the three properties that change what a browser measures.
 *
 * @param css The figure's stylesheet as Mermaid has written it so far; asked again when its element changes.
 */
export function createTypesetting(
  meter: InkMeter,
  styleOf: (element: Selectable) => string,
  isSelectable: (element: Measured) => element is Selectable,
): Typesetting {
  let css: string | null = null
  let fontRules: string | null = null
  let rules: readonly FontRule[] = []
  let settings = new Map<string, Chain>()
  let measured = new Map<Measured, Chain>()

  const declared = (element: Selectable, property: Property): string | undefined => {
    const style = element.getAttribute('style')
    if (style?.includes(property)) {
      const own = readDeclarations(style).get(property)
      if (own !== undefined) return own
    }
    // Mermaid's rules that set the same property for one element are equally specific: the last one wins.
    for (let i = rules.length - 1; i >= 0; i--) {
      const rule = rules[i]
      const value = rule?.declarations.get(property)
      if (
        rule !== undefined &&
        value !== undefined &&
        mayFit(rule, element) &&
        element.matches(rule.selector)
      )
        return value
    }
    return element.getAttribute(property) ?? undefined
  }

  const compute = (element: Selectable, inherited: TextSetting): TextSetting => {
    const size = declared(element, 'font-size')
    const weight = declared(element, 'font-weight')
    const style = declared(element, 'font-style')
    const anchor = declared(element, 'text-anchor')
    return {
      size: size === undefined ? inherited.size : sizeFrom(size, inherited.size),
      bold: weight === undefined || weight === 'inherit' ? inherited.bold : isBold(weight),
      italic: style === undefined || style === 'inherit' ? inherited.italic : /^(italic|oblique)/.test(style),
      anchor: anchor === 'middle' || anchor === 'end' || anchor === 'start' ? anchor : inherited.anchor,
    }
  }

  // A figure has hundreds of texts and a dozen ways of setting them. What an element's setting depends on is
  // written down from the root to it, and each such line worked out once.
  const chainOf = (element: Measured | null): Chain => {
    if (element === null || !isSelectable(element)) return ROOT
    const known = measured.get(element)
    if (known !== undefined) return known
    const parent = chainOf(element.parentNode)
    const own = PRESENTATION.map((name) => element.getAttribute(name) ?? '').join('\0')
    const key = `${parent.id}\0${element.localName}\0${own}`
    let chain = settings.get(key)
    if (chain === undefined) {
      chain = { id: settings.size + 1, setting: compute(element, parent.setting) }
      settings.set(key, chain)
    }
    measured.set(element, chain)
    return chain
  }

  return {
    begin(element) {
      measured = new Map()
      const now = isSelectable(element) ? styleOf(element) : ''
      if (now === css) return
      css = now
      // Most figures have the same ones.
      const own = fontRulesIn(now)
      if (own === fontRules) return
      fontRules = own
      rules = readFontRules(own)
      settings = new Map()
    },
    settingOf: (element) => chainOf(element).setting,
    extentOf: meter.extentOf,
    lineOf: meter.lineOf,
  }
}
