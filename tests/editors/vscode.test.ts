import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { usePlugin } from '../../editors/vscode/src/preview.ts'
import { ROOT } from '../support/built-site.ts'

const FOLDER = join(ROOT, 'editors/vscode')
const manifest: {
  readonly version: string
  readonly contributes: {
    readonly snippets: readonly { readonly path: string }[]
    readonly 'markdown.previewStyles': readonly string[]
  }
} = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'))

describe('the preview of VS Code', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'dn-vscode-'))
  const write = (name: string, text: string): string => {
    const path = join(workspace, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  const rendered = (file: string, text: string, language?: string) =>
    usePlugin(new MarkdownIt({ html: true }), {
      language: () => language,
      rootOf: (path) => (path.startsWith(workspace) ? workspace : null),
    }).render(text, { currentDocument: { fsPath: file } })

  it('draws blocks and files of the workspace, from any of its folders', () => {
    write('compose.yaml', 'services:\n  shop: { image: nginx }\n')
    const html = rendered(
      join(workspace, 'docs/deep/post.md'),
      '---\ntitle: a\n---\n\n```docker-network src=../../compose.yaml\n```\n\nAt {dn:shop.ip}.\n',
    )
    expect(html).toMatch(/<figure [\s\S]*<svg [\s\S]*>shop<[\s\S]*<\/figure>/)
    expect(html).toContain('At 172.18.0.2.')
  })

  it('reads nothing outside of the workspace, and outside of one nothing above the document', () => {
    const outside = mkdtempSync(join(tmpdir(), 'dn-outside-'))
    writeFileSync(join(outside, 'compose.yaml'), 'services:\n  secret: {}\n')
    const text = (src: string) => `\`\`\`docker-network src=${src}\n\`\`\`\n`
    expect(rendered(join(workspace, 'post.md'), text(join(outside, 'compose.yaml')))).not.toContain(
      '>secret<',
    )
    expect(rendered(join(outside, 'docs/post.md'), text('../compose.yaml'))).not.toContain('>secret<')
    expect(rendered(join(outside, 'post.md'), text('compose.yaml'))).toContain('>secret<')
  })

  it('has the words of the setting, which may change under way', () => {
    let language = 'ko'
    const md = usePlugin(new MarkdownIt(), { language: () => language, rootOf: () => null })
    const text = '```docker-network\nservices:\n  web: {}\n```\n'
    expect(md.render(text)).toContain('lang="ko"')
    language = 'en'
    expect(md.render(text)).toContain('lang="en"')
  })
})

describe('the extension’s manifest', () => {
  it('names files that are there, or that the build puts there', () => {
    for (const { path } of manifest.contributes.snippets) {
      const snippets: object = JSON.parse(readFileSync(join(FOLDER, path), 'utf8'))
      expect(Object.keys(snippets).length).toBeGreaterThan(0)
    }
    for (const path of manifest.contributes['markdown.previewStyles'])
      expect(existsSync(join(ROOT, path.replace('./media', 'assets')))).toBe(true)
  })

  it('is of the package’s version', () => {
    const { version }: { readonly version: string } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    )
    expect(manifest.version).toBe(version)
  })
})
