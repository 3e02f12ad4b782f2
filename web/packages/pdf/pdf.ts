import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'

/** The character maps that Chinese documents without their own fonts need; fetched one by one when a page asks. */
const MAPS = import.meta.glob<string>(
  '../../node_modules/pdfjs-dist/cmaps/{GB*,UniGB*,Adobe-GB1*,Identity*}.bcmap',
  { query: '?url', import: 'default', eager: true },
)

class CharacterMaps {
  async fetch({ name }: { name: string }): Promise<{ cMapData: Uint8Array; isCompressed: boolean }> {
    const url = Object.entries(MAPS).find(([path]) => path.endsWith(`/${name}.bcmap`))?.[1]
    if (!url) throw new Error(`no character map ${name}`)
    return { cMapData: new Uint8Array(await (await fetch(url)).arrayBuffer()), isCompressed: true }
  }
}

/** Open a PDF. The library comes with the first one; nothing in the document is run. */
export async function openPdf(blob: Blob): Promise<PDFDocumentProxy> {
  const [library, worker] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
  ])
  library.GlobalWorkerOptions.workerSrc = worker.default
  const data = new Uint8Array(await blob.arrayBuffer())
  const options = { data, CMapReaderFactory: CharacterMaps, cMapPacked: true, useWorkerFetch: false, useWasm: false }
  return library.getDocument({ ...options, isEvalSupported: false, useSystemFonts: true }).promise
}

const MOST_PIXELS = 16_000_000

/** Draw a page so that it is `width` wide on the screen; returns how to stop drawing. */
export function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, width: number): () => void {
  const natural = page.getViewport({ scale: 1 })
  const wanted = (width / natural.width) * devicePixelRatio
  const most = Math.sqrt(MOST_PIXELS / (natural.width * natural.height))
  const viewport = page.getViewport({ scale: Math.min(wanted, most) })
  canvas.width = Math.round(viewport.width)
  canvas.height = Math.round(viewport.height)
  const task = page.render({ canvas, viewport })
  task.promise.catch((error: Error) => {
    if (error.name !== 'RenderingCancelledException') throw error
  })
  return () => task.cancel()
}
