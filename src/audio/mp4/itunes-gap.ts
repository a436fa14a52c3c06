// What iTunes notes about gapless playing: a freeform tag "iTunSMPB" of hexadecimal words:
// 0, samples before the song, samples behind it, samples of the song.

import type { ByteSource } from '../byte-source.ts'
import { type Box, boxesIn, findBox } from './boxes.ts'

export interface ItunesGap {
  readonly startSamples: number
  readonly lengthSamples: number
}

export async function readItunesGap(source: ByteSource, moov: Box): Promise<ItunesGap | undefined> {
  const meta = await findBox(source, moov, 'udta', 'meta')
  if (meta === undefined) return undefined
  const ilst = await findBox(
    source,
    { ...meta, offset: meta.offset + 4, sizeBytes: meta.sizeBytes - 4 },
    'ilst',
  )
  if (ilst === undefined) return undefined
  for await (const tag of boxesIn(source, ilst.offset, ilst.offset + ilst.sizeBytes)) {
    if (tag.name !== '----') continue
    const name = await findBox(source, tag, 'name')
    const data = await findBox(source, tag, 'data')
    if (name === undefined || data === undefined) continue
    if ((await text(source, name, 4)) === 'iTunSMPB') return parseItunesGap(await text(source, data, 8))
  }
  return undefined
}

function parseItunesGap(words: string): ItunesGap | undefined {
  const [, start, , length] = words
    .trim()
    .split(/\s+/)
    .map((word) => Number.parseInt(word, 16))
  if (start === undefined || length === undefined) return undefined
  const areSane = start >= 0 && start < 100_000 && length >= 0 && length < 2 ** 40
  return areSane ? { startSamples: start, lengthSamples: length } : undefined
}

async function text(source: ByteSource, box: Box, skipBytes: number): Promise<string> {
  const bytes = await source.read(box.offset + skipBytes, Math.min(box.sizeBytes - skipBytes, 256))
  return String.fromCharCode(...bytes)
}
