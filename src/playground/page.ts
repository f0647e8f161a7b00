/** The parts of the playground's page, found once. What is missing is a mistake of the page template. */

export const PARTS = ['copy-link', 'copy-svg', 'copy-mermaid', 'download-svg', 'download-png'] as const
/** A button that takes something away. */
export type Part = (typeof PARTS)[number]

export interface PlaygroundPage {
  readonly model: HTMLTextAreaElement
  readonly view: HTMLSelectElement
  readonly example: HTMLSelectElement
  /** Models by the value of their option in `example`. */
  readonly examples: ReadonlyMap<string, string>
  /** Live region: one short sentence on what just happened. */
  readonly status: HTMLElement
  readonly problems: HTMLElement
  /** Address under which each code of a problem has its page. */
  readonly problemPages: string
  readonly output: HTMLElement
  readonly buttons: ReadonlyMap<Part, HTMLButtonElement>
}

export function playgroundPage(document: Document): PlaygroundPage {
  const find = <T extends HTMLElement>(id: string, type: new () => T): T => {
    const found = document.getElementById(`playground-${id}`)
    if (found instanceof type) return found
    throw new Error(`the playground's page has no ${type.name} #playground-${id}`)
  }
  return {
    model: find('model', HTMLTextAreaElement),
    view: find('view', HTMLSelectElement),
    example: find('example', HTMLSelectElement),
    examples: readExamples(find('examples', HTMLScriptElement).text),
    status: find('status', HTMLElement),
    problems: find('problems', HTMLElement),
    problemPages: find('problems', HTMLElement).dataset.pages ?? '',
    output: find('output', HTMLElement),
    buttons: new Map(PARTS.map((part) => [part, find(part, HTMLButtonElement)])),
  }
}

function readExamples(json: string): ReadonlyMap<string, string> {
  const list: unknown = JSON.parse(json)
  if (!Array.isArray(list)) return new Map()
  return new Map(
    list.flatMap((example: unknown): [string, string][] => {
      if (typeof example !== 'object' || example === null) return []
      const id: unknown = Reflect.get(example, 'id')
      const model: unknown = Reflect.get(example, 'model')
      return typeof id === 'string' && typeof model === 'string' ? [[id, model]] : []
    }),
  )
}
