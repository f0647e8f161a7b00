import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { block } from './topologies.ts'

const TEXT = `도커의 네트워크는 컨테이너가 서로를 찾고, 호스트 밖의 세계와 말하는 길이다. 브리지 하나가 컨테이너마다 \`veth\`
쌍의 한쪽 끝을 물고, 다른 쪽 끝은 컨테이너 안에서 \`eth0\`이 된다. 주소는 **IPAM**이 나누어 준다.

- 사용자 정의 브리지에는 이름 풀이가 있다.
- 기본 브리지에는 없다.

| 이름 | 뜻 |
|---|---|
| endpoint | 샌드박스를 네트워크에 잇는 것 |
| sandbox | 컨테이너의 네트워크 스택 |

`

/** The same posts, with blocks or without; the plugin is in the configuration or it is not. */
export interface SiteKind {
  readonly name: string
  readonly blocks: boolean
  readonly plugin: boolean
}

export const SITES: readonly SiteKind[] = [
  { name: 'blocks-plain', blocks: true, plugin: false },
  { name: 'blocks-plugin', blocks: true, plugin: true },
  { name: 'none-plain', blocks: false, plugin: false },
  { name: 'none-plugin', blocks: false, plugin: true },
]

/** Writes an Eleventy site of `posts` posts of 3 kB into `folder`, each with another figure. */
export function writeSite(folder: string, kind: SiteKind, posts: number, dist: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'content/posts'), { recursive: true })
  mkdirSync(join(folder, 'content/_includes'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
  writeFileSync(
    join(folder, 'content/_includes/post.njk'),
    '<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>{{ content | safe }}</body></html>\n',
  )
  writeFileSync(join(folder, 'content/posts/posts.json'), '{"layout":"post.njk","tags":"posts"}\n')
  for (let i = 0; i < posts; i++) {
    const figure = kind.blocks ? `\`\`\`docker-network\n${block(i)}\`\`\`\n\n` : ''
    writeFileSync(
      join(folder, `content/posts/post-${i}.md`),
      `---\ntitle: 글 ${i}\n---\n${TEXT.repeat(3)}${figure}${TEXT.repeat(3)}`,
    )
  }
  const plugin = kind.plugin
    ? `import dockerNetwork from '${dist}/eleventy/plugin.js'
const use = (config) => config.addPlugin(dockerNetwork, { svg: { root: ${JSON.stringify(join(dist, '../../..'))}, cacheDirectory: ${JSON.stringify(join(folder, '.cache'))} } })`
    : 'const use = () => {}'
  writeFileSync(
    join(folder, 'eleventy.config.js'),
    `${plugin}
export default (config) => { use(config) }
export const config = { markdownTemplateEngine: false, dir: { input: 'content', output: '_site' } }
`,
  )
}
