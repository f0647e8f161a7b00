// node rehype-mermaid.mjs SET OUT CHROMIUM together|apart   one document with all figures, or one document each
import { readFileSync, writeFileSync } from 'node:fs'
import rehypeMermaid from 'rehype-mermaid'
import rehypeParse from 'rehype-parse'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'

const [set, out, executablePath, mode] = process.argv.slice(2)
const texts = JSON.parse(readFileSync(set, 'utf8'))
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const element = (text) => `<pre><code class="language-mermaid">${escaped(text)}</code></pre>`
const documents = mode === 'together' ? [texts.map(element).join('\n')] : texts.map(element)
const processor = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeMermaid, { strategy: 'inline-svg', launchOptions: { executablePath, args: ['--no-sandbox'] } })
  .use(rehypeStringify)
let i = 0
for (const document of documents)
  writeFileSync(`${out}/${i++}.svg`, String(await processor.process(document)))
