/**
 * Colours of pictures in light and dark. Networks have the hues of Okabe and Ito (2008), which readers with any kind of
 * colour blindness tell apart, darkened until white text on them reaches 4.5:1 (WCAG 1.4.3), and for dark pages
 * lightened with dark text. Eight are told apart; the ninth network begins again with another pattern of its line.
 */
export type Pair = readonly [light: string, dark: string]

export const BASE: Readonly<Record<string, Pair>> = {
  canvas: ['#ffffff', '#14171c'],
  ink: ['#1b1f24', '#e9eef4'],
  quiet: ['#535c66', '#a7b1bd'],
  line: ['#57606a', '#97a2af'],
  'host-fill': ['#f6f7f9', '#1b1f26'],
  'host-line': ['#7b8591', '#717d8b'],
  'card-fill': ['#ffffff', '#232932'],
  'card-line': ['#3c4450', '#a3afbd'],
  open: ['#1b1f24', '#e9eef4'],
  'open-ink': ['#ffffff', '#14171c'],
  local: ['#5a636e', '#8b96a3'],
  'local-ink': ['#ffffff', '#14171c'],
  new: ['#0a6b3d', '#5fd79b'],
  gone: ['#b3261e', '#ff9a90'],
  changed: ['#7a4d00', '#f2b84b'],
  way1: ['#c4162a', '#ff8a80'],
  'way1-ink': ['#ffffff', '#14171c'],
  way2: ['#6a2fb5', '#c9a5ff'],
  'way2-ink': ['#ffffff', '#14171c'],
  way3: ['#0a6b4f', '#6fdcb4'],
  'way3-ink': ['#ffffff', '#14171c'],
}

/** Solid colour, light tint of it; text on the solid is `hue-ink`. */
export const HUES: readonly { readonly solid: Pair; readonly tint: Pair }[] = [
  { solid: ['#0b5cad', '#6cb2f5'], tint: ['#e6f0fb', '#14273c'] },
  { solid: ['#9a4b00', '#f0a35a'], tint: ['#fdf0e0', '#33230f'] },
  { solid: ['#00695c', '#4cc9b5'], tint: ['#e0f4f1', '#0e2c28'] },
  { solid: ['#9c2f7f', '#ee97d3'], tint: ['#fbe9f5', '#351a2d'] },
  { solid: ['#5b5fc7', '#a9adff'], tint: ['#edeefc', '#22244a'] },
  { solid: ['#64680f', '#cdd05a'], tint: ['#f4f5da', '#2b2c10'] },
  { solid: ['#a8323e', '#ff9a9f'], tint: ['#fdeaec', '#3a1a1e'] },
  { solid: ['#2c6e8f', '#7fc8e8'], tint: ['#e4f2f8', '#11303d'] },
]

export const HUE_INK: Pair = ['#ffffff', '#10141a']

export const hueOf = (hue: number): number => hue % HUES.length

/** Dashes of a network's lines beyond the first eight, and so on; solid for the first. */
export const PATTERNS = ['', '9 4', '3 4', '12 4 3 4'] as const

export const patternOf = (hue: number): string =>
  PATTERNS[Math.floor(hue / HUES.length) % PATTERNS.length] ?? ''

/** Dashes of the lines of the first eight networks where colours may not be seen: on paper, in grey, in high contrast. */
export const GREY_PATTERNS = ['', '9 4', '3 4', '12 4 3 4', '16 5', '2 3', '9 3 2 3 2 3', '6 6'] as const
