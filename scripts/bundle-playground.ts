/** Bundles the playground for browsers: one small entry, and what it loads later in chunks beside it. */
import { build } from 'esbuild'

export interface BundleOptions {
  /** Folder the files are written to. */
  readonly outdir: string
  /** Small for readers, or quick and readable while writing. */
  readonly minify: boolean
}

export async function bundlePlayground({ outdir, minify }: BundleOptions): Promise<void> {
  await build({
    entryPoints: { playground: new URL('../src/playground/main.ts', import.meta.url).pathname },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    chunkNames: 'chunks/[name]-[hash]',
    minify,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
  })
}
