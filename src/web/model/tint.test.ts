// Colours from covers, judged as eyes do: by contrast.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hexOf, oklchOf } from './oklch.ts'
import { huesOfPixels, tokensOf } from './tint.ts'

type Rgb = readonly [number, number, number]

/** A cover in areas: each colour covers so many of 100 pixels. */
function cover(...areas: readonly (readonly [count: number, rgb: Rgb])[]): Uint8ClampedArray {
  return Uint8ClampedArray.from(
    areas.flatMap(([count, rgb]) => Array.from({ length: count }, () => [...rgb, 255]).flat()),
  )
}

function rgbOf(hex: string): Rgb {
  const [r = 0, g = 0, b = 0] = hex.match(/[0-9a-f]{2}/g)?.map((byte) => Number.parseInt(byte, 16)) ?? []
  return [r, g, b]
}

function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((byte) => {
    const channel = byte / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

test('a colour goes to OKLCH and back', () => {
  for (const hex of ['#c42a0e', '#12394a', '#f5f5f3', '#000000', '#ffffff'])
    assert.equal(hexOf(oklchOf(...rgbOf(hex))), hex)
})

test('a colour that no screen shows loses chroma, not lightness', () => {
  const wanted = { l: 0.565, chroma: 0.4, hue: 30 }

  const shown = oklchOf(...rgbOf(hexOf(wanted)))

  assert.ok(Math.abs(shown.l - wanted.l) < 0.01)
  assert.ok(shown.chroma < wanted.chroma)
})

test('the dark sea gives the ground, the red sun the needle', () => {
  const tidewrack = cover([60, [242, 230, 208]], [25, [18, 57, 74]], [10, [228, 87, 46]])

  const { groundHue, accentHue } = huesOfPixels(tidewrack)

  assert.ok(groundHue > 190 && groundHue < 250, `ground ${groundHue}`)
  assert.ok(accentHue > 20 && accentHue < 60, `accent ${accentHue}`)
})

test('a cover without colour is paper with our own needle', () => {
  assert.deepEqual(huesOfPixels(cover([100, [20, 20, 22]])).accentHue, 30)
  assert.deepEqual(huesOfPixels(new Uint8ClampedArray()).groundHue, 70)
})

test('whatever the cover, text can be read and the groove be seen', () => {
  for (let hue = 0; hue < 360; hue += 15) {
    const hues = { groundHue: hue, groundStrength: 1.1, accentHue: (hue + 180) % 360, accentStrength: 1 }
    for (const scheme of ['light', 'dark'] as const) {
      const {
        paper = '',
        'paper-end': end = '',
        ink = '',
        ink2 = '',
        needle = '',
        edge = '',
      } = tokensOf(hues, scheme)
      for (const ground of [paper, end]) {
        assert.ok(contrast(ink, ground) >= 12, `${scheme} ink at ${hue}`)
        assert.ok(contrast(ink2, ground) >= 6, `${scheme} second ink at ${hue}`)
        assert.ok(contrast(needle, ground) >= 2.9, `${scheme} needle at ${hue}`)
        assert.ok(contrast(edge, ground) >= 3, `${scheme} edge at ${hue}`)
      }
    }
  }
})
