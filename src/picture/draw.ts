import { TOPOLOGY_VIEWS } from '../topology/topology.ts'
import { placeAddresses } from './addresses.ts'
import { withLights } from './lights.ts'
import { placeList } from './list.ts'
import { markChanges } from './mark-changes.ts'
import { placeMatrix } from './matrix.ts'
import { withOutside } from './outside.ts'
import { place } from './place.ts'
import type { PlacedBox, PlacedFigure } from './placed.ts'
import type { Scene } from './scene.ts'
import { placeSequence } from './sequence.ts'
import { SIGN, SIGN_GAP } from './signs.ts'
import { type PictureTheme, standaloneStyle } from './style.ts'
import { type WrittenSvg, writeSvg } from './write-svg.ts'

/** Column of a blog, in CSS pixels. */
export const COLUMN = 700

/** Every part of a scene in its place, in a drawing that is about so wide, in CSS pixels. */
export const placeScene = (scene: Scene, width: number = COLUMN): PlacedFigure =>
  withLights(markChanges(placeView(scene, width), scene.changes), scene)

/** Signs that nobody asked for are there for all containers that have one, or for none. */
function evenSigns(figure: PlacedFigure, scene: Scene): PlacedFigure {
  const signs = new Map(
    scene.cards.flatMap((card) => card.members.map((member) => [member.container, member.sign] as const)),
  )
  const signOf = ({ subject }: PlacedBox) =>
    subject.is === 'container' ? (signs.get(subject.container) ?? null) : null
  if (figure.boxes.every((box) => box.sign !== undefined || signOf(box) === null)) return figure
  const boxes = figure.boxes.map((box) => {
    const { sign, ...rest } = box
    if (sign === undefined || signOf(box)?.isAsked === true) return box
    const [title, ...details] = box.texts
    return title === undefined
      ? rest
      : { ...rest, texts: [{ ...title, x: title.x - (SIGN + SIGN_GAP) / 2 }, ...details] }
  })
  return { ...figure, boxes }
}

function placeView(scene: Scene, width: number): PlacedFigure {
  switch (scene.view) {
    case 'sequence':
      return placeSequence(scene, width)
    case 'addresses':
      return placeAddresses(scene, width)
    case 'matrix':
      return placeMatrix(scene, width)
    default:
      return withOutside(evenSigns(place(scene, { width }), scene), scene, width)
  }
}

/**
 * Draws a scene as one `<svg>` for a page that has the stylesheet of the package.
 *
 * @param id Begins every id of the drawing; unique in its page.
 */
export const drawPicture = (scene: Scene, id: string): WrittenSvg =>
  writeSvg(placeScene(scene), { id, decorations: scene.decorations })

/** Around a picture in a frame, in CSS pixels. */
const FRAME_PAD = 40
/** Small pictures are not blown up beyond this. */
const LARGEST = 2.5

/** A drawing in the middle of an image of a given size, as large as fits. */
export function framedPicture(
  { svg, width, height }: WrittenSvg,
  frame: { readonly width: number; readonly height: number },
): WrittenSvg {
  const scale = Math.min(
    LARGEST,
    (frame.width - 2 * FRAME_PAD) / width,
    (frame.height - 2 * FRAME_PAD) / height,
  )
  const own = { width: Math.round(width * scale), height: Math.round(height * scale) }
  const x = Math.round((frame.width - own.width) / 2)
  const y = Math.round((frame.height - own.height) / 2)
  const inner = svg
    .replace(` width="${width}"`, ` x="${x}" y="${y}" width="${own.width}"`)
    .replace(` height="${height}"`, ` height="${own.height}"`)
  return {
    ...frame,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">${inner}</svg>`,
  }
}

/** Inner width of a phone held upright. */
const PHONE = 340
/** Narrower ones are readable on a phone as they are. */
const FITS = 420

/** Wider than this, letters are smaller than 9 px on a phone. */
const WIDEST_NARROW = 450

/** For a phone; a map that cannot be made so narrow is told as a list, in which nothing is lost but the lines. */
function placeNarrow(scene: Scene): PlacedFigure {
  const narrow = placeScene(scene, PHONE)
  const isMap = TOPOLOGY_VIEWS.some((view) => view === scene.view)
  return isMap && narrow.width > WIDEST_NARROW
    ? withLights(markChanges(placeList(scene, PHONE), scene.changes), scene)
    : narrow
}

/** Inner size of an A4 page with usual margins. */
const PAPER = { width: 680, height: 1000 }
/** Letters of 12 px are 6 pt high at this. */
const LEAST_ON_PAPER = 0.66

/** Too high for a sheet of paper, and still readable when it is made as high as one. */
function isPage({ width, height }: PlacedFigure): boolean {
  const high = height * Math.min(1, PAPER.width / width)
  return high > PAPER.height * 0.9 && high * LEAST_ON_PAPER <= PAPER.height
}

/**
 * The drawing for a page, and behind it a narrow one where a phone would shrink the first until nobody can read it; the
 * stylesheet shows the one that fits.
 */
export function pagePicture(scene: Scene, id: string): string {
  const wide = placeScene(scene)
  const { decorations } = scene
  const written = writeSvg(wide, { id, decorations }).svg
  const svg = isPage(wide) ? marked(written, 'dn-page') : written
  if (wide.width <= FITS) return svg
  const narrow = placeNarrow(scene)
  if (wide.width <= WIDEST_NARROW && narrow.width > wide.width * 0.8) return svg
  // The attribute hides it where there is no stylesheet; in a page any rule of one goes over it.
  const hidden = marked(writeSvg(narrow, { id: `${id}-narrow`, decorations }).svg, 'dn-narrow" display="none')
  return `${marked(svg, 'dn-wide')}\n${hidden}`
}

const marked = (svg: string, name: string): string =>
  svg.replace('class="docker-network-picture', `class="docker-network-picture ${name}`)

/** A drawing with its stylesheet inside, for `<img>`, feeds and downloads: no page styles reach there. */
export const standalonePicture = (svg: string, theme: PictureTheme = 'auto'): string =>
  svg.replace(/^<svg [^>]*>/, (open) => `${open}\n<style>${standaloneStyle(theme)}</style>`)
