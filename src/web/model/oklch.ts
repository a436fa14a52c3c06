// Colours as people see them: sRGB to OKLCH and back. Source: Björn Ottosson, "A perceptual color space" (2020).

export interface Oklch {
  /** Lightness, 0 to 1. */
  readonly l: number
  readonly chroma: number
  /** Degrees, 0 to 360. */
  readonly hue: number
}

type Triple = readonly [number, number, number]

const toLinear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
const fromLinear = (channel: number): number =>
  channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055

/** Channels are bytes. */
export function oklchOf(red: number, green: number, blue: number): Oklch {
  const [r, g, b] = [toLinear(red / 255), toLinear(green / 255), toLinear(blue / 255)]
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const l = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
  const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
  const bb = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
  return { l, chroma: Math.hypot(a, bb), hue: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 }
}

function linearOf({ l, chroma, hue }: Oklch): Triple {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

const slack = 1e-4
const isInside = (channels: Triple): boolean =>
  channels.every((channel) => channel >= -slack && channel <= 1 + slack)

/** `#rrggbb`. Outside sRGB the chroma is reduced until it is inside: lightness, and with it contrast, stays. */
export function hexOf(colour: Oklch): string {
  let linear = linearOf(colour)
  if (!isInside(linear)) {
    let [inside, outside] = [0, colour.chroma]
    for (let step = 0; step < 12; step += 1) {
      const chroma = (inside + outside) / 2
      if (isInside(linearOf({ ...colour, chroma }))) inside = chroma
      else outside = chroma
    }
    linear = linearOf({ ...colour, chroma: inside })
  }
  const bytes = linear.map((channel) => Math.round(255 * fromLinear(Math.min(1, Math.max(0, channel)))))
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
