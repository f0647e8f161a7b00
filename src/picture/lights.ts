/** Classes by which the stylesheet lights what belongs to a container or a network. */
import { type Lights, lightsOf } from '../figure/lights.ts'
import type { PlacedFigure, PlacedPart } from './placed.ts'
import type { Scene } from './scene.ts'

export function withLights(figure: PlacedFigure, scene: Scene): PlacedFigure {
  const lights = partLights(scene)
  const lit = <T extends PlacedPart>(parts: readonly T[]): readonly T[] =>
    parts.map((part) => {
      const own = lights.of(part)
      return own.length === 0 ? part : { ...part, lights: own }
    })
  return {
    ...figure,
    enclosures: lit(figure.enclosures),
    lines: lit(figure.lines),
    bands: lit(figure.bands),
    boxes: lit(figure.boxes),
    chips: lit(figure.chips),
    pills: lit(figure.pills),
    ...(figure.cells === undefined ? {} : { cells: lit(figure.cells) }),
  }
}

interface PartLights {
  /** Class names of a part: its own, and those of what it belongs to. */
  of(part: PlacedPart): readonly string[]
}

function partLights(scene: Scene): PartLights {
  const lights = lightsOf(
    scene.plan.containers.keys(),
    scene.networks.map(({ key }) => key),
  )
  const members = new Map<string, string[]>()
  const joined = new Map<string, string[]>()
  for (const card of scene.cards)
    for (const member of card.members)
      for (const { network } of card.joints) {
        push(members, network, lights.containers.get(member.container))
        push(joined, member.container, lights.networks.get(network))
      }
  return { of: (part) => classesOf(part, lights, members, joined) }
}

function push(map: Map<string, string[]>, key: string, mark: string | undefined): void {
  if (mark === undefined) return
  const list = map.get(key)
  if (list === undefined) map.set(key, [mark])
  else list.push(mark)
}

function classesOf(
  { subject }: PlacedPart,
  { containers, networks }: Lights,
  members: ReadonlyMap<string, readonly string[]>,
  joined: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const marks = (...all: readonly (string | undefined)[]): readonly string[] =>
    all.flatMap((mark) => (mark === undefined ? [] : [`dn-${mark}`]))
  switch (subject.is) {
    case 'network':
      return marks(networks.get(subject.network), ...(members.get(subject.network) ?? []))
    case 'container':
    case 'pod':
      return marks(containers.get(subject.container), ...(joined.get(subject.container) ?? []))
    case 'attachment':
      return marks(containers.get(subject.container), networks.get(subject.network))
    case 'port':
      return marks(containers.get(subject.container), ...(joined.get(subject.container) ?? []))
    case 'vip':
    case 'endpoint':
      return marks(networks.get(subject.network))
    default:
      return []
  }
}
