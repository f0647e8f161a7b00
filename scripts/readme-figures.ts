/**
 * The figures of README.md, which are three of the English article: `npx tsx scripts/readme-figures.ts` draws them anew
 * into docs/figures.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import MarkdownIt from 'markdown-it'
import { figureSvg } from '../src/index.ts'
import { VIEWS } from '../src/topology/topology.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** File in docs/figures → the article's model of it. */
export const README_FIGURES = { bridge: 'shop', overlay: 'pets', docker0: 'docker0' } as const

/** The SVG file of one of the article's models, drawn as the fence that has it says. */
export function drawReadmeFigure(model: string): string {
  const article = readFileSync(resolve(ROOT, 'content/en/posts/docker-network.md'), 'utf8')
  const fence = new MarkdownIt()
    .parse(article, {})
    .find(({ info }) => info.startsWith(`docker-network model=${model} `))
  if (fence === undefined) throw new Error(`the article has no model ${model}`)
  const said = (key: string) => new RegExp(`\\b${key}=(?:"([^"]*)"|(\\S+))`).exec(fence.info)?.slice(1)
  const [title = ''] = said('title') ?? []
  const [, view] = said('view') ?? []
  const drawn = figureSvg(fence.content, {
    figure: { title, view: VIEWS.find((known) => known === view) ?? null },
    theme: 'auto',
  })
  if (!drawn.ok) throw new Error(drawn.problems.map(({ message }) => message).join('\n'))
  return drawn.svg
}

if (process.argv[1] === import.meta.filename)
  for (const [file, model] of Object.entries(README_FIGURES))
    writeFileSync(resolve(ROOT, `docs/figures/${file}.svg`), drawReadmeFigure(model))
