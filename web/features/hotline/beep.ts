const NOTE = 880
const LENGTH_S = 0.18
const GAP_S = 0.08

/** A short sound, three times for an emergency. Silent where the browser allows none. */
export function beep(isUrgent: boolean): void {
  if (!('AudioContext' in window)) return
  const context = new AudioContext()
  const times = isUrgent ? 3 : 1
  for (let turn = 0; turn < times; turn += 1) {
    const start = context.currentTime + turn * (LENGTH_S + GAP_S)
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = NOTE
    volume.gain.value = 0.15
    tone.connect(volume).connect(context.destination)
    tone.start(start)
    tone.stop(start + LENGTH_S)
  }
  setTimeout(() => void context.close(), 2000)
}
