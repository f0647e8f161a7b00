/**
 * How pictures look, in light and dark. `assets/docker-network.css` ends with `pictureStyle()`; a test holds them equal.
 * What is said here in light colours stands in the SVG as attributes too; the rest is dark and the reader's own font.
 */

import { MOST_LIT } from '../figure/lights.ts'
import { FONT_FAMILY } from '../font/font-family.ts'
import { BASE, GREY_PATTERNS, HUE_INK, HUES } from './palette.ts'

const ROOT = '.docker-network-picture'

const variables = (theme: 0 | 1): string =>
  [
    ...Object.entries(BASE).map(([name, colours]) => `--dn-${name}:${colours[theme]};`),
    ...HUES.flatMap(({ solid, tint }, index) => [
      `--dn-hue${index + 1}:${solid[theme]};`,
      `--dn-tint${index + 1}:${tint[theme]};`,
    ]),
    `--dn-hue-ink:${HUE_INK[theme]};`,
  ].join('')

const RULES: readonly string[] = [
  `${ROOT}{background:var(--dn-ground,transparent);fill:var(--dn-ink);font-family:var(--dn-font,"${FONT_FAMILY}","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif);font-variant-numeric:tabular-nums;text-rendering:geometricPrecision}`,
  `${ROOT} text{fill:var(--dn-ink);stroke:none}`,
  `${ROOT} text.detail{fill:var(--dn-quiet)}`,
  `${ROOT} .enclosure.host>rect{fill:var(--dn-host-fill);stroke:var(--dn-host-line)}`,
  `${ROOT} .enclosure.pod>rect{fill:var(--dn-card-fill);stroke:var(--dn-card-line)}`,
  `${ROOT} .enclosure.apart>rect{stroke:var(--dn-host-line)}`,
  `${ROOT} .box>rect{fill:var(--dn-card-fill);stroke:var(--dn-card-line)}`,
  `${ROOT} :is(.box.container,.box.task,.box.machine,.cell:not(.event,.drop))>rect{rx:var(--dn-radius,8px)}`,
  `${ROOT} .enclosure.host>rect{rx:calc(var(--dn-radius,8px)*1.5)}`,
  `${ROOT} .box.stopped>rect{stroke:var(--dn-host-line)}`,
  `${ROOT} .sign{fill:none;stroke:var(--dn-quiet)}`,
  `${ROOT} .box.machine>rect{fill:var(--dn-canvas);stroke:var(--dn-line)}`,
  `${ROOT} .box.underlay>rect{fill:var(--dn-host-fill)}`,
  `${ROOT} .band>rect{fill:var(--dn-hue-solid,var(--dn-hue));stroke:var(--dn-hue)}`,
  `${ROOT} .band>rect.inner{fill:none;stroke:var(--dn-hue-ink)}`,
  `${ROOT} .band>rect.ring{fill:none}`,
  `${ROOT} .band>rect.tube{fill:var(--dn-tint)}`,
  `${ROOT} .label text{fill:var(--dn-hue,var(--dn-quiet))}`,
  `${ROOT} .band text{fill:var(--dn-hue-ink)}`,
  `${ROOT} .chip>rect{fill:var(--dn-tint,var(--dn-canvas));stroke:var(--dn-hue,var(--dn-line))}`,
  `${ROOT} .chip text{fill:var(--dn-hue,var(--dn-ink))}`,
  `${ROOT} .pill.open>rect{fill:var(--dn-open);stroke:var(--dn-open)}`,
  `${ROOT} .pill.open text{fill:var(--dn-open-ink)}`,
  `${ROOT} .pill.local>rect{fill:var(--dn-local);stroke:var(--dn-local)}`,
  `${ROOT} .pill.local text{fill:var(--dn-local-ink)}`,
  `${ROOT} .band.dn-dim>rect{fill:var(--dn-tint)}`,
  `${ROOT} .band.dn-dim text{fill:var(--dn-hue)}`,
  `${ROOT} .band.dn-dim>rect.ring{fill:none}`,
  `${ROOT} .band.dn-dim>rect.inner{fill:none;stroke:var(--dn-hue)}`,
  `${ROOT} .box.dn-dim>rect{stroke:var(--dn-host-line)}`,
  `${ROOT} .box.dn-dim text{fill:var(--dn-quiet)}`,
  `${ROOT} .cell>rect{fill:var(--dn-canvas);stroke:var(--dn-host-line)}`,
  `${ROOT} .cell:is(.taken,.used,.reserved)>rect{fill:var(--dn-tint,var(--dn-host-fill));stroke:var(--dn-hue,var(--dn-line))}`,
  `${ROOT} .cell:is(.taken,.used,.reserved) text{fill:var(--dn-hue,var(--dn-ink))}`,
  `${ROOT} .cell.gateway>rect,${ROOT} .cell.lane[class*=dn-hue]>rect{fill:var(--dn-hue-solid,var(--dn-hue,var(--dn-line)));stroke:var(--dn-hue,var(--dn-line))}`,
  `${ROOT} .cell.gateway text,${ROOT} .cell.lane[class*=dn-hue] text{fill:var(--dn-hue-ink)}`,
  `${ROOT} .cell.blocked>rect{fill:var(--dn-local);stroke:var(--dn-local)}`,
  `${ROOT} .cell.blocked text{fill:var(--dn-local-ink)}`,
  `${ROOT} .cell:is(.free,.outside)>rect{fill:none}`,
  `${ROOT} .cell:is(.free,.outside,.edge) text{fill:var(--dn-quiet)}`,
  `${ROOT} .cell:is(.edge,.event)>rect{fill:var(--dn-host-fill)}`,
  `${ROOT} .cell.event>rect{stroke:var(--dn-card-line)}`,
  `${ROOT} .cell.lane:not([class*=dn-hue])>rect{fill:var(--dn-card-fill);stroke:var(--dn-card-line)}`,
  `${ROOT} .cell.drop>rect{stroke:var(--dn-way1)}`,
  `${ROOT} .cell.drop text{fill:var(--dn-way1)}`,
  `${ROOT} .edge{stroke:var(--dn-hue,var(--dn-line))}`,
  `${ROOT} .edge:is(.message,.reply){stroke:var(--dn-ink)}`,
  `${ROOT} .edge:is(.lifeline,.rule){stroke:var(--dn-host-line)}`,
  `${ROOT} .edge.publish{stroke:var(--dn-ink)}`,
  ...['new', 'gone', 'changed'].map(
    (kind) =>
      `${ROOT} .dn-${kind}:not(.band)>rect,${ROOT} .dn-${kind}>rect.ring,${ROOT} .edge.dn-${kind}{stroke:var(--dn-${kind})}`,
  ),
  `${ROOT} .dn-gone text{text-decoration:line-through}`,
  `${ROOT} .dot{fill:var(--dn-hue,var(--dn-line))}`,
  `${ROOT} .dot.publish,${ROOT} .head-a{fill:var(--dn-ink)}`,
  ...HUES.map(
    (_, index) =>
      `${ROOT} .dn-hue${index + 1}{--dn-hue:var(--dn-hue${index + 1});--dn-tint:var(--dn-tint${index + 1})}`,
  ),
  ...[1, 2, 3].flatMap((way) => [
    `${ROOT} .edge.dn-way${way}{stroke:var(--dn-way${way})}`,
    `${ROOT} .head-w${way}{fill:var(--dn-way${way})}`,
    `${ROOT} .badge.dn-way${way}>rect{fill:var(--dn-way${way});stroke:var(--dn-canvas)}`,
    `${ROOT} .badge.dn-way${way} text{fill:var(--dn-way${way}-ink)}`,
    `${ROOT} .badge.drop.dn-way${way}>circle{fill:var(--dn-canvas);stroke:var(--dn-way${way})}`,
    `${ROOT} .badge.drop.dn-way${way}>path{stroke:var(--dn-way${way})}`,
  ]),
]

/** Parts that belong to somebody; hosts and what they share stay as they are. */
const PARTS = '.docker-network-picture :is(.band,.box,.chip,.pill,.edge,.dot,.cell,.pod)'

/**
 * The pointer or the keyboard on a container or a network, in the drawing, in the table or by a link, leaves only what
 * belongs to it in full strength.
 */
const others = (mark: string, from: string): string => {
  const at = `.docker-network:has(:is(${from},tr,.dn-at).dn-${mark}:is(:hover,:focus-within,:target))`
  return `${at} ${PARTS}:not(.dn-${mark})`
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** What is not lit is pale, but keeps its ground: an edge that shows through a pill would strike its address out. */
const PALE =
  '--dn-lit:.2;--dn-hue-solid:var(--dn-tint);--dn-hue-ink:var(--dn-hue);--dn-open:var(--dn-host-fill);--dn-open-ink:var(--dn-ink);--dn-local:var(--dn-host-fill);--dn-local-ink:var(--dn-ink)'

const LIT: readonly string[] = [
  '@media screen{',
  `${[
    ...numbers(MOST_LIT.containers).map((number) => others(`c${number}`, '.box,.cell.lane')),
    ...numbers(MOST_LIT.networks).map((number) => others(`n${number}`, '.band')),
  ].join(',')}{${PALE}}`,
  `${PARTS}>rect{stroke-opacity:var(--dn-lit,1)}`,
  `${PARTS}:is(.edge,.dot),${PARTS}>:is(text,.sign,.inner){opacity:var(--dn-lit,1)}`,
  '}',
]

/**
 * The second sign of a network, beside its colour: the dashes of its lines, and of what they end at. What is new, gone or
 * another has those of that.
 */
const UNCHANGED = ':not(.dn-new,.dn-gone,.dn-changed)'
const GREY = `@media print,(monochrome),(prefers-contrast:more){${GREY_PATTERNS.flatMap((dashes, index) =>
  dashes === ''
    ? []
    : [
        `${ROOT} .edge.attach.dn-hue${index + 1}${UNCHANGED},${ROOT} .chip.interface.dn-hue${index + 1}${UNCHANGED}>rect{stroke-dasharray:${dashes}}`,
      ],
).join('')}}`

export type PictureTheme = 'auto' | 'light' | 'dark'

/** Without weight, so that one rule of a page goes over them in every theme. */
const set = (selector: string, theme: 0 | 1): string => `:where(${selector}){${variables(theme)}}`

const BOTH = [set(ROOT, 0), `@media (prefers-color-scheme:dark){${set(ROOT, 1)}}`]

/** Of a picture in a file of its own, which has its own ground; `auto` follows the reader's preference. */
export const standaloneStyle = (theme: PictureTheme): string =>
  [
    ...(theme === 'auto' ? BOTH : [set(ROOT, theme === 'light' ? 0 : 1)]),
    ...RULES,
    GREY,
    `${ROOT}{--dn-ground:var(--dn-canvas)}`,
  ].join('\n')

const themed = (selector: string, theme: 0 | 1): string => set(`${selector} ${ROOT}`, theme)

/** Of pictures in pages: the root's toggle beats the reader's preference, and a figure's own theme beats both. */
export const pictureStyle = (): string =>
  [
    ...BOTH,
    ...RULES,
    GREY,
    themed(':root:is(.light,[data-theme=light])', 0),
    themed(':root:is(.dark,[data-theme=dark])', 1),
    themed(':root .docker-network[data-theme=light]', 0),
    themed(':root .docker-network[data-theme=dark]', 1),
    ...LIT,
    `@media print{${set(ROOT, 0)}${ROOT}{max-width:100%;height:auto}.docker-network-drawing>${ROOT}.dn-page{max-height:96vh}}`,
    `.docker-network-drawing>${ROOT}{max-width:100%;height:auto}`,
    `.docker-network-drawing:has(>${ROOT}){container-type:inline-size}`,
    `.docker-network-drawing>${ROOT}.dn-narrow{display:none}`,
    `@container (max-width:520px){.docker-network-drawing>${ROOT}.dn-wide{display:none}.docker-network-drawing>${ROOT}.dn-narrow{display:block;margin-inline:auto}}`,
  ].join('\n')
