/** The VS Code extension: figures in the Markdown preview, the language server, and a panel with a file's figures. */
import { join } from 'node:path'
import * as vscode from 'vscode'
import { LanguageClient, TransportKind } from 'vscode-languageclient/node'
import { createPanels } from './panel.ts'
import { type MarkdownIt, usePlugin } from './preview.ts'

let client: LanguageClient | null = null

/** What VS Code's Markdown extension asks a contributor of plugins for. */
interface Exports {
  extendMarkdownIt(md: MarkdownIt): MarkdownIt
}

export function activate(context: vscode.ExtensionContext): Exports {
  const settings = () => vscode.workspace.getConfiguration('dockerNetwork')
  const language = (): string | undefined => {
    const chosen = settings().get<string>('language') ?? ''
    return chosen === '' ? undefined : chosen
  }
  const panels = createPanels(context.extensionUri, () => language() ?? vscode.env.language)
  context.subscriptions.push(
    vscode.commands.registerCommand('dockerNetwork.showFigure', () =>
      panels.show(vscode.window.activeTextEditor),
    ),
    vscode.workspace.onDidChangeTextDocument(({ document }) => panels.changed(document)),
    vscode.workspace.onDidSaveTextDocument(() => panels.saved()),
  )
  if (settings().get<boolean>('languageServer') !== false) startServer(context)
  return { extendMarkdownIt: (md) => usePlugin(md, { language, rootOf }) }
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop()
}

/** The folder of the workspace that a file lies in: what `src=` may not leave. */
export function rootOf(file: string): string | null {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ?? null
}

function startServer(context: vscode.ExtensionContext): void {
  const module = join(context.extensionPath, 'dist', 'server.cjs')
  client = new LanguageClient(
    'dockerNetwork',
    'Docker Network',
    { module, transport: TransportKind.stdio },
    {
      documentSelector: [
        { scheme: 'file', language: 'markdown' },
        { scheme: 'file', language: 'yaml' },
        { scheme: 'file', language: 'dockercompose' },
      ],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/{*.{yaml,yml},.env}') },
    },
  )
  void client.start()
}
