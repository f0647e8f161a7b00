/** What a reader takes away: the drawing as a file, and texts on the clipboard. */

/** Pixels of a PNG for each CSS pixel: sharp on a dense screen and in print. */
const SCALE = 2

export function svgBlob(svg: string): Blob {
  return new Blob([svg], { type: 'image/svg+xml' })
}

/** Draws a standalone SVG into a PNG. Rejects when the browser cannot read the SVG. */
export async function pngBlob(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(svgBlob(svg))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * SCALE
    canvas.height = image.naturalHeight * SCALE
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no 2D canvas')
    context.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('canvas gave no PNG')) : resolve(blob)))
    })
  } finally {
    URL.revokeObjectURL(url)
  }
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download has its own hold on the blob once the click is through.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
