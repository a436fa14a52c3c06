// One link of an Ogg file as sound: from where its first page says to where its last page says, and from any sample on.

import type { ByteSource } from '../byte-source.ts'
import type { Decoder } from '../decoder.ts'
import type { OggCodec } from './codec.ts'
import type { OggLink } from './link.ts'
import { PacketReader } from './packets.ts'
import type { OggPage } from './page.ts'
import { lastPage, PageReader } from './page-reader.ts'

/** Below this distance pages are stepped over one by one; above, the middle is tried. */
const walkBytes = 128 * 1024
/** A granule that says more is damaged: 16 days. */
const mostFrames = 2 ** 36
/** How much earlier a seek begins when a page turns out to be of no use, seconds; at last it begins at the start. */
const earlierSeconds = [0, 1, 10]

interface Piece {
  readonly sound: Float32Array
  /** Of the first frame, as granules count; undefined where no page has told yet. */
  readonly firstGranule: number | undefined
  readonly isAfterGap: boolean
}

export async function openLink(source: ByteSource, link: OggLink): Promise<Decoder> {
  const codec = await link.kind.open(link.headers)
  try {
    const decoder = new LinkDecoder(source, link, codec)
    await decoder.begin()
    return decoder
  } catch (error) {
    codec.free()
    throw error
  }
}

class LinkDecoder implements Decoder {
  readonly sampleRateHz: number
  lengthFrames: number | undefined
  readonly #source: ByteSource
  readonly #link: OggLink
  readonly #codec: OggCodec
  #packets: PacketReader
  /** Decoded already, to know where the sound begins. */
  #ahead: Piece | undefined
  /** Granules of the first frame decoded, of the first to be heard, and of the one after the last. */
  #firstGranule = 0
  #startGranule = 0
  #endGranule: number | undefined
  /** Decoded frames to drop, then those that may still be handed out. */
  #drop = 0
  #left = Number.POSITIVE_INFINITY

  constructor(source: ByteSource, link: OggLink, codec: OggCodec) {
    this.#source = source
    this.#link = link
    this.#codec = codec
    this.sampleRateHz = codec.sampleRateHz
    this.#packets = this.#packetsFrom(link.soundOffset)
  }

  /** Finds its beginning and its end. */
  async begin(): Promise<void> {
    const { soundOffset, endOffset, serial } = this.#link
    this.#ahead = await this.#located()
    this.#firstGranule = this.#ahead?.firstGranule ?? 0
    this.#startGranule = Math.max(0, this.#firstGranule) + this.#codec.preSkipFrames
    this.#drop = this.#startGranule - this.#firstGranule
    const isLast = (page: OggPage) => page.serial === serial && page.granule !== undefined
    this.#endGranule = (await lastPage(this.#source, soundOffset, endOffset, isLast))?.granule
    const lengthFrames = Math.max(0, (this.#endGranule ?? Number.NaN) - this.#startGranule)
    this.lengthFrames = lengthFrames <= mostFrames ? lengthFrames : undefined
    this.#left = this.lengthFrames ?? Number.POSITIVE_INFINITY
  }

  async read(): Promise<Float32Array | undefined> {
    while (this.#left > 0) {
      const piece = this.#ahead ?? (await this.#decode())
      this.#ahead = undefined
      if (piece === undefined) return undefined
      if (piece.isAfterGap && piece.firstGranule !== undefined && this.#endGranule !== undefined)
        this.#left = Math.max(0, this.#endGranule - piece.firstGranule - this.#drop)
      const frames = piece.sound.length / 2
      const from = Math.min(this.#drop, frames)
      const to = Math.min(frames, from + this.#left)
      this.#drop -= from
      if (to === from) continue
      this.#left -= to - from
      return piece.sound.subarray(from * 2, to * 2)
    }
    return undefined
  }

  async seek(frame: number): Promise<void> {
    const target = Math.max(0, Math.min(Math.round(frame), this.lengthFrames ?? Number.MAX_SAFE_INTEGER))
    const granule = this.#startGranule + target
    this.#left = (this.lengthFrames ?? Number.POSITIVE_INFINITY) - target
    if (this.#left <= 0) return
    const wanted = granule - this.#codec.leadInFrames
    for (const seconds of earlierSeconds) {
      const offset = await this.#findStart(wanted - seconds * this.sampleRateHz)
      if (offset === this.#link.soundOffset) break
      const firstGranule = await this.#restart(offset)
      if (firstGranule === undefined || firstGranule > wanted) continue
      this.#drop = granule - firstGranule
      return
    }
    await this.#restart(this.#link.soundOffset)
    this.#drop = Math.max(0, granule - this.#firstGranule)
  }

  /** Answers the granule of what comes next. */
  async #restart(offset: number): Promise<number | undefined> {
    await this.#codec.reset()
    this.#packets = this.#packetsFrom(offset)
    this.#ahead = await this.#located()
    return this.#ahead?.firstGranule
  }

  async close(): Promise<void> {
    this.#codec.free()
    await this.#source.close()
  }

  #packetsFrom(offset: number): PacketReader {
    return new PacketReader(this.#source, this.#link.serial, offset, this.#link.endOffset)
  }

  /** From here until a page tells where we are. */
  async #located(): Promise<Piece | undefined> {
    const sounds: Float32Array[] = []
    let isAfterGap = false
    for (let piece = await this.#decode(); piece !== undefined; piece = await this.#decode()) {
      sounds.push(piece.sound)
      isAfterGap ||= piece.isAfterGap
      if (piece.firstGranule === undefined) continue
      const sound = joined(sounds)
      const firstGranule = piece.firstGranule - (sound.length - piece.sound.length) / 2
      return { sound, firstGranule, isAfterGap }
    }
    return sounds.length === 0 ? undefined : { sound: joined(sounds), firstGranule: undefined, isAfterGap }
  }

  /** The packets of one page. */
  async #decode(): Promise<Piece | undefined> {
    const page = await this.#packets.next()
    if (page === undefined) return undefined
    if (page.isAfterGap) await this.#codec.reset()
    const sound = await this.#codec.decode(page.packets)
    const frames = sound.length / 2
    const { granule, isLast, isAfterGap } = page
    // The last page tells the end, which is within its last packet; alone, it begins at zero.
    const isOnlyPage = isLast && granule !== undefined && granule < frames
    const firstGranule = isOnlyPage ? 0 : granule === undefined ? undefined : granule - frames
    return { sound, firstGranule: isLast && !isOnlyPage ? undefined : firstGranule, isAfterGap }
  }

  /** The last page that ends at or before the granule; the start of the sound when none does. */
  async #findStart(granule: number): Promise<number> {
    const { soundOffset, endOffset } = this.#link
    let low = soundOffset
    let high = endOffset
    while (high - low > walkBytes) {
      const middle = Math.floor((low + high) / 2)
      const page = await this.#nextWithGranule(new PageReader(this.#source, middle, high))
      if (page === undefined || (page.granule ?? 0) > granule) high = middle
      else low = page.offset
    }
    const reader = new PageReader(this.#source, low, high)
    let found = low
    for (
      let page = await this.#nextWithGranule(reader);
      page !== undefined && (page.granule ?? 0) <= granule;
      page = await this.#nextWithGranule(reader)
    )
      found = page.offset
    return found
  }

  async #nextWithGranule(reader: PageReader): Promise<OggPage | undefined> {
    let page = await reader.next()
    while (page !== undefined && (page.serial !== this.#link.serial || page.granule === undefined))
      page = await reader.next()
    return page
  }
}

function joined(sounds: readonly Float32Array[]): Float32Array {
  const [only] = sounds
  if (sounds.length === 1 && only !== undefined) return only
  const all = new Float32Array(sounds.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const sound of sounds) {
    all.set(sound, at)
    at += sound.length
  }
  return all
}
