/** What an author asks of a view that shows nothing of it: told, never passed over in silence. */
import type { Located, Problem } from '../problem/problem.ts'
import { type Said, say, worded } from '../problem/say.ts'
import { FIGURE_PARTS, type FigurePart, type FigureSettings, type View } from '../topology/topology.ts'

/** What was asked for together with the view; a model's own settings may be meant for another one. */
export interface Asked {
  readonly highlight: readonly Located<string>[]
  readonly focus: readonly Located<string>[]
  readonly show: readonly FigurePart[]
  readonly hide: readonly FigurePart[]
  readonly since: boolean
  readonly places?: FigureSettings['places']
}

/** Parts that say what there is to be counted or passed, and not what a map of it shows. */
const WITHOUT_MAP: readonly FigurePart[] = ['gwbridge', 'ingress', 'bridge', 'stopped', 'legend']

/** All others, so that a new part is without effect here until one of these views draws it. */
const NO_MAP: readonly FigurePart[] = FIGURE_PARTS.filter((part) => !WITHOUT_MAP.includes(part))

/** Parts that a view does not draw, shown or hidden. */
const WITHOUT_PART: Readonly<Partial<Record<View, readonly FigurePart[]>>> = {
  sequence: NO_MAP,
  addresses: NO_MAP,
  matrix: ['client', 'underlay', 'icons'],
}

const WITHOUT_WAY: readonly View[] = ['addresses', 'matrix']

export function unusedSettings(
  view: View,
  { highlight, focus, show, hide, since, places }: Asked,
): readonly Problem[] {
  const said: Problem[] = []
  const tell = (key: string, what: string, hint: Said, span = { start: 0, end: 0 }): void => {
    const message = say`${key}${what} has no effect in the view ${view}`
    said.push({
      code: 'KEY_WITHOUT_EFFECT',
      severity: 'warning',
      ...worded(message, hint),
      span,
      related: [],
    })
  }
  const [way, name] = [highlight[0], focus[0]]
  if (way !== undefined && WITHOUT_WAY.includes(view))
    tell(
      'highlight',
      '',
      say`Its hops stand in words below the figure. Take view=sequence to see them.`,
      way.span,
    )
  if (view === 'sequence') {
    if (name !== undefined)
      tell('focus', '', say`A sequence has what its packet passes, and nothing else.`, name.span)
    if (since) tell('since', '', say`Write print=changes in a block of its own, or take another view.`)
  }
  for (const [key, parts] of [
    ['show', show],
    ['hide', hide],
  ] as const) {
    const without = parts.filter((part) => WITHOUT_PART[view]?.includes(part))
    if (without.length > 0)
      tell(key, `=${without.join(',')}`, say`Leave it out, or take another view.`, places?.[key])
  }
  return said
}
