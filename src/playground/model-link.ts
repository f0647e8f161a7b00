/**
 * A model in the fragment of an address, so that a link carries it and no server sees it.
 * Form: `#v1.` and the base64url (RFC 4648, no padding) of the UTF-8 text compressed as raw DEFLATE (RFC 1951).
 */

const PREFIX = 'v1.'

/** Most UTF-16 units a link may unfold to; a short link must not make a browser hold gigabytes. */
export const MODEL_LIMIT = 1_000_000

/** The fragment for `model`, without the `#`. */
export async function encodeModel(model: string): Promise<string> {
  const packed = await new Response(
    new Blob([model]).stream().pipeThrough(new CompressionStream('deflate-raw')),
  ).arrayBuffer()
  const binary = Array.from(new Uint8Array(packed), (byte) => String.fromCharCode(byte)).join('')
  return (
    PREFIX +
    btoa(binary)
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,2}$/, '')
  )
}

/** The model of a fragment (with or without `#`); `null` when it holds none, is broken, or unfolds to too much. */
export async function decodeModel(fragment: string): Promise<string | null> {
  const text = fragment.replace(/^#/, '')
  if (!text.startsWith(PREFIX)) return null
  try {
    const binary = atob(text.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
    return await readLimited(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')))
  } catch {
    return null
  }
}

async function readLimited(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const reader = stream.getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
    if (text.length > MODEL_LIMIT) {
      await reader.cancel()
      return null
    }
  }
}
