import { ref, watchEffect } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
const THEME = 'appearance.theme'
const ELDER = 'appearance.elder'
const darkness = matchMedia('(prefers-color-scheme: dark)')

/** Light, dark, or as the device has it. */
export const theme = ref<Theme>((localStorage.getItem(THEME) as Theme | null) ?? 'auto')
/** Elder mode: large type, large targets, reading aloud, a call to 12345 on every page. */
export const isElder = ref(localStorage.getItem(ELDER) === 'on')

/** Choose light or dark on this device. */
export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  localStorage.setItem(THEME, chosen)
}

/** Choose elder mode on this device, or leave it. */
export function chooseElder(on: boolean): void {
  isElder.value = on
  localStorage.setItem(ELDER, on ? 'on' : 'off')
}

/** Take over what the person chose on another device, unless something was chosen here. */
export function adoptElder(on: boolean): void {
  if (localStorage.getItem(ELDER) === null) isElder.value = on
}

/** Show the chosen appearance, and keep showing it when the device's own changes. */
export function applyAppearance(): void {
  const systemDark = ref(darkness.matches)
  darkness.addEventListener('change', ({ matches }) => (systemDark.value = matches))
  watchEffect(() => {
    const dark = theme.value === 'dark' || (theme.value === 'auto' && systemDark.value)
    const root = document.documentElement
    root.dataset.theme = dark ? 'dark' : 'light'
    root.classList.toggle('van-theme-dark', dark)
    root.toggleAttribute('data-elder', isElder.value)
  })
}
