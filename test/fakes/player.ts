// A player without sound: its queue and states are right, its time stands still unless a test seeks.

import { KnownError } from '../../src/errors.ts'
import type { Song } from '../../src/library/index.ts'
import type { EntryToQueue, OutputStatus, Player, PlayerState, QueueEntry } from '../../src/player/index.ts'

export interface FakePlayer extends Player {
  /** The song ends by itself. */
  songEnds(): void
}

const computer: OutputStatus = {
  id: 'system',
  name: 'Computer',
  speakerId: 0n,
  isOn: true,
  relativeVolumePercent: 100,
  trouble: undefined,
  underruns: 0,
}
const kitchen: OutputStatus = {
  id: 'kitchen',
  name: 'Kitchen',
  speakerId: 0x78ca3946072an,
  isOn: false,
  relativeVolumePercent: 50,
  trouble: undefined,
  underruns: 0,
}

export function fakePlayer(songs: (id: number) => Song | undefined): FakePlayer {
  let lastEntryId = 0
  const waiting = new Set<() => void>()
  let state: PlayerState = {
    revision: 7,
    state: 'stopped',
    nowPlaying: undefined,
    song: undefined,
    durationMs: 0,
    positionMs: 0,
    positionAtMs: 0,
    volumePercent: 40,
    isShuffled: false,
    repeat: 'off',
    upNext: [],
    history: [],
    outputs: [computer, kitchen],
    cause: 'start',
    notice: undefined,
  }

  function set(change: Partial<PlayerState>, cause: string): void {
    state = { ...state, ...change, cause, revision: state.revision + 1 }
    for (const wake of waiting) wake()
    waiting.clear()
  }

  function start(entry: QueueEntry | undefined, upNext: readonly QueueEntry[], cause: string): void {
    const song = entry && songs(entry.songId)
    const history = state.nowPlaying ? [...state.history, state.nowPlaying] : state.history
    set(
      {
        state: entry ? 'playing' : 'stopped',
        nowPlaying: entry,
        song,
        durationMs: song?.durationMs ?? 0,
        positionMs: 0,
        upNext,
        history,
      },
      cause,
    )
  }

  const entryOf = (entry: EntryToQueue, origin: QueueEntry['origin']): QueueEntry => ({
    entryId: (lastEntryId += 1),
    songId: entry.songId,
    origin,
    playlistId: entry.playlistId ?? 0,
    playlistEntryId: entry.playlistEntryId ?? 0,
  })

  const player: FakePlayer = {
    get state() {
      return state
    },
    positionMs: () => state.positionMs,
    warm() {},
    changedSince(revision, signal) {
      if (signal.aborted) return Promise.reject(signal.reason)
      if (state.revision !== revision) return Promise.resolve(state)
      return new Promise((resolve, reject) => {
        const wake = () => resolve(state)
        waiting.add(wake)
        signal.addEventListener(
          'abort',
          () => {
            waiting.delete(wake)
            reject(signal.reason)
          },
          { once: true },
        )
      })
    },
    async play(cause) {
      if (!state.nowPlaying) throw new KnownError('NOTHING_TO_PLAY')
      set({ state: 'playing' }, cause)
    },
    async pause(cause) {
      if (state.state === 'playing') set({ state: 'paused' }, cause)
    },
    toggle: (cause) => (state.state === 'playing' ? player.pause(cause) : player.play(cause)),
    stop: async (cause) => set({ state: 'stopped', nowPlaying: undefined, song: undefined }, cause),
    next: async (cause) => start(state.upNext[0], state.upNext.slice(1), cause),
    previous: async (cause) => set({ positionMs: 0 }, cause),
    seek: async (positionMs, cause) => set({ positionMs: Math.min(positionMs, state.durationMs) }, cause),
    setVolume: async (volumePercent, cause) => set({ volumePercent }, cause),
    setShuffle: async (isShuffled, cause) => set({ isShuffled }, cause),
    setRepeat: async (repeat, cause) => set({ repeat }, cause),
    async playNow(entries, { startIndex = 0, isShuffled = state.isShuffled }, cause) {
      const queue = entries.slice(startIndex).map((entry) => entryOf(entry, 'context'))
      state = { ...state, isShuffled, nowPlaying: undefined }
      start(queue[0], queue.slice(1), cause)
    },
    async add(entries, place, cause) {
      const added = entries.map((entry) => entryOf(entry, 'user'))
      const byHand = state.upNext.filter(({ origin }) => origin === 'user')
      const rest = state.upNext.filter(({ origin }) => origin === 'context')
      const upNext = place === 'next' ? [...added, ...byHand, ...rest] : [...byHand, ...added, ...rest]
      if (state.nowPlaying) set({ upNext }, cause)
      else start(upNext[0], upNext.slice(1), cause)
    },
    async playAt(offset, cause) {
      const entry = offset < 0 ? state.history.at(offset) : [state.nowPlaying, ...state.upNext][offset]
      if (!entry) throw new KnownError('NOT_FOUND')
      start(entry, offset < 0 ? state.upNext : state.upNext.slice(offset), cause)
    },
    async move(fromOffset, afterOffset, cause) {
      const moved = state.upNext[fromOffset - 1]
      const after = state.upNext[afterOffset - 1]
      if (!moved) throw new KnownError('NOT_FOUND')
      const upNext = state.upNext.filter((entry) => entry !== moved)
      upNext.splice(after ? upNext.indexOf(after) + 1 : 0, 0, moved)
      set({ upNext }, cause)
    },
    async remove(offsets, cause) {
      set({ upNext: state.upNext.filter((_, index) => !offsets.includes(index + 1)) }, cause)
    },
    clear: async (what, cause) => set(what === 'history' ? { history: [] } : { upNext: [] }, cause),
    async setOutputs(ids, cause) {
      set({ outputs: state.outputs.map((output) => ({ ...output, isOn: ids.includes(output.id) })) }, cause)
    },
    async setOutputVolume(id, relativeVolumePercent, cause) {
      const outputs = state.outputs.map((output) =>
        output.id === id ? { ...output, relativeVolumePercent } : output,
      )
      set({ outputs }, cause)
    },
    songEnds() {
      start(state.upNext[0], state.upNext.slice(1), 'end of song')
    },
    async close() {},
  }
  return player
}
