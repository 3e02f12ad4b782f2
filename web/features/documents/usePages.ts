import { answer, isProblem, type DocumentShape } from '@suqian/api-client'
import { readFile } from '@suqian/officials'
import { openPdf, type PDFDocumentProxy, type PDFPageProxy } from '@suqian/pdf'
import { useApi } from '@suqian/session'
import { faceOfError, useProblemWords, type Face } from '@suqian/ui'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { hasRoom, layersOn, pageFileOf, together, type Stroke, type Written } from './layers.ts'

/** The pages of a document with what people wrote over them. */
export function usePages(id: string) {
  const api = useApi()
  const words = useProblemWords()
  const { t } = useI18n()
  const document = shallowRef<DocumentShape | null>(null)
  const page = shallowRef<PDFPageProxy | null>(null)
  const number = ref(1)
  const count = ref(1)
  const strokes = shallowRef<Stroke[]>([])
  const said = ref('')
  const face = ref<Face>('loading')
  const busy = ref(false)
  const fault = ref('')
  const layers = computed(() => layersOn(document.value?.layers ?? [], number.value))
  let opened: PDFDocumentProxy | null = null
  onScopeDispose(() => void opened?.destroy())
  void load()

  function read(): Promise<DocumentShape> {
    return answer(api.GET('/api/v1/documents/{document_id}', { params: { path: { document_id: id } } }))
  }

  async function load(): Promise<void> {
    face.value = 'loading'
    try {
      document.value = await read()
      const file = pageFileOf(document.value)
      if (!file) return void (face.value = 'empty')
      opened = await openPdf(await readFile(`/api/v1/documents/${id}/files`, file))
      count.value = opened.numPages
      await turnTo(1)
      face.value = 'ready'
    } catch (error) {
      face.value = error instanceof TypeError ? 'offline' : faceOfError(error)
    }
  }

  async function turnTo(wanted: number): Promise<void> {
    if (!opened || wanted < 1 || wanted > opened.numPages || (isChanged() && !(await save()))) return
    page.value = await opened.getPage(wanted)
    number.value = wanted
    takeOwn()
  }

  /** What is written on a page and not saved yet is saved before one turns it. */
  function isChanged(): boolean {
    const own = keptOwn()
    return page.value !== null && (JSON.stringify(strokes.value) !== JSON.stringify(own.strokes) || said.value.trim() !== own.words)
  }

  function keptOwn(): Written {
    return { strokes: (layers.value.own?.strokes ?? []) as Stroke[], words: layers.value.own?.words ?? '' }
  }

  function takeOwn(): void {
    const own = keptOwn()
    strokes.value = [...own.strokes]
    said.value = own.words
  }

  async function explain(error: unknown): Promise<void> {
    if (!isProblem(error) || error.status !== 412) return void (fault.value = words(error))
    try {
      await takeBoth()
      fault.value = t('documents.pages.elsewhere')
    } catch (again) {
      fault.value = words(again)
    }
  }

  /** Another device of mine wrote meanwhile: put both together, for me to look at and save. */
  async function takeBoth(): Promise<void> {
    const before = keptOwn()
    document.value = await read()
    const both = together(before, { strokes: strokes.value, words: said.value.trim() }, keptOwn())
    strokes.value = both.strokes
    said.value = both.words
  }

  async function send(): Promise<void> {
    const body = { strokes: strokes.value, words: said.value.trim() }
    const header = { 'If-Match': `"${layers.value.own?.version ?? 0}"` }
    const path = { document_id: id, page: number.value }
    await answer(api.PUT('/api/v1/documents/{document_id}/layers/{page}', { body, params: { header, path } }))
  }

  /** Keep my notes on this page. Whether it worked. */
  async function save(): Promise<boolean> {
    busy.value = true
    fault.value = ''
    try {
      await send()
      document.value = await read()
      takeOwn()
      return true
    } catch (error) {
      await explain(error)
      return false
    } finally {
      busy.value = false
    }
  }

  const add = (stroke: Stroke) => void (hasRoom(strokes.value) && (strokes.value = [...strokes.value, stroke]))
  return { document, page, number, count, strokes, said, face, busy, fault, layers, load, turnTo, save, add }
}
