import { createSvgRenderer, type SvgImage } from '../svg/index.ts'

/** Draws Mermaid texts, in their order. @throws the reason of the first that cannot be drawn. */
export async function drawAll(texts: readonly string[]): Promise<readonly SvgImage[]> {
  const renderer = createSvgRenderer({ cacheDirectory: null })
  try {
    const results = await renderer.render(texts)
    return results.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    })
  } finally {
    await renderer.close()
  }
}
