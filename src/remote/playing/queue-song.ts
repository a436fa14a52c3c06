// A song's place in a queue, and a queue as it is read.

import type { CommandOptions } from './control.ts'

export interface QueueSong {
  /** 0 is now playing, 1 the next, -1 the one before. */
  readonly offset: number
  /** Stays with it, wherever it is moved; undefined on hosts that have none. */
  readonly entryId: number | undefined
  /** 'user': put up next by hand; 'main': from the album or playlist that was started. */
  readonly section: 'history' | 'current' | 'user' | 'main'
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly durationMs: number
  readonly songId: number | undefined
  /** 16 hex digits. */
  readonly albumId: string | undefined
}

export interface PlayQueue {
  /** Where the queue comes from in the host's words, such as "Blue"; '' when it does not say. */
  readonly from: string
  readonly songs: readonly QueueSong[]
  /** How many there are in all; undefined when the host does not say. */
  readonly total: number | undefined
}

export interface QueueOptions extends CommandOptions {
  /** So many songs from the next on; negative: of the history. Remotes ask for 50. */
  readonly span?: number
  /** So many are passed over; only on our own hosts. */
  readonly skip?: number
}
