// Covers drawn by code: flat shapes in a few colours, no two alike and no text, so that no font matters.

import sharp from 'sharp'

const palettes = [
  ['#1d3557', '#457b9d', '#a8dadc', '#e63946'],
  ['#f3e6cf', '#2c7a76', '#f4b942', '#e4572e'],
  ['#22223b', '#4a4e69', '#c9ada7', '#f2e9e4'],
  ['#283618', '#606c38', '#fefae0', '#dda15e'],
  ['#10002b', '#5a189a', '#9d4edd', '#ffd6a5'],
  ['#fdf0d5', '#c1121f', '#003049', '#669bbc'],
  ['#0b132b', '#1c2541', '#5bc0be', '#ff9f1c'],
  ['#ffe5ec', '#ffb3c6', '#fb6f92', '#33415c'],
] as const
type Palette = (typeof palettes)[number]
const side = 600

const motifs: readonly ((palette: Palette, seed: number) => string)[] = [
  // Hills under a sun.
  ([sky, far, near, sun], seed) =>
    `<rect width="${side}" height="${side}" fill="${sky}"/><circle cx="${140 + (seed % 5) * 80}" cy="190" r="90" fill="${sun}"/>` +
    `<path d="M0 ${370 - (seed % 3) * 30} C150 250 300 430 600 320 V600 H0Z" fill="${far}"/><path d="M0 470 C200 380 380 560 600 440 V600 H0Z" fill="${near}"/>`,
  // Rings.
  (colours, seed) =>
    `<rect width="${side}" height="${side}" fill="${colours[0]}"/>${[250, 190, 130, 70].map((radius, at) => `<circle cx="${250 + (seed % 4) * 35}" cy="300" r="${radius}" fill="${colours[(at + 1) % 4]}"/>`).join('')}`,
  // Bars of a spectrum.
  (colours, seed) =>
    `<rect width="${side}" height="${side}" fill="${colours[2]}"/>${Array.from({ length: 10 }, (_, at) => {
      const height = 90 + ((seed * 37 + at * 73) % 380)
      return `<rect x="${30 + at * 55}" y="${560 - height}" width="36" height="${height}" fill="${colours[at % 3 === 0 ? 3 : at % 2]}"/>`
    }).join('')}`,
  // Crossing sheets.
  (colours, seed) =>
    `<rect width="${side}" height="${side}" fill="${colours[3]}"/><rect x="90" y="90" width="330" height="420" fill="${colours[1]}" transform="rotate(${(seed % 7) * 6 - 18} 300 300)"/>` +
    `<rect x="210" y="150" width="300" height="330" fill="${colours[0]}" opacity=".85" transform="rotate(${(seed % 5) * 9} 300 300)"/><circle cx="300" cy="300" r="80" fill="${colours[2]}"/>`,
]

/** A JPEG of 600 pixels; the same number draws the same cover. */
export function drawnCover(seed: number): Promise<Buffer> {
  const palette = palettes[seed % palettes.length] ?? palettes[0]
  const motif = motifs[Math.floor(seed / 3 + seed) % motifs.length] ?? motifs[0]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${motif?.(palette, seed)}</svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 84 }).toBuffer()
}
