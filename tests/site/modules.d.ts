declare module '*/_includes/feed.js' {
  /** A template of Eleventy: `this` has the filters. */
  export default function feed(this: object, data: object): Promise<string>
}

declare module '*/_config/highlight.js' {
  export function highlightListings(html: string): string
}
