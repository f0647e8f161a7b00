/** Extent of text, set as a browser would set it. */

import type { TextExtent, TextStyle } from '../font/ink-meter.ts'
import type { LineHeight } from '../font/meter.ts'
import { type Box, EMPTY, union } from './box.ts'

/** The part of an SVG element that measuring needs; linkedom's elements have it. */
export interface Measured {
  readonly localName: string
  readonly textContent: string | null
  readonly parentNode: Measured | null
  /** linkedom makes the list anew at every look. */
  readonly childNodes: ArrayLike<Measured>
  readonly nodeType: number
  getAttribute(name: string): string | null
}

export interface TextSetting extends TextStyle {
  /** Computed `text-anchor`. */
  readonly anchor: 'start' | 'middle' | 'end'
}

/** How text is set and how wide it runs; the geometry knows neither fonts nor stylesheets. */
export interface Typesetting {
  /** Says that a measurement begins: between two of them a drawing may change, within one it does not. */
  begin(element: Measured): void
  settingOf(element: Measured): TextSetting
  extentOf(text: string, style: TextStyle): TextExtent
  lineOf(size: number): LineHeight
}

export function number(element: Measured, name: string): number {
  return Number.parseFloat(element.getAttribute(name) ?? '') || 0
}

/** An attribute that is a length in pixels or `em`. */
function length(element: Measured, name: string, size: number): number {
  const value = element.getAttribute(name) ?? ''
  const n = Number.parseFloat(value) || 0
  return value.endsWith('em') ? n * size : n
}

export const isElement = (node: Measured): boolean => node.nodeType === 1

/** A stretch of text in one font. */
interface Run {
  readonly text: string
  readonly style: TextStyle
}

const isSameFont = (a: TextStyle, b: TextStyle): boolean =>
  a.size === b.size && a.bold === b.bold && a.italic === b.italic

/** The text in an element as runs, its white space collapsed as a browser does. */
function runsOf(element: Measured, typesetting: Typesetting): readonly Run[] {
  const runs: { text: string; style: TextStyle }[] = []
  const walk = (node: Measured): void => {
    for (const child of Array.from(node.childNodes)) {
      if (isElement(child)) walk(child)
      if (child.nodeType !== 3) continue
      const style = typesetting.settingOf(node)
      const last = runs.at(-1)
      let text = (child.textContent ?? '').replace(/[ \t\n\r]+/g, ' ')
      if (text.startsWith(' ') && (last === undefined || last.text.endsWith(' '))) text = text.slice(1)
      if (text === '') continue
      // Neighbouring stretches in the same font are shaped together, so they are kerned across.
      if (last !== undefined && isSameFont(last.style, style)) last.text += text
      else runs.push({ text, style })
    }
  }
  walk(element)
  const last = runs.at(-1)
  if (last?.text.endsWith(' ')) last.text = last.text.slice(0, -1)
  return runs
}

function extentOfText(element: Measured, typesetting: Typesetting): TextExtent {
  let extent: TextExtent = { width: 0, inkStart: 0, inkEnd: 0 }
  for (const { text, style } of runsOf(element, typesetting)) {
    const own = typesetting.extentOf(text, style)
    extent = {
      width: extent.width + own.width,
      inkStart: Math.min(extent.inkStart, extent.width + own.inkStart),
      inkEnd: Math.max(extent.inkEnd, extent.width + own.inkEnd),
    }
  }
  return extent
}

/** What `getComputedTextLength` gives. */
export function widthOfText(element: Measured, typesetting: Typesetting): number {
  typesetting.begin(element)
  return extentOfText(element, typesetting).width
}

function lineBox(element: Measured, line: Measured, typesetting: Typesetting): Box | null {
  const { width, inkStart, inkEnd } = extentOfText(line, typesetting)
  if (width === 0) return null
  const { size, anchor } = typesetting.settingOf(line)
  const x = line.getAttribute('x') === null ? number(element, 'x') : number(line, 'x')
  const start = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x
  const y =
    (line.getAttribute('y') === null ? length(element, 'y', size) : length(line, 'y', size)) +
    length(line, 'dy', size)
  const { ascent, descent } = typesetting.lineOf(size)
  // A browser counts the ink in, where it leaves the advance.
  const left = Math.min(0, inkStart)
  return {
    x: start + left,
    y: y - ascent,
    width: Math.max(width, inkEnd) - left,
    height: ascent + descent,
  }
}

export function textBox(text: Measured, typesetting: Typesetting): Box {
  const lines = Array.from(text.childNodes).filter(isElement)
  if (lines.length === 0) return lineBox(text, text, typesetting) ?? EMPTY
  let box: Box | null = null
  for (const line of lines) {
    const own = lineBox(text, line, typesetting)
    if (own !== null) box = union(box, own)
  }
  return box ?? EMPTY
}
