/** A generator of sites, how a newcomer sets it up with this package, and what its pages must then hold. */
export interface Host {
  readonly name: string
  /** npm packages beside ours, as `npm install` takes them; none for a program of Debian. */
  readonly packages: readonly string[]
  /** Program of Debian that builds the site. */
  readonly program?: string
  /** Least major release of Node.js; the one at hand unless given. */
  readonly node?: number
  /** Where posts lie before `docker-network markdown` is run, for hosts that take its output. */
  readonly files: Readonly<Record<string, string>>
  /** Commands of a shell, one after the other. `docker-network` and the host's own are found in `node_modules/.bin`. */
  readonly commands: readonly string[]
  /** Folder of the finished site. */
  readonly output: string
  /** Whether figures are `<svg>` in the page, or files; `script`: pages are made of scripts, which hold the drawings. */
  readonly figure: 'svg' | 'img' | 'script'
  /** Whether the page must have a link to, or hold, the stylesheet of figures. Images have theirs inside. */
  readonly hasStyles: boolean
  /** What else pages must hold, and must not. */
  readonly holds?: readonly RegExp[]
  readonly lacks?: readonly RegExp[]
}

export const COMPOSE = `name: shop
services:
  db: { image: redis }
  web: { image: nginx, ports: ["8000:80"], depends_on: [db] }
`

/** A post as people write it. `src` is the way to the compose file. */
export const post = (src: string, front = 'title: Networks'): string => `---
${front}
---

A block of the post:

\`\`\`docker-network model=lab title="The lab"
networks:
  mybridge: {}
services:
  db: { image: redis, networks: [mybridge] }
  web: { image: chrch/web, networks: [mybridge], ports: ["8000:5000"], depends_on: [db] }
\`\`\`

The container web has {dn:lab#web.ip}, in code \`{dn:lab#web.ip}\`.

- A list with a figure of a compose file:

  \`\`\`docker-network src=${src}
  \`\`\`

\`\`\`docker-network use=lab print=ip-addr:web
\`\`\`

\`\`\`js
const untouched = { a: '<b>' }
\`\`\`
`
