import { onScopeDispose, ref } from 'vue'

/** What browsers record in, best first; the server tells the kind from the content. */
const KINDS = [
  { type: 'audio/webm;codecs=opus', plain: 'audio/webm', ending: 'weba' },
  { type: 'audio/mp4', plain: 'audio/mp4', ending: 'm4a' },
  { type: 'audio/ogg;codecs=opus', plain: 'audio/ogg', ending: 'ogg' },
]
const BITS_A_SECOND = 24_000
export const MOST_SECONDS = 120

/** Records a voice note of two minutes at most. */
export function useRecorder(done: (file: File) => void) {
  const isRecording = ref(false)
  const seconds = ref(0)
  const kind = 'MediaRecorder' in globalThis ? KINDS.find(({ type }) => MediaRecorder.isTypeSupported(type)) : undefined
  const canRecord = kind !== undefined && Boolean(navigator.mediaDevices)
  let recorder: MediaRecorder | null = null
  let ticking: ReturnType<typeof setInterval> | undefined
  onScopeDispose(stop)

  /** Begin. Rejects when there is no microphone or it may not be used. */
  async function start(): Promise<void> {
    if (!kind || isRecording.value) return
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    const parts: Blob[] = []
    recorder = new MediaRecorder(stream, { mimeType: kind.type, audioBitsPerSecond: BITS_A_SECOND })
    recorder.ondataavailable = ({ data }) => data.size > 0 && parts.push(data)
    recorder.onstop = () => {
      stream.getTracks().forEach((track) => track.stop())
      if (parts.length > 0) done(new File(parts, `voice.${kind.ending}`, { type: kind.plain }))
    }
    recorder.start()
    seconds.value = 0
    isRecording.value = true
    ticking = setInterval(tick, 1000)
  }

  function tick(): void {
    seconds.value += 1
    if (seconds.value >= MOST_SECONDS) stop()
  }

  function stop(): void {
    clearInterval(ticking)
    if (recorder?.state === 'recording') recorder.stop()
    recorder = null
    isRecording.value = false
  }

  return { canRecord, isRecording, seconds, start, stop }
}
