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
import { narrowed, type PlacedProblem } from '../problem/report.ts'
import { type Analysis, type PlaceRange, rangeIn } from './document.ts'

const SOURCE = 'docker-network'

export function diagnosticsOf(analysis: Analysis): Diagnostic[] {
  return analysis.input.problems.map((placed) => diagnosticOf(analysis, placed))
}

function diagnosticOf(analysis: Analysis, { problem, source: whole }: PlacedProblem): Diagnostic {
  const { source, span: place } = narrowed(whole, problem.span)
  const own = source.file === analysis.path
  const range = own ? rangeIn(source, place) : (placeOfFile(analysis, source.file) ?? TOP)
  const elsewhere = [
    ...(own ? [] : [{ message: problem.message, source, span: place }]),
    ...problem.related.map(({ message, span }) => ({ message, ...narrowed(whole, span) })),
  ]
  const uriOf = (file: string): string =>
    pathToFileURL(file === analysis.path ? analysis.path : resolve(analysis.input.root, file)).href
  return {
    range,
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code: problem.code,
    source: SOURCE,
    message: cleanText(`${problem.message}\n${problem.hint}`),
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
export function actionsAt(analysis: Analysis, range: PlaceRange): CodeAction[] {
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
        title: problem.fix.text === '' ? 'Delete it' : `Write ${cleanText(problem.fix.text)}`,
        kind: CodeActionKind.QuickFix,
        isPreferred: true,
        diagnostics: [diagnosticOf(analysis, placed)],
        edit: {
          changes: {
            [analysis.uri]: [{ range: rangeIn(source, fix.span), newText: problem.fix.text }],
          },
        },
      },
    ]
  })
}
