declare module '*/_includes/feed.js' {
  /** A template of Eleventy: `this` has the filters. */
  export default function feed(this: object, data: object): Promise<string>
}
