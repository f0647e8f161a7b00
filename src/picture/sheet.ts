/** Where placed parts are gathered while a figure is put together. */
import { createIds } from './ids.ts'
import type {
  PlacedBadge,
  PlacedBand,
  PlacedBox,
  PlacedChip,
  PlacedEnclosure,
  PlacedFigure,
  PlacedLabel,
  PlacedLine,
  PlacedPill,
  Subject,
} from './placed.ts'
import type { Scene } from './scene.ts'

export interface Sheet {
  readonly enclosures: PlacedEnclosure[]
  readonly lines: PlacedLine[]
  readonly bands: PlacedBand[]
  readonly boxes: PlacedBox[]
  readonly chips: PlacedChip[]
  readonly pills: PlacedPill[]
  readonly labels: PlacedLabel[]
  readonly badges: PlacedBadge[]
  /** A new id for a part. */
  id(subject: Subject, suffix?: string): string
}

/** A figure with nothing in it yet. */
export const emptyFigure = (scene: Scene): PlacedFigure => ({
  view: scene.view,
  language: scene.words.language,
  title: scene.title,
  description: scene.words.description.summary(scene.hosts.length, scene.networks.length, scene.cards.length),
  width: 0,
  height: 0,
  enclosures: [],
  lines: [],
  bands: [],
  boxes: [],
  chips: [],
  pills: [],
  labels: [],
  badges: [],
})

export const createSheet = (): Sheet => ({
  enclosures: [],
  lines: [],
  bands: [],
  boxes: [],
  chips: [],
  pills: [],
  labels: [],
  badges: [],
  id: createIds(),
})
