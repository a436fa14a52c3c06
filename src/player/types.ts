// The player as host and command line see it. One writer (the player), many watchers.

import type { Song } from '../library/index.ts'
import type { ReplayGainMode } from './loudness/replay-gain.ts'

export type { ReplayGainMode }

export type PlayState = 'stopped' | 'paused' | 'playing'
export type RepeatMode = 'off' | 'song' | 'all'
export type WindDirection = 'forward' | 'back'
/** When the music stops by itself: at a moment of the player's clock, or when the song that plays ends. */
export type SleepTimer = { readonly atMs: number } | 'endOfSong'

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
  /** It came while the host ran, and will go again: one who listens. */
  readonly isGuest: boolean
  /** One sentence when something is wrong with it. */
  readonly trouble: string | undefined
  /** How often its sound tore since the host started; none, on a machine that keeps up. */
  readonly underruns: number
}

/** An output that comes while the host runs, and goes again: one who listens. It is not remembered. */
export interface GuestOutput {
  readonly id: string
  readonly name: string
  readonly relativeVolumePercent: number
}

export interface PlayerState {
  /** The play revision: starts at a random value ≥ 2, only grows. */
  readonly revision: number
  /** 'playing' also while the song is wound. */
  readonly state: PlayState
  /** The song is wound, as long as somebody holds a button. */
  readonly winding: WindDirection | undefined
  readonly nowPlaying: QueueEntry | undefined
  readonly song: Song | undefined
  readonly durationMs: number
  /** Position when this state was made, and that moment on the player's clock. */
  readonly positionMs: number
  readonly positionAtMs: number
  /** The master's; 0 while muted. */
  readonly volumePercent: number
  readonly isMuted: boolean
  readonly replayGain: ReplayGainMode
  readonly sleep: SleepTimer | undefined
  readonly isShuffled: boolean
  readonly repeat: RepeatMode
  readonly upNext: readonly QueueEntry[]
  /** What the context was started from ("Abbey Road", "Jazz"), where known. */
  readonly contextName: string | undefined
  /** The last edit of the queue in words ("remove 2 songs") while `undo` can take it back. */
  readonly undoable: string | undefined
  /** Newest last, at most 200. */
  readonly history: readonly QueueEntry[]
  /** The revisions with which the queue, and the outputs or how loud they are, last changed. */
  readonly queueRevision: number
  readonly outputsRevision: number
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

/** A queue as a whole: where it stands, and in which song. */
export interface WholeQueue {
  readonly entries: readonly EntryToQueue[]
  readonly startIndex: number
  readonly positionMs?: number
  /** It waits there. */
  readonly isPaused?: boolean
  readonly contextName?: string
}

export interface PlayNowOptions {
  readonly startIndex?: number
  readonly isShuffled?: boolean
  readonly positionMs?: number
  readonly contextName?: string
  /** What was put up next by hand goes too. */
  readonly isInPlaceOfAll?: boolean
}

/** Every command resolves once its effect is durable and in `state`. `cause` names who asked. */
export interface Player {
  readonly state: PlayerState
  /** Now, from the clock. */
  positionMs(): number
  /** Somebody is here who may play: what the first song needs is loaded, meanwhile. */
  warm(): void
  changedSince(revision: number, signal: AbortSignal): Promise<PlayerState>
  /**
   * For thousands who wait: calls `tell`, another function each time, once, in the moment in which there is another
   * state; what it returns takes that back. `tell` must not throw.
   */
  onceChanged(tell: () => void): () => void

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
  /**
   * Winds until `endWind`, faster the longer it lasts, heard in snippets: at the song's end on to the next, at its
   * beginning it stays. Ends with any other command of transport, and by itself after a minute (a remote that vanished).
   */
  wind(direction: WindDirection, cause: string): Promise<void>
  /** Nothing happens when it is not winding. */
  endWind(cause: string): Promise<void>
  /** BAD_REQUEST for a time that is none or longer than a day, NOTHING_TO_PLAY without a song to end; undefined: none any more. */
  setSleepTimer(timer: { readonly afterMs: number } | 'endOfSong' | undefined, cause: string): Promise<void>
  setReplayGain(mode: ReplayGainMode, cause: string): Promise<void>

  /** Ends a mute. */
  setVolume(percent: number, cause: string): Promise<void>
  /** From what is now, so that two taps at once count as two; of one output: how loud it is, the others stay. */
  changeVolume(byPercent: number, cause: string, outputId?: string): Promise<void>
  /** Silent, and back to the loudness before; all of them, or one by its relative volume. */
  toggleMute(cause: string, outputId?: string): Promise<void>
  setShuffle(isShuffled: boolean, cause: string): Promise<void>
  toggleShuffle(cause: string): Promise<void>
  setRepeat(repeat: RepeatMode, cause: string): Promise<void>

  /** A new context, played from `startIndex`; what was put up next by hand stays. */
  playNow(entries: readonly EntryToQueue[], options: PlayNowOptions, cause: string): Promise<void>
  /** In place of all that is up next, in its own order. */
  setQueue(whole: WholeQueue, cause: string): Promise<void>
  /** 'next': right after the current song, 'end': behind what was put up next by hand. Starts if stopped. */
  add(entries: readonly EntryToQueue[], place: 'next' | 'end', cause: string): Promise<void>
  /** `offset` 0 is now playing, 1 the next, -1 the one before in the history. Clipped offsets: NOT_FOUND. */
  playAt(offset: number, cause: string): Promise<void>
  /** Offsets into up next, from 1. */
  move(fromOffset: number, afterOffset: number, cause: string): Promise<void>
  /** One after the other, each in the queue that the one before left; all or none. */
  moveAll(
    moves: readonly (readonly [fromOffset: number, afterOffset: number])[],
    cause: string,
  ): Promise<void>
  remove(offsets: readonly number[], cause: string): Promise<void>
  /** Up next without the current song, the history, or all that plays or would: then it is stopped, without a song. */
  clear(what: 'upNext' | 'history' | 'all', cause: string): Promise<void>
  // The same by entry: what another remote did meanwhile cannot make it another song. NOT_FOUND when it has gone.
  /** Now playing, up next or history. */
  playEntry(entryId: number, cause: string): Promise<void>
  /** `afterEntryId` undefined: right after the current song. */
  moveEntry(entryId: number, afterEntryId: number | undefined, cause: string): Promise<void>
  removeEntries(entryIds: readonly number[], cause: string): Promise<void>
  /** Takes back the last edit; the song that plays plays on, unless the edit chose it. NOTHING_TO_UNDO. */
  undo(cause: string): Promise<void>

  /** Exactly these outputs are on afterwards; unknown ids: NOT_FOUND. */
  setOutputs(ids: readonly string[], cause: string): Promise<void>
  /** This one on or off, all others as they are. */
  switchOutput(id: string, isOn: boolean, cause: string): Promise<void>
  setOutputVolume(id: string, relativeVolumePercent: number, cause: string): Promise<void>
  /** How loud one output is, whatever the master: that becomes the loudest output's, and all others stay as they are. */
  setOutputLoudness(id: string, percent: number, cause: string): Promise<void>
  /** The same, told by the output itself (somebody pressed its buttons): all but this one hear of it. */
  takeOutputLoudness(id: string, percent: number, cause: string): Promise<void>
  /** An output that was not there at start; on at once. What it plays on is not remembered. */
  addGuest(guest: GuestOutput, cause: string): Promise<void>
  /** Without an output left that is on, the music pauses. */
  removeGuest(id: string, cause: string): Promise<void>
  /** State written, outputs closed. */
  close(): Promise<void>
}
