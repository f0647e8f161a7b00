/**
 * How a site takes part in `md.render`: fences that an earlier build finished are replayed, the others are drawn, and a
 * page's fences are gathered to be kept.
 */
import type { RenderRule, Token } from '../markdown-it/host.ts'
import { FENCE_NAME, isOurFence, REFERENCE_BEGIN } from '../markdown-it/info.ts'
import type { MarkdownIt } from '../markdown-it/plugin.ts'
import type { KeptPage } from './kept-pages.ts'
import type { Session } from './session.ts'
import { type Gathered, gatheredFor, type Replay, type Site } from './site.ts'

/** Instances that have the rules of the whole pipeline; on `globalThis` for the reason the registry is. */
const INSTALLED = Symbol.for('markdown-it-docker-network.installed')

export async function installOnce(md: MarkdownIt, site: () => Site): Promise<void> {
  if (Reflect.get(md, INSTALLED) === true) return
  const { installRules } = await import('./session.ts')
  if (Reflect.get(md, INSTALLED) === true) return
  Reflect.defineProperty(md, INSTALLED, { value: true })
  installRules(md, () => ({
    read: (state) => {
      if (!isReplaying(site(), state.env)) site().session()?.rules.read(state)
    },
    refer: (state) => site().session()?.rules.refer(state),
    fence: (token, env) => {
      const html = site().session()?.rules.fence(token, env) ?? null
      if (html !== null) gatheredFor(site().gathering, env)?.fences.push(html)
      return html
    },
  }))
}

const isReplaying = (site: Site, env: unknown): boolean =>
  typeof env === 'object' && env !== null && site.replaying.has(env)

/** Gives fences that are known already; the others are the business of the rules that are loaded when needed. */
function installReplay(md: MarkdownIt, site: () => Site): void {
  const other: RenderRule =
    md.renderer.rules.fence ??
    ((tokens, index, options, _env, renderer) => renderer.renderToken(tokens, index, options))
  md.renderer.rules.fence = (tokens, index, options, env, renderer) => {
    const replay = typeof env === 'object' && env !== null ? site().replaying.get(env) : undefined
    if (replay !== undefined && isOurs(tokens[index])) return replay.next()
    return other(tokens, index, options, env, renderer)
  }
}

function replayOf({ fences }: KeptPage): Replay {
  let at = 0
  return { next: () => fences[at++] ?? '', isWhole: () => at === fences.length }
}

const isOurs = (token: Token | undefined): boolean => token !== undefined && isOurFence(token.info)

/** Between the fences of a page while they are finished together. */
const SEAM = '<!--docker-network seam-->'

/**
 * Lets the site take part in an instance's `render`. The original is called, not `parse` and `renderer.render`, so that
 * other plugins' wrappers of it keep working.
 */
export function patch(md: MarkdownIt, site: () => Site): void {
  installReplay(md, site)
  const original = md.render
  const render = function (this: MarkdownIt, src: string, env?: object): string | Promise<string> {
    if (!src.includes(FENCE_NAME) && !src.includes(REFERENCE_BEGIN)) return original.call(this, src, env)
    const now = site()
    const own = env ?? {}
    const page = src.includes(REFERENCE_BEGIN) ? null : (now.kept?.find(src, own) ?? null)
    if (page === null) return fresh.call(this, src, own)
    const replay = replayOf(page)
    now.replaying.set(own, replay)
    // An entry with fewer or more fences than the page has is none of ours.
    const finish = (html: string): string | Promise<string> => {
      now.replaying.delete(own)
      if (!replay.isWhole()) return fresh.call(this, src, own)
      now.replayed(page)
      return html
    }
    const html: unknown = original.call(this, src, own)
    return typeof html === 'string'
      ? finish(html)
      : Promise.resolve(html).then((text) => finish(String(text)))
  }
  const fresh = function (this: MarkdownIt, src: string, own: object): string | Promise<string> {
    const now = site()
    const session = now.session()
    if (session === null || Reflect.get(md, INSTALLED) !== true)
      return now.load(md).then(() => fresh.call(this, src, own))
    const gathered: Gathered = { fences: [], problems: [], alone: !src.includes(REFERENCE_BEGIN) }
    now.gathering.set(own, gathered)
    const html: unknown = original.call(this, src, own)
    const finish = (made: string): string | Promise<string> =>
      finishPage(now, session, made, gathered, src, own)
    return typeof html === 'string'
      ? finish(html)
      : Promise.resolve(html).then((text) => finish(String(text)))
  }
  Object.defineProperty(md, 'render', { value: render, writable: true, configurable: true, enumerable: true })
}

/** Puts the drawings into a page, and keeps its fences for the next build where that is safe. */
function finishPage(
  site: Site,
  { drawings }: Session,
  html: string,
  gathered: Gathered,
  src: string,
  env: object,
): string | Promise<string> {
  const { fences, problems } = gathered
  const places = placesOf(html, fences)
  const isKept =
    site.kept !== null &&
    gathered.alone &&
    places !== null &&
    fences.length > 0 &&
    problems.every(({ severity }) => severity === 'warning')
  if (!isKept) return drawings.finish(html)
  const put = (finished: string): string => {
    const made = finished.split(SEAM)
    site.kept?.keep(src, env, { fences: made, problems })
    let page = ''
    let end = 0
    places.forEach((at, i) => {
      page += html.slice(end, at) + (made[i] ?? '')
      end = at + (fences[i]?.length ?? 0)
    })
    return page + html.slice(end)
  }
  const finished = drawings.finish(fences.join(SEAM))
  return typeof finished === 'string' ? put(finished) : finished.then(put)
}

/** Where the fences stand in their page, in order; `null` when another plugin has changed one of them. */
function placesOf(html: string, fences: readonly string[]): readonly number[] | null {
  const places: number[] = []
  let from = 0
  for (const fence of fences) {
    const at = html.indexOf(fence, from)
    if (at < 0) return null
    places.push(at)
    from = at + fence.length
  }
  return places
}
