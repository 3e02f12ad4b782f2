import { Unreachable } from '@suqian/api-client'
import { faceOfError, type Face } from '@suqian/ui'
import { openPdf, type PDFDocumentProxy, type PDFPageProxy } from '@suqian/pdf'
import { onUnmounted, ref, shallowRef, watch } from 'vue'

import { readContent } from '../api.ts'
import { archive } from '../archive.ts'
import type { Size } from './fit.ts'

export interface Sheet {
  id: string
  media_type: string
}

/** What is on the stage: a picture, or a page of a PDF. What was looked at stays readable without a network. */
export function usePage(caseId: string, sheet: () => Sheet) {
  const face = ref<Face>('loading')
  const picture = ref('')
  const size = ref<Size>({ width: 0, height: 0 })
  const document = shallowRef<PDFDocumentProxy | null>(null)
  const page = shallowRef<PDFPageProxy | null>(null)
  const number = ref(1)
  const count = ref(1)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    close()
    face.value = 'loading'
    try {
      const found = await fetched(sheet().id)
      if (mine !== asked) return
      await (sheet().media_type === 'application/pdf' ? showPdf(found, mine) : showPicture(found, mine))
    } catch (error) {
      if (mine === asked) face.value = error instanceof TypeError ? 'offline' : faceOfError(error)
    }
  }

  async function fetched(id: string): Promise<Blob> {
    try {
      const found = await readContent(caseId, id)
      await archive.keepPage(caseId, id, found)
      return found
    } catch (error) {
      const kept = error instanceof TypeError || error instanceof Unreachable ? await archive.page(caseId, id) : null
      if (!kept) throw error
      return kept
    }
  }

  async function showPicture(found: Blob, mine: number): Promise<void> {
    const url = URL.createObjectURL(found)
    const image = new Image()
    image.src = url
    await image.decode()
    if (mine !== asked) return URL.revokeObjectURL(url)
    picture.value = url
    size.value = { width: image.naturalWidth, height: image.naturalHeight }
    face.value = 'ready'
  }

  async function showPdf(found: Blob, mine: number): Promise<void> {
    const opened = await openPdf(found)
    if (mine !== asked) return void opened.destroy()
    document.value = opened
    count.value = opened.numPages
    await turnTo(1)
  }

  /** Show a page of the document. */
  async function turnTo(wanted: number): Promise<void> {
    const opened = document.value
    if (!opened || wanted < 1 || wanted > opened.numPages) return
    const found = await opened.getPage(wanted)
    if (document.value !== opened) return
    const { width, height } = found.getViewport({ scale: 1 })
    number.value = wanted
    size.value = { width, height }
    page.value = found
    face.value = 'ready'
  }

  function close(): void {
    if (picture.value) URL.revokeObjectURL(picture.value)
    void document.value?.destroy()
    picture.value = ''
    document.value = null
    page.value = null
    number.value = count.value = 1
  }

  watch(() => sheet().id, () => void load(), { immediate: true })
  onUnmounted(() => {
    asked += 1
    close()
  })

  return { face, picture, size, page, number, count, load, turnTo }
}
