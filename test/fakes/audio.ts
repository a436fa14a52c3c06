// An audio thread without sound: songs end, break and come late when a test says so.

import type { Clock } from '../../src/clock.ts'
import { KnownError } from '../../src/errors.ts'
import type { AudioLink, AudioLinkOptions } from '../../src/player/audio-thread/link.ts'
import type { AudioRequests, Cue, OutputSetting } from '../../src/player/audio-thread/messages.ts'

export interface FakeAudio {
  /** For `openPlayer`. */
  open(options: AudioLinkOptions): AudioLink
  /** What sounds, or waits paused. */
  readonly loaded: { readonly cue: Cue; readonly isPaused: boolean } | undefined
  /** What would follow without a gap. */
  readonly next: Cue | undefined
  readonly outputs: readonly OutputSetting[]
  /** Files that cannot be decoded. */
  readonly broken: Set<string>
  /** The song that sounds comes to its end; what was to follow begins. */
  songEnds(): void
  /** The song that sounds cannot be decoded any further. */
  songBreaks(reason: string): void
  /** The thread dies and is started anew, with nothing loaded. */
  threadDies(): void
}

export function fakeAudio(clock: Clock): FakeAudio {
  let options: AudioLinkOptions | undefined
  let loaded: { cue: Cue; isPaused: boolean; positionMs: number; atMs: number } | undefined
  let next: Cue | undefined
  let outputs: readonly OutputSetting[] = []
  const broken = new Set<string>()

  const playhead = () =>
    loaded && {
      playId: loaded.cue.playId,
      positionMs: loaded.positionMs,
      atMs: loaded.atMs,
      lengthMs: undefined,
    }

  const load = (cue: Cue, positionMs: number, isPaused: boolean) => {
    loaded = { cue, isPaused, positionMs, atMs: clock.nowMs() }
    return { playId: cue.playId, positionMs, atMs: clock.nowMs(), lengthMs: undefined }
  }

  const answers: { [Name in keyof AudioRequests]: (ask: AudioRequests[Name]['ask']) => unknown } = {
    play(ask) {
      if (!ask.isPaused && outputs.length === 0) throw new KnownError('NO_OUTPUT')
      loaded = undefined
      next = undefined
      if (broken.has(ask.cue.path)) throw new KnownError('CANNOT_DECODE', { reason: 'it is broken' })
      next = ask.next
      return load(ask.cue, ask.positionMs, ask.isPaused)
    },
    next(ask) {
      next = ask.next
    },
    pause() {
      if (loaded === undefined || loaded.isPaused) return playhead()
      return load(loaded.cue, loaded.positionMs + clock.nowMs() - loaded.atMs, true)
    },
    resume() {
      if (outputs.length === 0) throw new KnownError('NO_OUTPUT')
      return loaded && load(loaded.cue, loaded.positionMs, false)
    },
    stop() {
      loaded = undefined
      next = undefined
    },
    outputs(ask) {
      outputs = ask.outputs
    },
    gains(ask) {
      for (const { playId, gain } of ask.gains) {
        if (loaded?.cue.playId === playId) loaded.cue = { ...loaded.cue, gain }
        if (next?.playId === playId) next = { ...next, gain }
      }
    },
    volumes(ask) {
      outputs = ask.outputs
    },
    warm() {},
    pulse() {},
    close() {},
  }

  function songEnds(): void {
    const ended = loaded
    loaded = undefined
    while (next !== undefined) {
      const cue = next
      next = undefined
      if (broken.has(cue.path)) {
        options?.onEvent({ name: 'failed', playId: cue.playId, reason: 'it is broken' })
        continue
      }
      options?.onEvent({ name: 'started', playhead: load(cue, 0, false) })
      return
    }
    if (ended !== undefined) options?.onEvent({ name: 'ended', playId: ended.cue.playId })
  }

  return {
    open(given) {
      options = given
      return {
        ask: async (name, ask) => answers[name](ask) as never,
        async close() {},
      }
    },
    get loaded() {
      return loaded
    },
    get next() {
      return next
    },
    get outputs() {
      return outputs
    },
    broken,
    songEnds() {
      if (loaded?.isPaused === false) songEnds()
    },
    songBreaks(reason) {
      if (loaded === undefined || loaded.isPaused) return
      options?.onEvent({ name: 'failed', playId: loaded.cue.playId, reason })
      songEnds()
    },
    threadDies() {
      loaded = undefined
      next = undefined
      options?.onLost(true)
    },
  }
}
