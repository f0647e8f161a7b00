/** Every problem code, from the one table in the source, with what `docker-network check` says of its example. */
import { source } from '../_config/source.js'

export default async function () {
  const { codeEntries, compile, fileSource, formatProblemIn } = await source()

  const said = (example, language) => {
    const post = fileSource('post.md', example)
    return compile(example)
      .problems.map((problem) => formatProblemIn(language)({ problem, source: post }))
      .join('\n\n')
  }
  return [...codeEntries().values()].map((entry) => ({
    ...entry,
    said: entry.example === null ? null : { en: said(entry.example, 'en'), ko: said(entry.example, 'ko') },
  }))
}
