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
  PlacedText,
  Rect,
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

const noParts = (): Omit<Sheet, 'id'> => ({
  enclosures: [],
  lines: [],
  bands: [],
  boxes: [],
  chips: [],
  pills: [],
  labels: [],
  badges: [],
})

/** A figure with nothing in it yet. */
export const emptyFigure = (scene: Scene): PlacedFigure => ({
  view: scene.view,
  language: scene.words.language,
  title: scene.title,
  description: scene.words.description.summary(scene.hosts.length, scene.networks.length, scene.cards.length),
  width: 0,
  height: 0,
  ...noParts(),
})

export const createSheet = (): Sheet => ({ ...noParts(), id: createIds() })

/** A box in a plain frame. @returns its id. */
export function addBox(
  sheet: Sheet,
  subject: Subject,
  kind: PlacedBox['kind'],
  rect: Rect,
  texts: readonly PlacedText[],
): string {
  const id = sheet.id(subject)
  sheet.boxes.push({ id, subject, emphasis: 'plain', hue: null, kind, stopped: false, ...rect, texts })
  return id
}

/** A piece of the way in. @param suffix of its id. */
export function addWayIn(
  sheet: Sheet,
  subject: Subject,
  suffix: string,
  line: Pick<PlacedLine, 'points' | 'arrow' | 'from' | 'to' | 'dots'>,
): void {
  const id = sheet.id(subject, suffix)
  sheet.lines.push({ id, subject, emphasis: 'plain', hue: null, kind: 'publish', way: 0, gaps: [], ...line })
}
