/** Every problem code, from the one table in the source, with what `docker-network check` says of its example. */
import { tsImport } from 'tsx/esm/api'

export default async function () {
  const { codeEntries } = await tsImport('../src/problem/codes.ts', import.meta.url)
  const { compile } = await tsImport('../src/compile.ts', import.meta.url)
  const { fileSource, formatProblem } = await tsImport('../src/problem/report.ts', import.meta.url)

  const said = (example) => {
    const source = fileSource('post.md', example)
    return compile(example)
      .problems.map((problem) => formatProblem({ problem, source }))
      .join('\n\n')
  }
  return [...codeEntries().values()].map((entry) => ({
    ...entry,
    said: entry.example === null ? '' : said(entry.example),
  }))
}
