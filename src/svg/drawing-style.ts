/** How drawings look, in light and dark. `assets/docker-network.css` ends with `PAGE_STYLE`; a test holds them equal. */

type Palette = Readonly<Record<string, readonly [light: string, dark: string]>>

/** Lines reach 3:1 and text 4.5:1 on every surface they lie on, in both themes; tests/geometry measures it. */
const PALETTE: Palette = {
  canvas: ['#ffffff', '#14171c'],
  ink: ['#1b1f24', '#e9eef4'],
  quiet: ['#535c66', '#a7b1bd'],
  line: ['#57606a', '#97a2af'],
  'host-fill': ['#f6f7f9', '#1b1f26'],
  'host-line': ['#7b8591', '#717d8b'],
  'container-fill': ['#e9f1fe', '#172842'],
  'container-line': ['#2563c9', '#6ea8fe'],
  'bridge-fill': ['#fff4e2', '#2f2412'],
  'bridge-line': ['#b25a07', '#e3a64d'],
  'overlay-fill': ['#f3edfe', '#271d3f'],
  'overlay-line': ['#7440c9', '#b795f7'],
  'ingress-fill': ['#fcedfa', '#351b38'],
  'ingress-line': ['#a52a9c', '#e591df'],
  'macvlan-fill': ['#e7f7ef', '#102c23'],
  'macvlan-line': ['#0b7551', '#4fc490'],
  'ipvlan-fill': ['#e4f6fa', '#0e2c34'],
  'ipvlan-line': ['#0b6e80', '#52c4dd'],
  'nat-fill': ['#fdedf3', '#371a2a'],
  'nat-line': ['#b8245e', '#f28bb5'],
  'service-fill': ['#eceeff', '#212449'],
  'service-line': ['#474cc7', '#a0a6ff'],
  hot: ['#cf222e', '#ff7b72'],
}

const variables = (theme: 0 | 1): string =>
  Object.entries(PALETTE)
    .map(([name, colours]) => `--dn-${name}:${colours[theme]};`)
    .join('')

/** Kind of box or legend swatch → colours of the palette. */
const KINDS: readonly (readonly [classes: string, colours: string])[] = [
  ['network', 'host'],
  ['host', 'host'],
  ['container', 'container'],
  ['task', 'container'],
  ['sandbox', 'container'],
  ['bridge', 'bridge'],
  ['overlay', 'overlay'],
  ['vxlan', 'overlay'],
  ['ingress', 'ingress'],
  ['macvlan', 'macvlan'],
  ['underlay', 'macvlan'],
  ['ipvlan', 'ipvlan'],
  ['nat', 'nat'],
  ['service', 'service'],
]

const kindRules = KINDS.map(
  ([name, colours]) => `.${name}{--dn-fill:var(--dn-${colours}-fill);--dn-stroke:var(--dn-${colours}-line)}`,
)

const SVG = '.docker-network-svg'
const SWATCH = '.docker-network-swatch'
const inBoth = (rule: string): string =>
  `${SVG} ${rule.replace('{', `,${SWATCH}${rule.slice(0, rule.indexOf('{'))}{`)}`

/** Of a drawing inside and outside pages, without any theme but the light one. */
export const DRAWING_STYLE = [
  `:is(${SVG},${SWATCH}){${variables(0)}}`,
  `@media (prefers-color-scheme:dark){:is(${SVG},${SWATCH}){${variables(1)}}}`,
  `${SVG}{background:var(--dn-ground,transparent);color:var(--dn-ink);font:400 13px/1.1 var(--dn-font,"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif);font-variant-numeric:tabular-nums;text-rendering:geometricPrecision;border-radius:8px}`,
  `${SVG} text{fill:var(--dn-ink);stroke:none}`,
  `${SVG} .name{font-size:14px;font-weight:700}`,
  `${SVG} .quiet{font-size:12px;fill:var(--dn-quiet)}`,
  `${SVG} .edgeLabel text{font-size:12px;fill:var(--dn-quiet)}`,
  `${SVG} :is(.node,.cluster)>:is(rect,polygon,ellipse){fill:var(--dn-fill,var(--dn-canvas));stroke:var(--dn-stroke,var(--dn-line));stroke-width:1.25px}`,
  ...kindRules.map(inBoth),
  `${SVG} .cluster>rect{stroke-width:1px}`,
  `${SVG} .sandbox>rect{fill-opacity:.55}`,
  `${SVG} .services>rect{fill:none;stroke:var(--dn-host-line);stroke-dasharray:4 4}`,
  `${SVG} :is(.network,.underlay)>rect{stroke-width:2px}`,
  `${SVG} :is(.internal,.vxlan)>rect{stroke-dasharray:7 4}`,
  `${SVG} :is(.client,.outside)>rect{stroke-dasharray:4 3}`,
  `${SVG} .stopped>rect{fill:var(--dn-canvas);stroke:var(--dn-host-line);stroke-dasharray:3 3}`,
  `${SVG} .flowchart-link{fill:none;stroke:var(--dn-line);stroke-width:1.5px;stroke-linejoin:round}`,
  `${SVG} .publish{stroke-width:1.75px}`,
  `${SVG} .tunnel{stroke:var(--dn-overlay-line);stroke-width:2px;stroke-dasharray:7 4}`,
  `${SVG} .uplink{stroke:var(--dn-macvlan-line);stroke-width:2.5px}`,
  `${SVG} .masquerade{stroke:var(--dn-nat-line)}`,
  `${SVG} :is(.dependency,.shared){stroke-dasharray:2 4;stroke-linecap:round}`,
  `${SVG} .arrow{fill:var(--dn-line)}`,
  `${SVG} .flowchart-link.hot{stroke:var(--dn-hot);stroke-width:3px;stroke-dasharray:none}`,
  `${SVG} .node.hot>:is(rect,polygon,ellipse){stroke:var(--dn-hot);stroke-width:2.5px}`,
  `${SVG} .arrow.hot{fill:var(--dn-hot)}`,
  `${SVG} .edgeLabel.hot text{fill:var(--dn-hot);font-weight:700}`,
].join('\n')

export type DrawingTheme = 'auto' | 'light' | 'dark'

/** Of a drawing in a file of its own, which has its own ground; `auto` follows the reader's preference. */
export const standaloneStyle = (theme: DrawingTheme): string =>
  [
    DRAWING_STYLE,
    ...(theme === 'auto' ? [] : [`${SVG}{${variables(theme === 'light' ? 0 : 1)}}`]),
    `${SVG}{--dn-ground:var(--dn-canvas)}`,
  ].join('\n')

const themed = (selector: string, theme: 0 | 1): string =>
  `${selector} :is(${SVG},${SWATCH}){${variables(theme)}}`

/** Least widths in steps: below them the figure scrolls inside its own box. */
const leastWidths = (step: number, widest: number): string[] =>
  Array.from({ length: widest / step }, (_, i) => `.dn-min-${(i + 1) * step}{min-width:${(i + 1) * step}px}`)

/** Of drawings in pages: the root's toggle beats the reader's preference, and a figure's own theme beats both. */
export const pageStyle = (step: number, widest: number): string =>
  [
    DRAWING_STYLE,
    themed(':root:is(.light,[data-theme=light])', 0),
    themed(':root:is(.dark,[data-theme=dark])', 1),
    themed(':root .docker-network[data-theme=light]', 0),
    themed(':root .docker-network[data-theme=dark]', 1),
    `.docker-network-drawing>${SVG}{max-width:100%;height:auto}`,
    `.docker-network-drawing>${SVG}.dn-natural{max-width:none}`,
    ...leastWidths(step, widest),
    `${SWATCH}{background:var(--dn-fill,var(--dn-canvas));border-color:var(--dn-stroke,var(--dn-line))}`,
  ].join('\n')
