/** Every view of what authors draw, and of random blocks: with all parts, with ways, in part, and after a change. */
import { join } from 'node:path'
import { it } from 'vitest'
import { type DrawOptions, drawPlanned } from '../../src/compile.ts'
import type { Figure } from '../../src/figure/figure.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Located } from '../../src/problem/problem.ts'
import { FIGURE_PARTS, type FigureSettings, VIEWS } from '../../src/topology/topology.ts'
import { type Block, bridges, drawn, swarms } from '../support/corpus.ts'
import { holdKept, type Kept } from '../support/kept.ts'
import { onePlan } from '../support/kept-plan.ts'
import { questionsIn, textOf } from '../ways/questions.ts'

const located = (value: string): Located<string> => ({ value, span: { start: 0, end: 0 } })

/** Some of all that can be asked, spread over them. */
function waysIn(plan: Plan): readonly Located<string>[] {
  const all = questionsIn(plan)
  const step = Math.max(1, Math.floor(all.length / 3))
  return all.filter((_, i) => i % step === step - 1).map((question) => located(textOf(question)))
}

/** What is asked of the figure, by name. */
function asked(plan: Plan, before: Plan | null): ReadonlyMap<string, DrawOptions> {
  const highlight = waysIn(plan)
  const focus = [...plan.containers.keys()].slice(-1).map(located)
  const figure = (part: Partial<FigureSettings>): DrawOptions => ({ figure: part })
  return new Map([
    ...VIEWS.filter((view) => view !== 'sequence').flatMap((view): [string, DrawOptions][] => [
      [`${view} with all parts`, { ...figure({ view, show: FIGURE_PARTS }), language: 'ko' }],
      [`${view} without any`, figure({ view, hide: FIGURE_PARTS })],
      [`${view} with ways`, figure({ view, highlight })],
      [`${view} in part`, figure({ view, focus })],
      [`${view} after a change`, { ...figure({ view }), before }],
    ]),
    ...highlight.map((way, i): [string, DrawOptions] => [
      `sequence ${i}`,
      figure({ view: 'sequence', highlight: [way] }),
    ]),
  ])
}

function figureText({ boxes, edges, groups }: Figure): string {
  const box = ({ id, kind, group, lines, marks }: Figure['boxes'][number]): string =>
    `${id} (${[kind, group, ...marks].join(' ')}): ${lines.map(({ text }) => text).join(' / ')}`
  const edge = ({ from, to, kind, label }: Figure['edges'][number]): string =>
    `${from} - ${to} (${kind}): ${label.join(' / ')}`
  return [...groups.map(({ id, title }) => `${id}: ${title}`), ...boxes.map(box), ...edges.map(edge)].join(
    '\n',
  )
}

function keptFigures({ title, source }: Block): readonly Kept[] {
  const { plan, topology } = onePlan(source)
  if (plan === null || topology === null) return []
  // Without its last command or service.
  const lines = source.trimEnd().split('\n')
  const before = onePlan(lines.slice(0, -1).join('\n')).plan
  return [...asked(plan, before)].map(([name, options]) => {
    const made = drawPlanned({ topology, plan, problems: [] }, options)
    const codes = made.problems.map(({ code }) => code)
    if (!made.ok) return { title: `${title}: ${name}`, text: codes.join('\n'), whole: '', kinds: [] }
    const { boxes, edges, view } = made.figure
    return {
      title: `${title}: ${name}`,
      text: figureText(made.figure),
      whole: [codes, made.figure],
      kinds: [...boxes.map(({ kind }) => `${view} ${kind}`), ...edges.map(({ kind }) => `${view} ${kind}`)],
    }
  })
}

it('a figure is as it was', () => {
  const blocks = [...drawn(20), ...bridges(8), ...swarms(40).filter((_, i) => i % 24 === 0)]
  holdKept(join(import.meta.dirname, 'kept.txt'), blocks.flatMap(keptFigures))
})
