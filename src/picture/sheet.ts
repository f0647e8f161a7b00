/** Where placed parts are gathered while a figure is put together. */
import { createIds } from './ids.ts'
import type {
  PlacedBadge,
  PlacedBand,
  PlacedBox,
  PlacedChip,
  PlacedEnclosure,
  PlacedLabel,
  PlacedLine,
  PlacedPill,
  Subject,
} from './placed.ts'

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
