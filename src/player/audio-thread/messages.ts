// What player and audio worker say to each other. Plain values: they cross a thread.

import type { ErrorCode } from '../../errors.ts'

/** One playing of one file: the same song twice in a row is two cues, and so is a song before and after a seek. */
export interface Cue {
  readonly playId: number
  readonly path: string
  /** The factor for its samples, before any volume (replay-gain.ts); 1 when left out. */
  readonly gain?: number
  /** A seek: the cue that this one goes on with. Its file is open already, if it still plays. */
  readonly movedFrom?: number | undefined
}

/** Which song sounds, and where in it: `positionMs` at the moment `atMs` of the clock. */
export interface Playhead {
  readonly playId: number
  readonly positionMs: number
  readonly atMs: number
  /** Exact length of the song where its file tells it. */
  readonly lengthMs: number | undefined
}

/** Another gain for a cue that is loaded already, or planned. */
export interface GainSetting {
  readonly playId: number
  readonly gain: number
}

export interface OutputSetting {
  readonly id: string
  readonly volumePercent: number
  /** The speaker itself chose it: an echo would fight with the hand at its buttons. */
  readonly isItsOwn?: boolean
}

/** Each request with what it answers. */
export interface AudioRequests {
  /** Opens the cue and sounds from `positionMs` (or waits there); answers once its first block is decoded. */
  play: { ask: { cue: Cue; positionMs: number; next: Cue | undefined; isPaused: boolean }; answer: Playhead }
  /** What follows without a gap. */
  next: { ask: { next: Cue | undefined }; answer: undefined }
  /** Answers where `resume` will go on; undefined when nothing was loaded. */
  pause: { ask: object; answer: Playhead | undefined }
  resume: { ask: object; answer: Playhead | undefined }
  stop: { ask: object; answer: undefined }
  /** Exactly these are on afterwards; the ones in trouble are told by events. */
  outputs: { ask: { outputs: readonly OutputSetting[] }; answer: undefined }
  /** Loads the decoders, so that the first song starts as quickly as the second. */
  warm: { ask: object; answer: undefined }
  /** Heard within a quarter of a second, in a short ramp. */
  gains: { ask: { gains: readonly GainSetting[] }; answer: undefined }
  volumes: { ask: { outputs: readonly OutputSetting[] }; answer: undefined }
  /** Answered at once, whatever else is under way: the thread is alive. */
  pulse: { ask: object; answer: undefined }
  close: { ask: object; answer: undefined }
}
export type AudioRequestName = keyof AudioRequests

export type AudioEvent =
  /** The next song begins to sound. */
  | { readonly name: 'started'; readonly playhead: Playhead }
  /** The last song has sounded to its end, and nothing followed. */
  | { readonly name: 'ended'; readonly playId: number }
  /** The sound came late and everything moved: this is where it is now. */
  | { readonly name: 'moved'; readonly playhead: Playhead }
  /** This song cannot be played (any further); the worker goes on with the next, if it has one. */
  | { readonly name: 'failed'; readonly playId: number; readonly reason: string }
  /** undefined: well again. */
  | { readonly name: 'trouble'; readonly outputId: string; readonly trouble: string | undefined }
  /** The sound of this output tore so many times since this was last told. */
  | { readonly name: 'underruns'; readonly outputId: string; readonly count: number }

export interface RequestMessage<Name extends AudioRequestName = AudioRequestName> {
  readonly id: number
  readonly name: Name
  readonly ask: AudioRequests[Name]['ask']
}

export interface AudioFault {
  /** undefined: a bug; then `reason` is the stack. */
  readonly code: ErrorCode | undefined
  readonly reason: string
}

export type WorkerMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: AudioFault }
  | { readonly kind: 'event'; readonly event: AudioEvent }
  | { readonly kind: 'log'; readonly level: 'debug' | 'warn'; readonly message: string }
