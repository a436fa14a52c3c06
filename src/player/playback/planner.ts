// What will follow the song that plays, decided ahead so that the audio thread can join it without a gap.
// Remembers which entries turned out to be unplayable: they are passed over.

import type { Song } from '../../library/index.ts'
import type { Cue, GainSetting } from '../audio-thread/messages.ts'
import { advance, atEnd } from '../queue/choosing.ts'
import { type Chance, playableCount, type Queue } from '../queue/queue.ts'
import type { QueueEntry } from '../types.ts'

interface Plan {
  readonly cue: Cue | undefined
  /** The queue once it sounds. */
  readonly queue: Queue
  /** The cue it follows. */
  readonly afterPlayId: number
}

export interface PlannerOptions {
  readonly songs: (id: number) => Song | undefined
  /** The factor for its samples, as ReplayGain is set. */
  readonly gainOf: (song: Song) => number
  readonly chance: Chance
}

export class Planner {
  readonly #songs: (id: number) => Song | undefined
  readonly #gainOf: (song: Song) => number
  readonly #chance: Chance
  readonly #broken = new Set<number>()
  #plan: Plan | undefined
  /** By play id: which cue each planned one was to follow. */
  readonly #after = new Map<number, number>()
  #lastPlayId = 0
  #notice: string | undefined

  constructor({ songs, gainOf, chance }: PlannerOptions) {
    this.#songs = songs
    this.#gainOf = gainOf
    this.#chance = chance
  }

  /** Another playing of the song. */
  newCue(song: Song): Cue {
    this.#lastPlayId += 1
    return { playId: this.#lastPlayId, path: song.path, gain: this.#gainOf(song) }
  }

  /** What the song that is loaded and the one planned are to have, after `gainOf` has changed its mind. */
  gains(current: QueueEntry | undefined, playId: number | undefined): GainSetting[] {
    const loaded = [
      { playId, entry: current },
      { playId: this.#plan?.cue?.playId, entry: this.#plan?.queue.current },
    ]
    return loaded.flatMap(({ playId: id, entry }) => {
      const song = entry && this.#songs(entry.songId)
      return id === undefined || song === undefined ? [] : [{ playId: id, gain: this.#gainOf(song) }]
    })
  }

  /** Plans anew, `isLast` with silence to follow; `isNew` when that is another song than was planned before. */
  plan(queue: Queue, playId: number, isLast: boolean): { cue: Cue | undefined; isNew: boolean } {
    const following = this.following(queue)
    const before = this.#plan
    const song = isLast ? undefined : following.current && this.#songs(following.current.songId)
    const isSame =
      before?.afterPlayId === playId &&
      before.queue.current?.entryId === following.current?.entryId &&
      before.cue?.path === song?.path
    if (isSame) {
      this.#plan = { ...before, queue: following }
      return { cue: before.cue, isNew: false }
    }
    const cue = song && this.newCue(song)
    this.#plan = { cue, queue: following, afterPlayId: playId }
    for (const [planned, after] of this.#after) if (after !== playId) this.#after.delete(planned)
    if (cue !== undefined) this.#after.set(cue.playId, playId)
    return { cue, isNew: true }
  }

  /** The queue when the current song has ended; its current entry can be played as far as is known. */
  following(queue: Queue): Queue {
    return this.#playable(advance(queue, 'ended', this.#chance), queue)
  }

  /** The queue when the current song cannot be played: it is left out of the history. */
  afterBroken(queue: Queue): Queue {
    return this.#playable(advance({ ...queue, current: undefined }, 'asked', this.#chance), queue)
  }

  #playable(from: Queue, start: Queue): Queue {
    let queue = from
    for (let tries = playableCount(start) + 1; tries > 0; tries -= 1) {
      const { current } = queue
      if (current === undefined) return queue
      if (!this.isBroken(current) && this.#songs(current.songId) !== undefined) return queue
      queue = advance({ ...queue, current: undefined }, 'asked', this.#chance)
    }
    return atEnd(queue)
  }

  /**
   * What sounds now was planned: the queue for it. 'changed': the queue was changed at the last moment and wants
   * another song. 'obsolete': it followed a song that was left meanwhile.
   */
  takePlanned(playId: number, playingId: number | undefined): Queue | 'changed' | 'obsolete' {
    if (this.#plan?.cue?.playId === playId) return this.#plan.queue
    return this.#after.get(playId) === playingId && playingId !== undefined ? 'changed' : 'obsolete'
  }

  plannedEntry(playId: number): QueueEntry | undefined {
    return this.#plan?.cue?.playId === playId ? this.#plan.queue.current : undefined
  }

  isBroken({ entryId }: QueueEntry): boolean {
    return this.#broken.has(entryId)
  }

  /** Passes it over from now on; answers the words for it. */
  broke(entry: QueueEntry, reason: string): string {
    this.#broken.add(entry.entryId)
    const title = this.#songs(entry.songId)?.title ?? 'a song'
    this.#notice = `skipped “${title}”: ${reason}`
    return this.#notice
  }

  /** Words about what was passed over since they were taken last. */
  takeNotice(): string | undefined {
    const notice = this.#notice
    this.#notice = undefined
    return notice
  }

  /** A person asked to play: every song gets its chance again. */
  forgetBroken(): void {
    this.#broken.clear()
    this.#notice = undefined
  }
}
