declare module 'subset-font' {
  /** Gives the font with only the glyphs of `text`. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: 'woff2' | 'woff' | 'truetype' },
  ): Promise<Buffer>
}
