/** Marks the parts of a placed figure that are new, gone or another since an earlier step. */
import { movedRoute } from '../figure/changes.ts'
import type { ChangedThing, ChangeKind, Changes } from '../plan/changes.ts'
import type { PlacedFigure, PlacedPart, Subject } from './placed.ts'

export function markChanges(figure: PlacedFigure, changes: Changes | null): PlacedFigure {
  // A packet's way through what there is now has no part that was there before.
  if (changes === null || figure.view === 'sequence') return figure
  // A rule between rows is nobody's.
  const isRule = (part: PlacedPart): boolean => 'kind' in part && part.kind === 'rule'
  const marked = <T extends PlacedPart>(parts: readonly T[]): readonly T[] =>
    parts.map((part) => {
      const change = part.change === undefined && !isRule(part) ? changeOf(part.subject, changes) : null
      return change === null ? part : { ...part, change }
    })
  return {
    ...figure,
    enclosures: marked(figure.enclosures),
    lines: marked(figure.lines),
    bands: marked(figure.bands),
    boxes: marked(figure.boxes),
    chips: marked(figure.chips),
    pills: marked(figure.pills),
    // An address space says itself what has changed at each address.
    ...(figure.cells === undefined
      ? {}
      : { cells: figure.view === 'addresses' ? figure.cells : marked(figure.cells) }),
  }
}

function changeOf(subject: Subject, changes: Changes): ChangeKind | null {
  const kindOf = (thing: ChangedThing): ChangeKind | null => changes.of(thing)?.kind ?? null
  /** What belongs to a thing came and went with it. */
  const whole = (thing: ChangedThing): ChangeKind | null => {
    const kind = kindOf(thing)
    return kind === 'changed' ? null : kind
  }
  switch (subject.is) {
    case 'network':
      return kindOf({ is: 'network', network: subject.network })
    case 'container':
      return (
        kindOf({ is: 'container', container: subject.container }) ??
        kindOf({ is: 'name', container: subject.container }) ??
        movedRoute(subject.container, changes)
      )
    case 'pod':
      return whole({ is: 'container', container: subject.container })
    case 'attachment':
      return (
        kindOf({ is: 'attachment', container: subject.container, network: subject.network }) ??
        whole({ is: 'container', container: subject.container }) ??
        whole({ is: 'network', network: subject.network })
      )
    case 'port':
      return subject.container === ''
        ? whole({ is: 'service', service: subject.service })
        : whole({ is: 'container', container: subject.container })
    case 'endpoint':
      return (
        kindOf({ is: 'endpoint', network: subject.network, endpoint: subject.endpoint }) ??
        whole({ is: 'network', network: subject.network })
      )
    case 'vip':
      return kindOf({ is: 'vip', service: subject.service, network: subject.network })
    case 'service':
      return kindOf({ is: 'service', service: subject.service })
    default:
      return null
  }
}
