// The player as host and command line see it. One writer (the player), many watchers.

import type { Song } from '../library/index.ts'

export type PlayState = 'stopped' | 'paused' | 'playing'
export type RepeatMode = 'off' | 'song' | 'all'

export interface QueueEntry {
  /** Ours, unique in the queue's life, from 1. */
  readonly entryId: number
  readonly songId: number
  /** 'user': put up next by hand; 'context': from the album, playlist … that was started. */
  readonly origin: 'user' | 'context'
  /** Playlist and its entry when it came from one (for canp), else 0. */
  readonly playlistId: number
  readonly playlistEntryId: number
}

export interface OutputStatus {
  readonly id: string
  readonly name: string
  /** 64-bit id on the wire: 0 is this machine's first output, a MAC for AirPlay speakers. */
  readonly speakerId: bigint
  readonly isOn: boolean
  /** Relative to the master volume, 0 to 100. */
  readonly relativeVolumePercent: number
  /** One sentence when something is wrong with it. */
  readonly trouble: string | undefined
  /** How often its sound tore since the host started; none, on a machine that keeps up. */
  readonly underruns: number
}

export interface PlayerState {
  /** The play revision: starts at a random value ≥ 2, only grows. */
  readonly revision: number
  readonly state: PlayState
  readonly nowPlaying: QueueEntry | undefined
  readonly song: Song | undefined
  readonly durationMs: number
  /** Position when this state was made, and that moment on the player's clock. */
  readonly positionMs: number
  readonly positionAtMs: number
  readonly volumePercent: number
  readonly isShuffled: boolean
  readonly repeat: RepeatMode
  readonly upNext: readonly QueueEntry[]
  /** Newest last, at most 200. */
  readonly history: readonly QueueEntry[]
  readonly outputs: readonly OutputStatus[]
  /** What made this state, in words for `watch`: "phone: pause", "end of song", "skipped: …reason". */
  readonly cause: string
  /** Words about the last song that had to be skipped, until something plays again. */
  readonly notice: string | undefined
}

export interface EntryToQueue {
  readonly songId: number
  readonly playlistId?: number
  readonly playlistEntryId?: number
}

/** Every command resolves once its effect is durable and in `state`. `cause` names who asked. */
export interface Player {
  readonly state: PlayerState
  /** Now, from the clock. */
  positionMs(): number
  /** Somebody is here who may play: what the first song needs is loaded, meanwhile. */
  warm(): void
  changedSince(revision: number, signal: AbortSignal): Promise<PlayerState>

  /** Plays or resumes; NOTHING_TO_PLAY with an empty queue, NO_OUTPUT without an output. */
  play(cause: string): Promise<void>
  pause(cause: string): Promise<void>
  toggle(cause: string): Promise<void>
  stop(cause: string): Promise<void>
  next(cause: string): Promise<void>
  /** Under 3 s played: the song before; else from the start. */
  previous(cause: string): Promise<void>
  /** Clipped to the song. */
  seek(positionMs: number, cause: string): Promise<void>
  setVolume(percent: number, cause: string): Promise<void>
  setShuffle(isShuffled: boolean, cause: string): Promise<void>
  setRepeat(repeat: RepeatMode, cause: string): Promise<void>

  /** Replaces the queue and plays from `startIndex`. */
  playNow(
    entries: readonly EntryToQueue[],
    options: { startIndex?: number; isShuffled?: boolean },
    cause: string,
  ): Promise<void>
  /** 'next': right after the current song, 'end': behind what was put up next by hand. Starts if stopped. */
  add(entries: readonly EntryToQueue[], place: 'next' | 'end', cause: string): Promise<void>
  /** `offset` 0 is now playing, 1 the next, -1 the one before in the history. Clipped offsets: NOT_FOUND. */
  playAt(offset: number, cause: string): Promise<void>
  /** Offsets into up next, from 1. */
  move(fromOffset: number, afterOffset: number, cause: string): Promise<void>
  remove(offsets: readonly number[], cause: string): Promise<void>
  /** Up next without the current song, or the history. */
  clear(what: 'upNext' | 'history', cause: string): Promise<void>

  /** Exactly these outputs are on afterwards; unknown ids: NOT_FOUND. */
  setOutputs(ids: readonly string[], cause: string): Promise<void>
  setOutputVolume(id: string, relativeVolumePercent: number, cause: string): Promise<void>
  /** State written, outputs closed. */
  close(): Promise<void>
}
