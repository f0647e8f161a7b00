/**
 * The language server: problems as one types, completion, hover, definitions, quick fixes and renaming for
 * docker-network fences in Markdown and for topology and compose files.
 */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CodeActionKind,
  type Connection,
  createConnection,
  FileChangeType,
  type InitializeResult,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { createFileReader, type ReadFile } from '../files/project-files.ts'
import { projectOf, readInputText } from '../input/input.ts'
import { completionsAt } from './completion.ts'
import type { Analysis } from './document.ts'
import { definitionAt, hoverAt, renameAt, renameableAt } from './navigation.ts'
import { actionsAt, diagnosticsOf } from './problems.ts'

/** Milliseconds without typing before a text is read anew. */
const QUIET = 120

/**
 * Serves one client over the two streams until it says `exit` or the streams end.
 *
 * @returns The exit status the protocol asks for: 0 after `shutdown`, else 1.
 */
export function serve(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  version: string,
): Promise<0 | 1> {
  const connection = createConnection(ProposedFeatures.all, input, output)
  const documents = new TextDocuments(TextDocument)
  const analyses = createAnalyses(documents)
  let asked = false
  const editor = { language: 'en' }
  publishProblems(connection, documents, analyses, editor)
  answer(connection, analyses, editor)
  connection.onInitialize(({ locale }) => {
    editor.language = locale ?? 'en'
    return capabilities(version)
  })
  return new Promise((done) => {
    connection.onShutdown(() => {
      asked = true
    })
    connection.onExit(() => done(asked ? 0 : 1))
    input.on('end', () => done(asked ? 0 : 1))
    documents.listen(connection)
    connection.listen()
  })
}

const capabilities = (version: string): InitializeResult => ({
  serverInfo: { name: 'docker-network', version },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    completionProvider: { triggerCharacters: ['=', ':', '.', '#', ' ', '-', '['] },
    hoverProvider: true,
    definitionProvider: true,
    renameProvider: { prepareProvider: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  },
})

/** What the client said of itself. */
interface Editor {
  /** BCP 47 tag of its words. */
  language: string
}

interface Analyses {
  /** The text of a document, read; `null` when it is none of ours. Read once for each version. */
  of(uri: string): Analysis | null
  /** Forgets what was read from other files. */
  forget(): void
}

function createAnalyses(documents: TextDocuments<TextDocument>): Analyses {
  const known = new Map<string, { readonly version: number; readonly analysis: Analysis | null }>()
  documents.onDidClose(({ document }) => known.delete(document.uri))
  return {
    of(uri) {
      const document = documents.get(uri)
      if (document === undefined) return null
      const found = known.get(uri)
      if (found?.version === document.version) return found.analysis
      const analysis = analyse(document, documents)
      known.set(uri, { version: document.version, analysis })
      return analysis
    },
    forget: () => known.clear(),
  }
}

function analyse(document: TextDocument, documents: TextDocuments<TextDocument>): Analysis | null {
  const path = pathOf(document.uri)
  const text = document.getText()
  if (path === null || !isOurs(path, text, document.languageId)) return null
  const input = readInputText(path, path, text, { readFile: openFilesFirst(path, documents) })
  return { uri: document.uri, path, text, input }
}

function pathOf(uri: string): string | null {
  try {
    return fileURLToPath(uri)
  } catch {
    return null
  }
}

/** Files of compose's names, and YAML whose top-level keys are those of a topology; all Markdown with a fence of ours. */
function isOurs(path: string, text: string, language: string): boolean {
  if (language === 'markdown' || /\.(?:md|markdown)$/i.test(path))
    return text.includes('docker-network') || text.includes('{dn:')
  if (language === 'dockercompose' || /(?:^|[\\/])(?:docker-)?compose[^\\/]*\.ya?ml$/i.test(path)) return true
  return /\.ya?ml$/i.test(path) && /^(?:services|commands|hosts|x-docker-network):/m.test(text)
}

/** An open document is read as it stands in the editor, not as it lies on the disk. */
function openFilesFirst(path: string, documents: TextDocuments<TextDocument>): ReadFile {
  const root = projectOf(path)
  const onDisk = createFileReader(root)
  return (wanted, from, purpose) => {
    const found = onDisk(wanted, from, purpose)
    if (!found.ok) return found
    const open = documents.all().find(({ uri }) => pathOf(uri) === resolve(root, found.file))
    return open === undefined ? found : { ...found, text: open.getText() }
  }
}

/** Problems follow the typing after a moment of quiet; a change of another file may change those of all. */
function publishProblems(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  analyses: Analyses,
  editor: Editor,
): void {
  const waiting = new Map<string, NodeJS.Timeout>()
  const publish = (uri: string): void => {
    waiting.delete(uri)
    const analysis = analyses.of(uri)
    void connection.sendDiagnostics({
      uri,
      diagnostics: analysis === null ? [] : diagnosticsOf(analysis, editor.language),
    })
  }
  const later = (uri: string, wait: number): void => {
    clearTimeout(waiting.get(uri))
    waiting.set(uri, setTimeout(publish, wait, uri))
  }
  const readers = (uri: string): readonly string[] => {
    const path = pathOf(uri)
    return documents.keys().filter((other) => {
      const analysis = other === uri ? null : analyses.of(other)
      return analysis?.input.files.some((file) => resolve(analysis.input.root, file) === path) === true
    })
  }
  documents.onDidOpen(({ document }) => later(document.uri, 0))
  documents.onDidChangeContent(({ document }) => {
    const others = readers(document.uri)
    if (others.length > 0) analyses.forget()
    for (const uri of [document.uri, ...others]) later(uri, QUIET)
  })
  documents.onDidClose(({ document }) => {
    clearTimeout(waiting.get(document.uri))
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] })
  })
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (
      !changes.some(
        ({ type }) =>
          type === FileChangeType.Changed ||
          type === FileChangeType.Created ||
          type === FileChangeType.Deleted,
      )
    )
      return
    analyses.forget()
    for (const uri of documents.keys()) later(uri, QUIET)
  })
}

function answer(connection: Connection, analyses: Analyses, editor: Editor): void {
  connection.onCompletion(({ textDocument, position }) => {
    const analysis = analyses.of(textDocument.uri)
    return analysis === null ? [] : [...completionsAt(analysis, position)]
  })
  connection.onHover(({ textDocument, position }) => {
    const analysis = analyses.of(textDocument.uri)
    return analysis === null ? null : hoverAt(analysis, position)
  })
  connection.onDefinition(({ textDocument, position }) => {
    const analysis = analyses.of(textDocument.uri)
    return analysis === null ? null : definitionAt(analysis, position)
  })
  connection.onPrepareRename(({ textDocument, position }) => {
    const analysis = analyses.of(textDocument.uri)
    return analysis === null ? null : renameableAt(analysis, position)
  })
  connection.onRenameRequest(({ textDocument, position, newName }) => {
    const analysis = analyses.of(textDocument.uri)
    const edits =
      analysis === null ? 'There is no docker-network text here.' : renameAt(analysis, position, newName)
    if (typeof edits === 'string') return new ResponseError(INVALID_REQUEST, edits)
    return { changes: { [textDocument.uri]: edits } }
  })
  connection.onCodeAction(({ textDocument, range }) => {
    const analysis = analyses.of(textDocument.uri)
    return analysis === null ? [] : actionsAt(analysis, range, editor.language)
  })
}

/** `RequestFailed` of the protocol, whose message editors show. */
const INVALID_REQUEST = -32803
