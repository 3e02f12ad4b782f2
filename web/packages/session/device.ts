const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** A name by which its owner knows this device in the list of signed-in devices. */
export function deviceName(agent: string = navigator.userAgent): string {
  const found = (names: [RegExp, string][]) => names.find(([sign]) => sign.test(agent))?.[1]
  return [found(SYSTEMS), found(BROWSERS)].filter(Boolean).join(' · ').slice(0, 80)
}
