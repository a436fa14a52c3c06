// What everybody who looks at a host must see alike.

import type { Library } from '../../../src/library/index.ts'
import type { Player } from '../../../src/player/index.ts'

export interface Picture {
  readonly state: string
  /** Of the song that plays; undefined when stopped. */
  readonly songId: number | undefined
  readonly volumePercent: number
  readonly isShuffled: boolean
  readonly repeat: string
  /** Up next, as ids of songs. */
  readonly upNext: readonly (number | undefined)[]
  /** `NAME on|off RELATIVE`. */
  readonly speakers: readonly string[]
  /** Of the rated songs: `ID PERCENT`. */
  readonly ratings: readonly string[]
}

/** The host's own truth. */
export function pictureOfHost(player: Player, library: Library): Picture {
  const { state, song, volumePercent, isShuffled, repeat, upNext, outputs } = player.state
  return {
    state,
    songId: state === 'stopped' ? undefined : song?.id,
    volumePercent,
    isShuffled,
    repeat,
    upNext: upNext.map(({ songId }) => songId),
    speakers: outputs.map(({ name, isOn, relativeVolumePercent }) =>
      speakerText(name, isOn, relativeVolumePercent),
    ),
    ratings: ratingsText(Array.from(library.view.songs({}).ids(), (id) => library.view.song(id))),
  }
}

export function speakerText(name: string, isOn: boolean, relativePercent: number): string {
  return `${name} ${isOn ? 'on' : 'off'} ${relativePercent}`
}

export function ratingsText(
  songs: readonly ({ readonly id: number; readonly ratingPercent: number } | undefined)[],
): string[] {
  return songs
    .flatMap((song) => (song && song.ratingPercent > 0 ? [`${song.id} ${song.ratingPercent}`] : []))
    .toSorted()
}

/** Things read again when they have changed; what changes while it is read is read once more. */
export class Rereading {
  readonly #readers: Readonly<Record<string, () => Promise<void>>>
  readonly #due = new Set<string>()
  #reading: Promise<void> | undefined
  #fault: unknown

  constructor(readers: Readonly<Record<string, () => Promise<void>>>) {
    this.#readers = readers
    this.due(...Object.keys(readers))
  }

  /** Throws what went wrong in a reading. */
  get isUpToDate(): boolean {
    if (this.#fault !== undefined) throw this.#fault
    return this.#reading === undefined && this.#due.size === 0
  }

  due(...names: readonly string[]): void {
    for (const name of names) this.#due.add(name)
    this.#reading ??= this.#read()
      .catch((error: unknown) => {
        this.#fault = error
      })
      .finally(() => {
        this.#reading = undefined
      })
  }

  async #read(): Promise<void> {
    for (let [name] = this.#due; name !== undefined; [name] = this.#due) {
      this.#due.delete(name)
      await this.#readers[name]?.()
    }
  }
}
