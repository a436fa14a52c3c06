// A picture made to fit a box. The work is done in threads of libvips, not in this one.

import type { Artwork, ArtworkBox } from '../items.ts'

/** More pixels than any cover has; a bound for pictures that are bombs. */
const mostPixels = 50_000_000
/** A larger box is no box. */
const largestBoxSide = 8192
const jpegQuality = 88

/** Rejects when the bytes are no picture. Never larger than it was; turned upright; JPEG, or PNG where it shows through. */
export async function resize(bytes: Uint8Array, box: ArtworkBox): Promise<Artwork> {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1) // the sound goes first
  const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
  const { format, width, height, orientation = 1, hasAlpha } = await picture.metadata()
  const [maxWidth, maxHeight] = [side(box.maxWidth), side(box.maxHeight)]
  const isUpright = orientation === 1
  const [shownWidth, shownHeight] = orientation > 4 ? [height, width] : [width, height]
  const isSmallEnough = shownWidth <= (maxWidth ?? shownWidth) && shownHeight <= (maxHeight ?? shownHeight)
  if (isUpright && isSmallEnough && (format === 'jpeg' || format === 'png')) {
    await picture.stats() // the whole of it can be read, else this throws
    return { bytes, mimeType: `image/${format}` }
  }
  const fitted = picture
    .autoOrient()
    .resize({ width: maxWidth, height: maxHeight, fit: 'inside', withoutEnlargement: true })
  const isPng = format === 'png' && hasAlpha
  const made = isPng ? fitted.png() : fitted.flatten({ background: 'white' }).jpeg({ quality: jpegQuality })
  return { bytes: await made.toBuffer(), mimeType: isPng ? 'image/png' : 'image/jpeg' }
}

function side(pixels: number | undefined): number | undefined {
  if (pixels === undefined || !(pixels >= 1) || pixels > largestBoxSide) return undefined
  return Math.floor(pixels)
}
