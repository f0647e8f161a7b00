/** What a lab of the article tells its reader to type, and what the reader is told to see. */
import MarkdownIt from 'markdown-it'
import { type DefaultTreeAdapterMap, parse } from 'parse5'
import dockerNetwork from '../../src/index.ts'

export interface Step {
  /** Machine it is typed on, `''` where the lab has one alone. */
  readonly host: string
  readonly command: string
  /** Lines of output below the command; `null` where the text shows none. */
  readonly expected: string | null
}

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']

const isElement = (node: Node): node is Element => 'tagName' in node
const childrenOf = (node: Node): readonly Node[] => ('childNodes' in node ? node.childNodes : [])
const textOf = (node: Node): string => ('value' in node ? node.value : childrenOf(node).map(textOf).join(''))
const PROMPT = /^(?:\[([\w.-]+)\] )?\$ (.*)$/

/** The steps of each chapter (heading of the third level) that has a terminal in it, by the order of the chapters. */
export function labSteps(markdown: string, language: 'ko' | 'en'): readonly (readonly Step[])[] {
  const md = new MarkdownIt({ html: true }).use(dockerNetwork, { language })
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, '')
  const chapters: Step[][] = [[]]
  for (const node of listings(parse(md.render(body)))) {
    if (node === 'chapter') chapters.push([])
    else addListing(chapters.at(-1) ?? [], textOf(node))
  }
  return chapters.filter((steps) => steps.length > 0)
}

/** Listings and chapters in the order of reading; not what is folded away in a figure. */
function* listings(node: Node): Generator<Element | 'chapter'> {
  if (isElement(node)) {
    if (node.tagName === 'h3' || node.tagName === 'h2') yield 'chapter'
    if (node.tagName === 'figure') return
    if (node.tagName === 'pre') {
      yield node
      return
    }
  }
  for (const child of childrenOf(node)) yield* listings(child)
}

/** A listing without a prompt is the output of the command above it. */
function addListing(steps: Step[], text: string): void {
  // What stands below an output that is there already is no command's.
  const over = steps.findLast(({ expected }) => expected !== null)
  const isOver = (step: Step): boolean => step === over && step === before
  const before = steps.at(-1)
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [, host = '', command] = PROMPT.exec(line) ?? []
    if (command !== undefined) {
      steps.push({ host, command, expected: null })
      continue
    }
    const last = steps.at(-1)
    if (last === undefined || isOver(last)) continue
    steps.splice(-1, 1, { ...last, expected: last.expected === null ? line : `${last.expected}\n${line}` })
  }
}

/** Whether an output is what a lab shows: `<random>` stands for anything, and a JSON text for a part of the whole. */
export function isAsShown(expected: string, output: string): boolean {
  const [shown, seen] = [jsonOf(expected), jsonOf(output)]
  if (shown !== null && seen !== null) return isPartOf(shown, seen)
  const lines = (text: string): string => text.trim().replace(/[ \t]+$/gm, '')
  return patternOf(lines(expected)).test(lines(output))
}

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/<[^<>\n]+>/)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[ \t]+/g, '[ \\t]+'))
      .join('[^\\n]+')}$`,
  )

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Values of a map whose keys are ids that nobody can know are compared as a set. */
function isPartOf(shown: unknown, seen: unknown): boolean {
  if (typeof shown === 'string') return patternOf(shown).test(String(seen))
  if (typeof shown !== 'object' || shown === null) return shown === seen
  if (typeof seen !== 'object' || seen === null) return false
  return Object.entries(shown).every(([key, value]) =>
    key.includes('<')
      ? Object.values(seen).some((one) => isPartOf(value, one))
      : isPartOf(value, Reflect.get(seen, key)),
  )
}
