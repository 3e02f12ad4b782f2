/** Pages of a PDF on the screen. */
export { default as PdfCanvas } from './PdfCanvas.vue'
export { openPdf } from './pdf.ts'
export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
