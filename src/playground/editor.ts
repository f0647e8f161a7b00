/** The text field with YAML colours, line numbers and problems in place. Loaded after the first figure stands. */

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import { wordsIn } from '../problem/in-language.ts'
import type { Problem } from '../problem/problem.ts'
import type { TextField } from './text-field.ts'

/**
 * Puts an editor in the place of `area`, with its text. Tab leaves the field, as everywhere on a page; lines are
 * indented with Ctrl+] and Ctrl+[.
 */
export function createEditor(area: HTMLTextAreaElement, label: string, changed: () => void): TextField {
  const view = new EditorView({
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        // Classes, not colours: the site's stylesheet has both themes.
        syntaxHighlighting(classHighlighter),
        yaml(),
        lintGutter(),
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed()
        }),
      ],
    }),
  })
  area.before(view.dom)
  area.hidden = true
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    showProblems: (problems) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => diagnostic(problem, view.state.doc.length)),
        ),
      ),
  }
}

function diagnostic(problem: Problem, length: number): Diagnostic {
  const { message, hint } = wordsIn(problem, document.documentElement.lang)
  return {
    from: Math.min(problem.span.start, length),
    to: Math.min(problem.span.end, length),
    severity: problem.severity,
    source: problem.code,
    message: `${message}\n${hint}`,
  }
}
