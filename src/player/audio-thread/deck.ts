// Songs as one stream of blocks: decodes the cue, then without a gap the one that follows.

import type { Decoder } from '../../audio/index.ts'
import { KnownError } from '../../errors.ts'
import type { Cue } from './messages.ts'

/** A piece of one song; pieces never span two. */
export interface SoundBlock {
  readonly playId: number
  /** Of its first sample, in the song. */
  readonly frame: number
  readonly sampleRateHz: number
  readonly lengthFrames: number | undefined
  readonly samples: Float32Array
  /** The song begins here, coming from the one before. */
  readonly isFollowing: boolean
}

/** About 23 ms at 44,100 Hz: how finely pause and skip can cut. */
export const blockFrames = 1024

interface Loaded {
  readonly cue: Cue
  readonly decoder: Decoder
  /** Of the next block. */
  frame: number
  isFollowing: boolean
  /** Decoded, not yet handed out. */
  rest: Float32Array
}

export class Deck {
  /** What follows when the present song ends. */
  next: Cue | undefined
  readonly #open: (path: string) => Promise<Decoder>
  readonly #onFailed: (playId: number, error: unknown) => void
  #loaded: Loaded | undefined

  constructor(open: (path: string) => Promise<Decoder>, onFailed: (playId: number, error: unknown) => void) {
    this.#open = open
    this.#onFailed = onFailed
  }

  /** The song being decoded; undefined at the end. */
  get playId(): number | undefined {
    return this.#loaded?.cue.playId
  }

  /** It has only to be moved for this cue. */
  holds({ movedFrom }: Cue): boolean {
    return this.#loaded !== undefined && this.#loaded.cue.playId === movedFrom
  }

  /** Rejects when the file cannot be opened or has no sound there. The song that is loaded already is only moved. */
  async load(cue: Cue, positionMs: number): Promise<void> {
    if (this.#loaded !== undefined && this.holds(cue)) this.#loaded = { ...this.#loaded, cue }
    else {
      await this.unload()
      this.#loaded = await this.#loadedFrom(cue, false)
    }
    const loaded = this.#loaded
    try {
      const frame = Math.round((positionMs / 1000) * loaded.decoder.sampleRateHz)
      if (frame !== 0 || loaded.frame !== 0) await loaded.decoder.seek(frame)
      loaded.frame = Math.min(frame, loaded.decoder.lengthFrames ?? frame)
      loaded.isFollowing = false
      const first = await loaded.decoder.read()
      if (first === undefined && frame === 0)
        throw new KnownError('CANNOT_DECODE', { reason: 'there is no sound in it' })
      loaded.rest = first ?? new Float32Array(0)
    } catch (error) {
      await this.unload()
      throw error
    }
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded
    this.#loaded = undefined
    await loaded?.decoder.close()
  }

  /** The next block, going on into the next song; undefined when nothing follows (yet). A song that breaks is reported and left. */
  async read(): Promise<SoundBlock | undefined> {
    while (true) {
      if (this.#loaded === undefined && !(await this.#loadNext())) return undefined
      const loaded = this.#loaded
      if (loaded === undefined) continue
      try {
        const block = await readBlock(loaded)
        if (block !== undefined) return block
      } catch (error) {
        this.#onFailed(loaded.cue.playId, error)
      }
      await this.unload()
    }
  }

  async #loadNext(): Promise<boolean> {
    const cue = this.next
    if (cue === undefined) return false
    this.next = undefined
    try {
      this.#loaded = await this.#loadedFrom(cue, true)
    } catch (error) {
      this.#onFailed(cue.playId, error)
    }
    return true
  }

  async #loadedFrom(cue: Cue, isFollowing: boolean): Promise<Loaded> {
    return { cue, decoder: await this.#open(cue.path), frame: 0, isFollowing, rest: new Float32Array(0) }
  }
}

async function readBlock(loaded: Loaded): Promise<SoundBlock | undefined> {
  while (loaded.rest.length === 0) {
    const decoded = await loaded.decoder.read()
    if (decoded === undefined) return undefined
    loaded.rest = decoded
  }
  const samples = loaded.rest.subarray(0, blockFrames * 2)
  loaded.rest = loaded.rest.subarray(samples.length)
  const { cue, decoder, frame, isFollowing } = loaded
  loaded.frame += samples.length / 2
  loaded.isFollowing = false
  return {
    playId: cue.playId,
    frame,
    sampleRateHz: decoder.sampleRateHz,
    lengthFrames: decoder.lengthFrames,
    samples,
    isFollowing,
  }
}
