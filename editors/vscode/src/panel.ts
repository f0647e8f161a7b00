/** Panels beside the editor that show the figures of one file, as it is being typed. */
import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import * as vscode from 'vscode'
import { escapeHtml } from '../../../src/html/escape.ts'
import { readInputText } from '../../../src/input/input.ts'
import { PREVIEW_STYLE } from '../../../src/preview/client.ts'
import { fileHtml } from '../../../src/preview/page.ts'
import { previewWords } from '../../../src/preview/words.ts'

/** Milliseconds without typing before a panel is drawn anew. */
const QUIET = 100

export interface Panels {
  show(editor: vscode.TextEditor | undefined): void
  changed(document: vscode.TextDocument): void
  /** A file that others may be made of has been saved. */
  saved(): void
}

export function createPanels(extension: vscode.Uri, language: () => string): Panels {
  const open = new Map<
    string,
    { readonly panel: vscode.WebviewPanel; readonly document: vscode.TextDocument }
  >()
  let timer: NodeJS.Timeout | undefined

  const draw = (panel: vscode.WebviewPanel, document: vscode.TextDocument): void => {
    panel.webview.html = pageOf(panel.webview, extension, document, language())
  }
  const soon = (action: () => void): void => {
    clearTimeout(timer)
    timer = setTimeout(action, QUIET)
  }

  return {
    show(editor) {
      if (editor === undefined) return
      const { document } = editor
      const key = document.uri.toString()
      const known = open.get(key)
      if (known !== undefined) return known.panel.reveal(undefined, true)
      const panel = vscode.window.createWebviewPanel(
        'dockerNetwork.figure',
        basename(document.fileName),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: false, localResourceRoots: [vscode.Uri.joinPath(extension, 'media')] },
      )
      open.set(key, { panel, document })
      panel.onDidDispose(() => open.delete(key))
      draw(panel, document)
    },
    changed(document) {
      const known = open.get(document.uri.toString())
      if (known !== undefined) soon(() => draw(known.panel, document))
    },
    saved() {
      soon(() => {
        for (const { panel, document } of open.values()) draw(panel, document)
      })
    },
  }
}

function pageOf(
  webview: vscode.Webview,
  extension: vscode.Uri,
  document: vscode.TextDocument,
  language: string,
): string {
  const words = previewWords(language)
  const name = vscode.workspace.asRelativePath(document.uri)
  const path = document.uri.scheme === 'file' ? document.uri.fsPath : null
  const input = readInputText(name, path, document.getText(), { language: words.language })
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', 'docker-network.css'))
  const nonce = randomBytes(16).toString('base64')
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource} 'nonce-${nonce}'; font-src ${webview.cspSource}">
<title>${escapeHtml(name)}</title>
<link rel="stylesheet" href="${style}">
<style nonce="${nonce}">${PREVIEW_STYLE}
body { background: var(--vscode-editor-background); color: var(--vscode-editor-foreground); }
body.vscode-dark .docker-network-picture { color-scheme: dark; }</style>
</head>
<body>
<main>
${fileHtml({ name, input }, words)}
</main>
</body>
</html>
`
}
