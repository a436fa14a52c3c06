// Titles between the sound, as SHOUTcast began and every player reads since: after each so many bytes one that counts
// sixteens, and so much text.

import { Transform } from 'node:stream'

/** Bytes of sound between two places for a title; what Icecast uses. */
export const icyIntervalBytes = 16_000
/** One byte counts sixteens. */
const longestBlockBytes = 255 * 16
const textLimitBytes = longestBlockBytes - "StreamTitle='';".length

/** `title`: of what plays now; asked at each place, and told where it is another one. */
export function icyStream(title: () => string): Transform {
  let untilTitle = icyIntervalBytes
  let told: string | undefined

  function place(): Uint8Array {
    const now = title()
    if (now === told) return Uint8Array.of(0)
    told = now
    return titleBlock(now)
  }

  return new Transform({
    transform(sound: Uint8Array, _encoding, done) {
      let rest = sound
      while (rest.length >= untilTitle) {
        this.push(rest.subarray(0, untilTitle))
        this.push(place())
        rest = rest.subarray(untilTitle)
        untilTitle = icyIntervalBytes
      }
      untilTitle -= rest.length
      done(null, rest.length > 0 ? rest : undefined)
    },
  })
}

/** The length in sixteens, the text, zeros. */
export function titleBlock(title: string): Uint8Array {
  // A reader takes the text up to "';", so that must not stand within.
  const shown = title.replaceAll(/\p{C}/gu, ' ').replaceAll("';", "' ")
  const text = Buffer.from(`StreamTitle='${cutTo(shown, textLimitBytes)}';`)
  const block = Buffer.alloc(1 + Math.ceil(text.length / 16) * 16)
  block[0] = (block.length - 1) / 16
  text.copy(block, 1)
  return block
}

/** Whole characters within so many bytes of UTF-8. */
function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  return new TextDecoder().decode(Buffer.from(text).subarray(0, bytes)).replace(/\uFFFD+$/, '')
}
