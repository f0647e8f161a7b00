/** Eleventy 3 has no types for its programmatic API; what the tests use of it. */
declare module '@11ty/eleventy' {
  export interface BuiltPage {
    readonly url: string
    readonly inputPath: string
    readonly content: string
  }
  export class Eleventy {
    constructor(input: string, output: string, options: object)
    toJSON(): Promise<readonly BuiltPage[]>
  }
}

declare module '@11ty/eleventy-plugin-rss' {
  export function feedPlugin(config: object, options?: object): void
}
