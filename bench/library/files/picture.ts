// A cover: a small PNG of soft colours that no other album has.

import { crc32, deflateSync } from 'node:zlib'
import { chanceFrom } from '../random.ts'
import { uint32 } from './bytes.ts'

const sizePixels = 96

export function picture(seed: number): Buffer {
  const chance = chanceFrom(seed)
  const [red, green, blue] = [chance.whole(256), chance.whole(256), chance.whole(256)]
  const step = 1 + chance.whole(8)
  const lineBytes = 1 + sizePixels * 3
  const pixels = Buffer.alloc(sizePixels * lineBytes)
  for (let y = 0; y < sizePixels; y += 1)
    for (let x = 0; x < sizePixels; x += 1) {
      const at = y * lineBytes + 1 + x * 3
      const shade = Math.floor(x / step) ^ Math.floor(y / step)
      pixels[at] = red ^ shade
      pixels[at + 1] = green ^ shade
      pixels[at + 2] = (blue + x) & 255
    }
  const head = Buffer.concat([uint32(sizePixels), uint32(sizePixels), Uint8Array.of(8, 2, 0, 0, 0)])
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), content])
  return Buffer.concat([uint32(content.length), body, uint32(crc32(body))])
}
