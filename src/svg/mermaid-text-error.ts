/** Mermaid text that cannot be drawn here, with the reason. */
export class MermaidTextError extends Error {
  override readonly name = 'MermaidTextError'
}
