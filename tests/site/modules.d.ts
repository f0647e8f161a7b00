declare module '*/_includes/feed.js' {
  /** A template of Eleventy: `this` has the filters. */
  export default function feed(this: object, data: object): Promise<string>
}

declare module '*/_config/highlight.js' {
  export function highlightListings(html: string): string
}

declare module '*/_config/search.js' {
  export interface Section {
    readonly id: string
    readonly language: string
    readonly title: string
    readonly heading: string
    readonly text: string
  }
  export function sectionsOf(url: string, html: string): readonly Section[]
}

declare module '*/_config/search-options.js' {
  import type { Options } from 'minisearch'
  export const OPTIONS: Options
}

declare module '*/_config/markdown.js' {
  import type MarkdownIt from 'markdown-it'

  interface Config {
    amendLibrary(name: string, amend: (md: MarkdownIt) => void): void
  }
  export default function markdown(config: Config): void
}
