// The colours of a surface, taken from a cover. Lightness is fixed, so that contrast holds for every cover: only hue
// and chroma come from the picture.

import { hexOf, type Oklch, oklchOf } from './oklch.ts'

/** What a cover says. */
export interface CoverHues {
  readonly groundHue: number
  /** 0 (grey) to 1.1. */
  readonly groundStrength: number
  readonly accentHue: number
  /** 0.6 to 1. */
  readonly accentStrength: number
}

export type Scheme = 'light' | 'dark'
/** Names of custom properties, without the dashes, and their values. */
export type TintTokens = Readonly<Record<string, string>>

interface Bin {
  count: number
  weight: number
  chroma: number
  /** Sums of unit vectors, since hues have no beginning. */
  x: number
  y: number
}

const binCount = 24
const leastChroma = 0.03
const fewColoured = 0.04
/** Of a cover without colour: paper, and the needle. */
const greyHues: CoverHues = { groundHue: 70, groundStrength: 0.12, accentHue: 30, accentStrength: 1 }

/** From RGBA bytes, as a canvas gives them. */
export function huesOfPixels(rgba: Uint8ClampedArray): CoverHues {
  const bins: Bin[] = Array.from({ length: binCount }, () => ({ count: 0, weight: 0, chroma: 0, x: 0, y: 0 }))
  let seen = 0
  let coloured = 0
  for (let at = 0; at < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) < 128) continue
    seen += 1
    const pixel = oklchOf(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0)
    if (pixel.chroma < leastChroma) continue
    coloured += 1
    addTo(bins[Math.floor(pixel.hue / (360 / binCount)) % binCount], pixel)
  }
  if (seen === 0 || coloured / seen < fewColoured) return greyHues
  const ground = heaviest(bins)
  const groundHue = meanHue(ground)
  const accent = accentBin(bins, groundHue, seen) ?? ground
  return {
    groundHue,
    groundStrength: Math.min(1.1, meanChroma(ground) / 0.09),
    accentHue: meanHue(accent),
    accentStrength: Math.min(1, Math.max(0.6, meanChroma(accent) / 0.12)),
  }
}

function addTo(bin: Bin | undefined, { l, chroma, hue }: Oklch): void {
  if (!bin) return
  const angle = (hue * Math.PI) / 180
  bin.count += 1
  bin.weight += 1.05 - l // dark colours on cream paper count more than the paper
  bin.chroma += chroma
  bin.x += Math.cos(angle)
  bin.y += Math.sin(angle)
}

function heaviest(bins: readonly Bin[]): Bin {
  const weightAt = (index: number) => bins[(index + binCount) % binCount]?.weight ?? 0
  const withNeighbours = (index: number) => weightAt(index) + (weightAt(index - 1) + weightAt(index + 1)) / 2
  return bins.reduce((best, bin, index) => {
    const isHeavier = bin.count > 0 && withNeighbours(index) > withNeighbours(bins.indexOf(best))
    return best.count === 0 || isHeavier ? bin : best
  })
}

function accentBin(bins: readonly Bin[], groundHue: number, seen: number): Bin | undefined {
  const candidates = bins.filter(
    (bin) => bin.count / seen >= 0.005 && hueDistance(meanHue(bin), groundHue) >= 35,
  )
  const score = (bin: Bin) => (bin.count / seen) ** 0.4 * meanChroma(bin) ** 1.2
  return candidates.toSorted((a, b) => score(b) - score(a))[0]
}

const meanChroma = (bin: Bin): number => bin.chroma / Math.max(1, bin.count)
const meanHue = (bin: Bin): number => ((Math.atan2(bin.y, bin.x) * 180) / Math.PI + 360) % 360
const hueDistance = (a: number, b: number): number => 180 - Math.abs((Math.abs(a - b) % 360) - 180)

/** As a sleeve without a picture has them: its own hue alone. */
export function huesOfSleeve(hue: number): CoverHues {
  return { groundHue: hue, groundStrength: 0.5, accentHue: hue, accentStrength: 0.8 }
}

type Row = readonly [l: number, chroma: number, from: 'ground' | 'accent']

const rows: Readonly<Record<Scheme, Readonly<Record<string, Row>>>> = {
  light: {
    paper: [0.94, 0.035, 'ground'],
    'paper-end': [0.895, 0.045, 'ground'],
    ink: [0.2, 0.03, 'ground'],
    ink2: [0.4, 0.045, 'ground'],
    ink3: [0.42, 0.045, 'ground'],
    needle: [0.565, 0.18, 'accent'],
    'needle-text': [0.47, 0.16, 'accent'],
    edge: [0.56, 0.07, 'ground'],
  },
  dark: {
    paper: [0.265, 0.05, 'ground'],
    'paper-end': [0.205, 0.04, 'ground'],
    ink: [0.97, 0.012, 'ground'],
    ink2: [0.82, 0.03, 'ground'],
    ink3: [0.8, 0.03, 'ground'],
    needle: [0.78, 0.15, 'accent'],
    'needle-text': [0.8, 0.14, 'accent'],
    edge: [0.62, 0.06, 'ground'],
  },
}

export function tokensOf(hues: CoverHues, scheme: Scheme): TintTokens {
  const tokens = Object.entries(rows[scheme]).map(([name, [l, chroma, from]]) => {
    const hue = from === 'ground' ? hues.groundHue : hues.accentHue
    const strength = from === 'ground' ? hues.groundStrength : hues.accentStrength
    // Ink keeps its bit of colour from the ground only.
    return [name, hexOf({ l, chroma: chroma * strength, hue })] as const
  })
  const { edge = '#808080', ...others } = Object.fromEntries(tokens)
  return { ...others, edge, well: `${edge}29`, line: `${edge}57`, track: `${edge}70` }
}
