import type { Problem } from '../problem/problem.ts'

/** Where the model is typed: a plain `<textarea>` at first, the editor once it is loaded. */
export interface TextField {
  text(): string
  setText(text: string): void
  showProblems(problems: readonly Problem[]): void
}

export function plainField(area: HTMLTextAreaElement, changed: () => void): TextField {
  area.addEventListener('input', changed)
  return {
    text: () => area.value,
    setText(text) {
      area.value = text
      changed()
    },
    // The list beside the figure has them all, with their lines.
    showProblems: () => undefined,
  }
}
