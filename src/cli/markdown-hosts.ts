/** What generators of sites want to find in Markdown, and where they look for images. */
import { join, sep } from 'node:path'
import { UsageError } from './command.ts'

/**
 * What stands in place of a block. `html`: a whole figure of HTML. `image`: a Markdown image, under it HTML of the
 * addresses. `folded`: the same, with Markdown inside `<details>`, as MDX wants it. `plain`: Markdown alone. `mermaid`:
 * a fence that the host draws.
 */
export type Form = 'html' | 'image' | 'folded' | 'plain' | 'mermaid'

export interface MarkdownHost {
  readonly form: Form
  /** Whether HTML comments are errors there. */
  readonly isMdx: boolean
  /**
   * Where images go and what the text calls them, from the folder of the texts; `null` for beside the text, by the way
   * from there.
   */
  readonly images: ((output: string) => ImagePlace) | null
}

export interface ImagePlace {
  readonly folder: string
  /** Address of an image by its name. */
  urlOf(name: string): string
}

/** The part of a path before one of its folders: that is where the site begins. */
function siteRoot(output: string, folders: readonly string[]): string | null {
  const parts = output.split(/[\\/]/)
  const at = parts.findIndex((part) => folders.includes(part))
  return at < 0 ? null : parts.slice(0, at).join(sep) || '.'
}

const jekyllImages = (output: string): ImagePlace => {
  const root = siteRoot(output, ['_posts', '_drafts', '_pages', '_docs']) ?? output
  return {
    folder: join(root, 'assets', 'docker-network'),
    // A site under a path of its own (`baseurl`) is served right by this filter alone.
    urlOf: (name) => `{{ "/assets/docker-network/${encodeURIComponent(name)}" | relative_url }}`,
  }
}

const hugoImages = (output: string): ImagePlace => {
  const root = siteRoot(output, ['content'])
  if (root === null)
    throw new UsageError(
      `--for hugo writes into the folder content of a site, and ${output} is not in one; or say with --images and --image-url where images go`,
    )
  return {
    folder: join(root, 'static', 'docker-network'),
    urlOf: (name) => `/docker-network/${encodeURIComponent(name)}`,
  }
}

export const MARKDOWN_HOSTS = {
  hugo: { form: 'plain', isMdx: false, images: hugoImages },
  jekyll: { form: 'image', isMdx: false, images: jekyllImages },
  mkdocs: { form: 'image', isMdx: false, images: null },
  mdx: { form: 'folded', isMdx: true, images: null },
  astro: { form: 'folded', isMdx: true, images: null },
  docusaurus: { form: 'folded', isMdx: true, images: null },
  github: { form: 'mermaid', isMdx: false, images: null },
} as const satisfies Readonly<Record<string, MarkdownHost>>

/** Unless a host is named. */
export const ANY_HOST: MarkdownHost = { form: 'html', isMdx: false, images: null }

export const HOST_NAMES: readonly string[] = Object.keys(MARKDOWN_HOSTS)

export function hostNamed(name: string | undefined): MarkdownHost {
  const found = Object.entries(MARKDOWN_HOSTS).find(([known]) => known === name)
  return found === undefined ? ANY_HOST : found[1]
}
