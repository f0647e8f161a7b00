/** A real client of the language server, which runs as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type CodeAction,
  CodeActionRequest,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  type Hover,
  HoverRequest,
  InitializeRequest,
  type Location,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RenameRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'

const BIN = resolve(import.meta.dirname, '../../bin/docker-network.js')

/** `line:character`, 0-based, or the place right behind a piece of the text (`nth` of several). */
export interface At {
  readonly line: number
  readonly character: number
}

export class Client {
  readonly #process: ChildProcess
  readonly #connection: ProtocolConnection
  readonly #problems = new Map<string, (problems: readonly Diagnostic[]) => void>()
  readonly #texts = new Map<string, string>()
  #version = 1

  constructor() {
    this.#process = spawn(process.execPath, [BIN, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
    const { stdin, stdout } = this.#process
    if (stdin === null || stdout === null) throw new Error('the server has no streams')
    this.#connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    )
    this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.#problems.get(uri)?.(diagnostics)
    })
    this.#connection.listen()
  }

  start(locale?: string): Promise<unknown> {
    return this.#connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      ...(locale === undefined ? {} : { locale }),
    })
  }

  /** Opens a text and waits for its problems. */
  async open(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href
    this.#texts.set(path, text)
    const languageId = /\.md$/.test(path) ? 'markdown' : 'yaml'
    const problems = this.#nextProblems(uri)
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: this.#version, text },
    })
    return problems
  }

  async change(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href
    this.#texts.set(path, text)
    this.#version += 1
    const problems = this.#nextProblems(uri)
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: this.#version },
      contentChanges: [{ text }],
    })
    return problems
  }

  #nextProblems(uri: string): Promise<readonly Diagnostic[]> {
    return new Promise((done) => this.#problems.set(uri, done))
  }

  /** The place right behind the first `piece` after `after`. */
  behind(path: string, piece: string, after = ''): At {
    const text = this.#texts.get(path) ?? ''
    const from = after === '' ? 0 : text.indexOf(after) + after.length
    const found = text.indexOf(piece, from)
    if (found < 0) throw new Error(`no "${piece}" in ${path}`)
    const before = text.slice(0, found + piece.length).split('\n')
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  }

  #at(path: string, position: At): { textDocument: { uri: string }; position: At } {
    return { textDocument: { uri: pathToFileURL(path).href }, position }
  }

  async completions(path: string, position: At): Promise<readonly CompletionItem[]> {
    const found = await this.#connection.sendRequest(CompletionRequest.type, this.#at(path, position))
    return Array.isArray(found) ? found : (found?.items ?? [])
  }

  async hover(path: string, position: At): Promise<string> {
    const hover: Hover | null = await this.#connection.sendRequest(
      HoverRequest.type,
      this.#at(path, position),
    )
    const contents = hover?.contents
    return typeof contents === 'object' && 'value' in contents ? contents.value : ''
  }

  async definition(path: string, position: At): Promise<Location | null> {
    const found = await this.#connection.sendRequest(DefinitionRequest.type, this.#at(path, position))
    return found !== null && 'uri' in found ? found : null
  }

  rename(path: string, position: At, newName: string): Promise<WorkspaceEdit | null> {
    return this.#connection.sendRequest(RenameRequest.type, { ...this.#at(path, position), newName })
  }

  async actions(path: string, line: number): Promise<readonly CodeAction[]> {
    const found = await this.#connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: pathToFileURL(path).href },
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      context: { diagnostics: [] },
    })
    return (found ?? []).flatMap((action) =>
      'command' in action && typeof action.command === 'string' ? [] : [action],
    ) as readonly CodeAction[]
  }

  /** @returns the exit status of the server. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.#process.on('exit', done))
    await this.#connection.sendRequest(ShutdownRequest.type)
    await this.#connection.sendNotification(ExitNotification.type)
    return ended
  }
}
