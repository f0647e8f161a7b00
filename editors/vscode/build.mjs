// Bundles the extension and its server out of the source of the package, and puts what they need beside them.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

process.chdir(import.meta.dirname)
for (const folder of ['dist', 'media']) rmSync(folder, { recursive: true, force: true })
await build({
  entryPoints: ['src/extension.ts', 'src/server.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  target: 'node20',
  minify: true,
  external: ['vscode'],
  // The extension is CommonJS; what is asked for by its own place lies elsewhere there.
  define: { 'import.meta.url': '"file:///"' },
  logLevel: 'warning',
})
for (const name of ['docker-network.css', 'docker-network.schema.json', 'fonts'])
  cpSync(`../../assets/${name}`, `media/${name}`, { recursive: true })
// VS Code says the theme of its window by a class of the body, which no stylesheet of a page would.
const css = readFileSync('media/docker-network.css', 'utf8')
writeFileSync(
  'media/docker-network.css',
  css
    .replaceAll(
      ':root:is(.dark, [data-theme="dark"])',
      'body:is(.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light))',
    )
    .replaceAll(
      ':root:is(.light, [data-theme="light"])',
      'body:is(.vscode-light, .vscode-high-contrast-light)',
    ),
)
cpSync('../../LICENSE', 'LICENSE')
