/**
 * What a program adds to the boxes of a figure: a class, a link, a caption. In the manner of shiki's transformers:
 * several may be given, each is asked for every box, and what they say comes together.
 */
import type { Plan, PlanContainer, PlanHost, PlanNetwork } from '../plan/plan.ts'
import type { Decorated, Decorations, Subject } from './placed.ts'
import type { Scene, SceneMember, SceneNetwork } from './scene.ts'

export interface Decoration {
  /** Class names, with blanks between them. */
  readonly class?: string | undefined
  /** Where the box leads: an address of the site, `#heading`, or `https://…`. Others are left out. */
  readonly link?: string | undefined
  /** A line under the name. */
  readonly caption?: string | undefined
}

export interface FigureTransformer {
  /** For messages. */
  readonly name?: string | undefined
  container?(container: PlanContainer, plan: Plan): Decoration | undefined
  network?(network: PlanNetwork, plan: Plan): Decoration | undefined
  /** Hosts have no captions: what is to be said of them stands in `hosts:`. */
  host?(host: PlanHost, plan: Plan): Omit<Decoration, 'caption'> | undefined
}

/** Captions go into the scene, so that there is room for them; classes and links are for the writer. */
export function decorate(scene: Scene, transformers: readonly FigureTransformer[] = []): Scene {
  if (transformers.length === 0) return scene
  const { plan } = scene
  const decorations = new Map<string, Decorated>()
  const captions = new Map<string, readonly string[]>()
  const note = (key: string, all: readonly (Decoration | undefined)[]): void => {
    const given = all.filter((one) => one !== undefined)
    const classes = given.flatMap((one) => (one.class ?? '').split(/\s+/).filter(isClassName))
    const link = given.map((one) => one.link ?? '').findLast(isSafeLink) ?? ''
    if (classes.length > 0 || link !== '') decorations.set(key, { classes, link })
    const lines = given.flatMap((one) =>
      one.caption === undefined || one.caption === '' ? [] : [one.caption],
    )
    if (lines.length > 0) captions.set(key, lines)
  }
  for (const [name, container] of plan.containers)
    note(
      `container ${name}`,
      transformers.map((one) => one.container?.(container, plan)),
    )
  for (const [key, network] of plan.networks)
    note(
      `network ${key}`,
      transformers.map((one) => one.network?.(network, plan)),
    )
  for (const host of plan.hosts)
    note(
      `host ${host.name}`,
      transformers.map((one) => one.host?.(host, plan)),
    )
  const withCaption = (member: SceneMember): SceneMember => ({
    ...member,
    details: [...(captions.get(`container ${member.container}`) ?? []), ...member.details],
  })
  const networkCaption = (network: SceneNetwork): SceneNetwork => ({
    ...network,
    facts: [...network.facts, ...(captions.get(`network ${network.key}`) ?? [])],
  })
  return {
    ...scene,
    networks: scene.networks.map(networkCaption),
    cards: scene.cards.map((card) => ({ ...card, members: card.members.map(withCaption) })),
    decorations,
  }
}

export function decorationOf(subject: Subject, decorations: Decorations): Decorated | null {
  switch (subject.is) {
    case 'container':
      return decorations.get(`container ${subject.container}`) ?? null
    case 'network':
      return decorations.get(`network ${subject.network}`) ?? null
    case 'host':
      return decorations.get(`host ${subject.host}`) ?? null
    default:
      return null
  }
}

const isClassName = (name: string): boolean => /^-?[A-Za-z_][\w-]*$/.test(name)

/** An address inside of the site, or of the web: nothing that runs. */
const isSafeLink = (link: string): boolean =>
  /^(?:https?:\/\/|mailto:|[#/?.]|[\w-]+(?:[/?#.]|$))/i.test(link) &&
  !/^[a-z][a-z0-9+.-]*:(?!\/\/)/i.test(link.replace(/^mailto:/i, ''))
