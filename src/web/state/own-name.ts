// What this browser is called where remotes are listed.

const devices: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android.*Mobile/, 'Android phone'],
  [/Android/, 'Android tablet'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
]
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(?:e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** What the owner reads: "Firefox on Linux". */
export function ownName(): string {
  const named = (table: readonly (readonly [RegExp, string])[], other: string) =>
    table.find(([pattern]) => pattern.test(navigator.userAgent))?.[1] ?? other
  return `${named(browsers, 'Browser')} on ${named(devices, 'a computer')}`
}
