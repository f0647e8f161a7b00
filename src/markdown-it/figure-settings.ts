/** What a block wants of its figure, from the info string and, under `use=`, from the body. */

import type { Problem } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { readTopology } from '../topology/read.ts'
import { type FigureSettings, VIEWS, type View } from '../topology/topology.ts'
import { type Draft, placed, tell } from './draft.ts'
import type { FenceInfo } from './info.ts'
import { DIRECTIONS, error, partsIn } from './info-problems.ts'

/** Settings in the order they go before one another: the host's, the info string's, those of the body under `use=`. */
export function wantedFigure(
  info: FenceInfo,
  body: Partial<FigureSettings>,
  host: Partial<FigureSettings> = {},
): Partial<FigureSettings> {
  const view = VIEWS.find((known): known is View => known === info.values.get('view')?.value)
  const way = info.values.get('highlight')
  const [show, hide] = [partsIn(info, 'show'), partsIn(info, 'hide')]
  const direction = DIRECTIONS.find((known) => known === info.values.get('direction')?.value)
  return {
    ...body,
    view: host.view ?? view ?? body.view ?? null,
    direction: direction ?? body.direction ?? null,
    show: show ?? body.show?.filter((part) => !hide?.includes(part)) ?? [],
    hide: hide ?? body.hide?.filter((part) => !show?.includes(part)) ?? [],
    title: info.values.get('title')?.value ?? body.title ?? null,
    caption: info.values.get('caption')?.value ?? body.caption ?? null,
    highlight: way === undefined ? (body.highlight ?? []) : [way],
    focus: focusIn(info) ?? body.focus ?? [],
  }
}

/** `focus="web, db"`, each name with its place. */
function focusIn(info: FenceInfo): FigureSettings['focus'] | null {
  const written = info.values.get('focus')
  if (written === undefined) return null
  return [written]
}

/** Under `use=` a body may hold a `figure:` of its own, and nothing else. */
export function bodySettings(draft: Draft): Partial<FigureSettings> {
  if (draft.token.content.trim() === '') return {}
  const found: Problem[] = []
  const topology = readTopology(draft.token.content, (problem) => found.push(problem))
  for (const problem of placed(found, draft.bodySource)) draft.problems.push(problem)
  if (topology === null) return {}
  const more =
    topology.services.size > 0 ||
    topology.networks.size > 0 ||
    topology.commands.length > 0 ||
    topology.hostsDeclared
  if (more)
    tell(
      draft,
      error(
        'FENCE_BODY_AND_USE',
        say`the block uses a model and has one of its own in the body`,
        say`Leave only \`figure:\` in the body, or take use= out.`,
        draft.info.values.get('use')?.span ?? { start: 0, end: 0 },
      ),
    )
  return topology.figure
}
