// Ogg with Vorbis, Opus or FLAC: mostly one link, otherwise a chain of them, which sounds as one song.

import type { ByteSource } from '../byte-source.ts'
import type { Decoder } from '../decoder.ts'
import { resampled } from '../resampled.ts'
import { type OggLink, readLinks } from './link.ts'
import { openLink } from './link-decoder.ts'
import { warmOpus } from './opus.ts'
import { warmVorbis } from './vorbis.ts'

/** Of a chain with more links nobody tells the length: each would have to be opened. */
const mostMeasured = 100

export async function warmOgg(): Promise<void> {
  await Promise.all([warmVorbis(), warmOpus()])
}

export async function openOgg(source: ByteSource): Promise<Decoder> {
  const links = await readLinks(source)
  const [first, ...others] = links
  if (first !== undefined && others.length === 0) return openLink(source, first)
  return openChain(source, links)
}

/** At the rate of its first link. */
async function openChain(source: ByteSource, links: readonly OggLink[]): Promise<Decoder> {
  const keptOpen = { ...source, close: async () => {} } // links come and go, the file stays
  const open = async (index: number, sampleRateHz?: number) => {
    const link = links[index]
    const decoder = link && (await openLink(keptOpen, link))
    return decoder && resampled(decoder, sampleRateHz ?? decoder.sampleRateHz)
  }
  let index = 0
  let current = await open(0)
  const sampleRateHz = current?.sampleRateHz ?? 0
  const lengths = [current?.lengthFrames]
  for (let each = 1; each < links.length && links.length <= mostMeasured; each += 1) {
    const decoder = await open(each, sampleRateHz)
    lengths.push(decoder?.lengthFrames)
    await decoder?.close()
  }
  const isMeasured = lengths.length === links.length && lengths.every((length) => length !== undefined)

  async function goTo(next: number): Promise<void> {
    if (next === index && current !== undefined) return
    await current?.close()
    current = undefined
    index = next
    current = await open(next, sampleRateHz)
  }

  return {
    sampleRateHz,
    lengthFrames: isMeasured ? lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0) : undefined,
    async read() {
      while (current !== undefined) {
        const sound = await current.read()
        if (sound !== undefined) return sound
        await goTo(index + 1)
      }
      return undefined
    },
    async seek(frame) {
      let left = Math.max(0, Math.round(frame))
      for (let each = 0; each < links.length; each += 1) {
        let length = lengths[each]
        if (length === undefined) {
          await goTo(each)
          length = current?.lengthFrames ?? Number.POSITIVE_INFINITY
        }
        if (left < length || each === links.length - 1) {
          await goTo(each)
          return await current?.seek(left)
        }
        left -= length
      }
    },
    async close() {
      await current?.close()
      await source.close()
    },
  }
}
