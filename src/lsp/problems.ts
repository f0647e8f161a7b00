/** Problems as an editor shows them, and what would mend them. */

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
} from 'vscode-languageserver/node'
import { readInfo } from '../markdown-it/info.ts'
import { cleanText } from '../problem/clean.ts'
import { textIn, wordsIn } from '../problem/in-language.ts'
import { narrowed, type PlacedProblem } from '../problem/report.ts'
import { say } from '../problem/say.ts'
import { type Analysis, type PlaceRange, rangeIn } from './document.ts'

const SOURCE = 'docker-network'

/** @param language BCP 47 tag of the editor. */
export function diagnosticsOf(analysis: Analysis, language: string): Diagnostic[] {
  return analysis.input.problems.map((placed) => diagnosticOf(analysis, placed, language))
}

function diagnosticOf(
  analysis: Analysis,
  { problem, source: whole }: PlacedProblem,
  language: string,
): Diagnostic {
  const words = wordsIn(problem, language)
  const { source, span: place } = narrowed(whole, problem.span)
  const own = source.file === analysis.path
  const range = own ? rangeIn(source, place) : (placeOfFile(analysis, source.file) ?? TOP)
  const elsewhere = [
    ...(own ? [] : [{ message: words.message, source, span: place }]),
    ...problem.related.map(({ span }, index) => ({
      message: words.related[index] ?? '',
      ...narrowed(whole, span),
    })),
  ]
  const uriOf = (file: string): string =>
    pathToFileURL(file === analysis.path ? analysis.path : resolve(analysis.input.root, file)).href
  return {
    range,
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code: problem.code,
    source: SOURCE,
    message: cleanText(`${words.message}\n${words.hint}`),
    relatedInformation: elsewhere.map(({ message, source: there, span }) => ({
      message: cleanText(message),
      location: { uri: uriOf(there.file), range: rangeIn(there, span) },
    })),
  }
}

const TOP: PlaceRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

/** The `src=` that names a file with problems of its own. */
function placeOfFile(analysis: Analysis, file: string): PlaceRange | null {
  const wanted = resolve(analysis.input.root, file)
  for (const { written } of analysis.input.blocks) {
    const src = written.info === null ? undefined : readInfo(written.info.text).values.get('src')
    if (src === undefined || written.info === null) continue
    if (resolve(analysis.path, '..', src.value) === wanted) return rangeIn(written.info.source, src.span)
  }
  return null
}

/** What a hint says to write, as an edit, for the problems in a range. */
export function actionsAt(analysis: Analysis, range: PlaceRange, language: string): CodeAction[] {
  return analysis.input.problems.flatMap((placed): CodeAction[] => {
    const { problem } = placed
    if (problem.fix === undefined) return []
    const { source, span } = narrowed(placed.source, problem.span)
    const fix = narrowed(placed.source, problem.fix.span)
    if (source.file !== analysis.path || fix.source !== source) return []
    const there = rangeIn(source, span)
    if (there.end.line < range.start.line || there.start.line > range.end.line) return []
    return [
      {
        title: textIn(
          problem.fix.text === '' ? say`Delete it` : say`Write ${cleanText(problem.fix.text)}`,
          language,
        ),
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: [diagnosticOf(analysis, placed, language)],
        edit: {
          changes: {
            [analysis.uri]: [{ range: rangeIn(source, fix.span), newText: problem.fix.text }],
          },
        },
      },
    ]
  })
}
