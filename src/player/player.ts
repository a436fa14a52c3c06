// The player: one writer of one state. Commands and what the audio thread tells are worked off one after the other;
// each ends in `#commit`, which writes the next state and tells everybody.

import { randomInt } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { Database, Song } from '../library/index.ts'
import type { Log } from '../log.ts'
import { type AudioLink, openAudioLink } from './audio-link.ts'
import type { AudioEvent } from './audio-messages.ts'
import { Mixer } from './mixer.ts'
import { Playback } from './playback.ts'
import type { Queue } from './queue.ts'
import * as queues from './queue.ts'
import { QueueStore } from './queue-store.ts'
import { firstSpeakers, type OutputChoice } from './speakers.ts'
import { StateBoard } from './state-board.ts'
import type { EntryToQueue, Player, PlayerState, RepeatMode } from './types.ts'

/** Under this much played, "previous" means the song before. */
const restartAfterMs = 3000
const positionEveryMs = 1000
const firstVolumePercent = 70
/** A host that is stopped has 2 s for everything. */
const longestCloseMs = 1200

export interface PlayerOptions {
  readonly songs: (id: number) => Song | undefined
  readonly database: Database
  readonly outputs: OutputChoice
  readonly log: Log
  readonly clock: Clock
  /** A song was heard to its end. */
  readonly onPlayed?: (songId: number) => void
  /** A song was left within its first seconds. */
  readonly onSkipped?: (songId: number) => void
  /** What chance decides when shuffling; tests bring their own. */
  readonly chance?: queues.Chance
}

/** Queue, position and volume as they were, paused. */
export async function openPlayer(options: PlayerOptions): Promise<Player> {
  const player = new QueuePlayer(options)
  player.begin()
  return player
}

class QueuePlayer implements Player {
  readonly #options: PlayerOptions
  readonly #store: QueueStore
  readonly #board: StateBoard
  readonly #link: AudioLink
  readonly #mixer: Mixer
  readonly #playback: Playback
  readonly #chance: queues.Chance
  #turns: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined
  #positionTimer: NodeJS.Timeout | undefined
  /** Why the present state is not in the database. */
  #unsaved: unknown

  constructor(options: PlayerOptions) {
    this.#options = options
    this.#chance = options.chance ?? ((below) => Math.floor(Math.random() * below))
    this.#store = new QueueStore(options.database)
    const remembered = this.#store.load()
    const before = remembered?.queue ?? queues.emptyQueue
    const queue = queues.keepOnly(before, (songId) => options.songs(songId) !== undefined)
    const isSameSong = queue.current !== undefined && queue.current === before.current
    this.#link = openAudioLink({
      worker: options.outputs.worker,
      log: options.log,
      onEvent: (event) => this.#react(() => this.#heard(event)),
      onLost: (isBack) => {
        const { playId } = this.#playback
        this.#react(() => this.#playback.lost(playId, isBack))
      },
    })
    const speakers = firstSpeakers(options.outputs, remembered?.outputs ?? [])
    this.#mixer = new Mixer(this.#link, speakers, remembered?.volumePercent ?? firstVolumePercent)
    const playbackOptions = {
      songs: options.songs,
      clock: options.clock,
      chance: this.#chance,
      link: this.#link,
      commit: (cause: string) => this.#commit(cause),
      onPlayed: options.onPlayed,
      onSkipped: options.onSkipped,
    }
    this.#playback = new Playback(playbackOptions, queue, isSameSong ? (remembered?.positionMs ?? 0) : 0)
    // Random, so that a remote that knew an earlier run never takes an old state for the present one.
    this.#board = new StateBoard(this.#makeState(randomInt(2, 2 ** 30), 'start'))
  }

  /** Nobody waits for the audio thread but the first command: a host answers while it still starts. */
  begin(): void {
    this.#react(() => this.#mixer.sendOutputs())
    this.#positionTimer = setInterval(() => {
      if (this.#playback.state === 'playing') this.#save()
    }, positionEveryMs).unref()
  }

  get state(): PlayerState {
    return this.#board.state
  }

  positionMs(): number {
    return this.#playback.positionMs()
  }

  changedSince(revision: number, signal: AbortSignal): Promise<PlayerState> {
    return this.#board.changedSince(revision, signal)
  }

  // --- transport

  play(cause: string): Promise<void> {
    return this.#turn(() => this.#playback.resume(cause))
  }

  pause(cause: string): Promise<void> {
    return this.#turn(() => this.#playback.pause(cause))
  }

  toggle(cause: string): Promise<void> {
    return this.#turn(() =>
      this.#playback.state === 'playing' ? this.#playback.pause(cause) : this.#playback.resume(cause),
    )
  }

  stop(cause: string): Promise<void> {
    return this.#turn(async () => {
      if (this.#playback.state !== 'stopped') await this.#playback.stop(cause)
    })
  }

  next(cause: string): Promise<void> {
    return this.#turn(() => {
      this.#playback.countSkip()
      return this.#playback.start(queues.advance(this.#playback.queue, 'asked', this.#chance), 0, cause)
    })
  }

  previous(cause: string): Promise<void> {
    return this.#turn(() => {
      const isEarly = this.#playback.state === 'stopped' || this.positionMs() < restartAfterMs
      const before = isEarly ? queues.goBack(this.#playback.queue) : undefined
      return this.#playback.start(before ?? this.#playback.queue, 0, cause)
    })
  }

  seek(positionMs: number, cause: string): Promise<void> {
    return this.#turn(async () => {
      if (this.#playback.queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
      const wanted = Number.isFinite(positionMs) ? Math.max(0, positionMs) : 0
      const target = Math.min(wanted, this.#playback.durationMs() || wanted)
      await this.#playback.start(this.#playback.queue, target, cause, this.#playback.state === 'paused')
    })
  }

  setVolume(percent: number, cause: string): Promise<void> {
    return this.#turn(async () => {
      await this.#mixer.setVolume(percent)
      this.#commit(cause)
    })
  }

  setShuffle(isShuffled: boolean, cause: string): Promise<void> {
    return this.#change(cause, (queue) => queues.setShuffle(queue, isShuffled, this.#chance))
  }

  setRepeat(repeat: RepeatMode, cause: string): Promise<void> {
    return this.#change(cause, (queue) => queues.setRepeat(queue, repeat))
  }

  // --- queue

  playNow(
    entries: readonly EntryToQueue[],
    { startIndex, isShuffled }: { startIndex?: number; isShuffled?: boolean },
    cause: string,
  ): Promise<void> {
    return this.#turn(() => {
      if (entries.length === 0) throw new KnownError('NOTHING_TO_PLAY')
      const queue = queues.setShuffle(
        this.#playback.queue,
        isShuffled ?? this.#playback.queue.isShuffled,
        this.#chance,
      )
      const index = startIndex ?? (queue.isShuffled ? this.#chance(entries.length) : 0)
      if (!Number.isInteger(index) || index < 0 || index >= entries.length)
        throw new KnownError('NOT_FOUND', { index })
      return this.#playback.start(queues.playNow(queue, entries, index, this.#chance), 0, cause)
    })
  }

  add(entries: readonly EntryToQueue[], place: 'next' | 'end', cause: string): Promise<void> {
    return this.#turn(async () => {
      const queue = queues.add(this.#playback.queue, entries, place)
      if (this.#playback.state === 'stopped' && entries.length > 0) {
        return this.#playback.start(
          queues.advance({ ...queue, current: undefined }, 'asked', this.#chance),
          0,
          cause,
        )
      }
      await this.#playback.setQueue(queue, cause)
    })
  }

  playAt(offset: number, cause: string): Promise<void> {
    return this.#turn(() => {
      const queue = offset === 0 ? this.#playback.queue : queues.jump(this.#playback.queue, offset)
      if (queue?.current === undefined) throw new KnownError('NOT_FOUND', { offset })
      if (offset > 0) this.#playback.countSkip()
      return this.#playback.start(queue, 0, cause)
    })
  }

  move(fromOffset: number, afterOffset: number, cause: string): Promise<void> {
    return this.#change(cause, (queue) => queues.move(queue, fromOffset, afterOffset))
  }

  remove(offsets: readonly number[], cause: string): Promise<void> {
    return this.#change(cause, (queue) => queues.remove(queue, offsets))
  }

  clear(what: 'upNext' | 'history', cause: string): Promise<void> {
    return this.#change(cause, (queue) => queues.clear(queue, what))
  }

  // --- outputs

  setOutputs(ids: readonly string[], cause: string): Promise<void> {
    return this.#turn(async () => {
      await this.#mixer.setOutputs(ids)
      this.#commit(cause)
      if (this.#mixer.areAllInTrouble) await this.#playback.pause(cause)
    })
  }

  setOutputVolume(id: string, relativeVolumePercent: number, cause: string): Promise<void> {
    return this.#turn(async () => {
      await this.#mixer.setOutputVolume(id, relativeVolumePercent)
      this.#commit(cause)
    })
  }

  warm(): void {
    // A decoder that cannot be loaded says so when a song needs it.
    this.#link.ask('warm', {}).catch(() => {})
  }

  close(): Promise<void> {
    this.#closing ??= this.#turn(async () => {
      clearInterval(this.#positionTimer)
      this.#save()
      this.#unsaved = undefined // said; nobody could do anything about it any more
      await this.#closeAudio()
      await this.#link.close()
    })
    return this.#closing
  }

  /** A file is ended and a speaker told; one that hangs ends with its thread. */
  async #closeAudio(): Promise<void> {
    const { clock, log } = this.#options
    const closed = this.#link
      .ask('close', {})
      .catch((error: unknown) => log.warn('no sound to close', { error }))
    const cancel = new AbortController()
    const tooLong = clock.until(clock.nowMs() + longestCloseMs, cancel.signal).catch(() => {}) // closed before
    await Promise.race([closed, tooLong])
    cancel.abort()
  }

  // --- what commands share

  /** Waits for its turn, so that no two changes meet. Rejects also when it is done, but not written. */
  #turn(work: () => Promise<void> | void): Promise<void> {
    const turn = this.#turns.then(async () => {
      this.#unsaved = undefined
      await work()
      if (this.#unsaved !== undefined)
        throw new KnownError('DATA_NOT_WRITABLE', { reason: 'the queue is not saved' }, this.#unsaved)
    })
    this.#turns = turn.catch((error) => {
      if (!(error instanceof KnownError)) this.#options.log.error('player', { error: String(error) })
    })
    return turn
  }

  /** A turn that nobody waits for: its outcome is in the state. */
  #react(work: () => Promise<void>): void {
    this.#turn(work).catch(() => {}) // said by #turn, or a state of its own
  }

  /** A change of the queue that leaves the current song alone. */
  #change(cause: string, change: (queue: Queue) => Queue | undefined): Promise<void> {
    return this.#turn(async () => {
      const queue = change(this.#playback.queue)
      if (queue === undefined) throw new KnownError('NOT_FOUND')
      await this.#playback.setQueue(queue, cause)
    })
  }

  async #heard(event: AudioEvent): Promise<void> {
    if (event.name === 'underruns') return this.#soundTore(event.outputId, event.count)
    if (event.name !== 'trouble') return this.#playback.heard(event)
    const { outputId: id, trouble } = event
    this.#mixer.setTrouble(id, trouble)
    if (trouble !== undefined) this.#options.log.info('an output cannot sound', { output: id, trouble })
    this.#commit(trouble === undefined ? `${id} is well again` : `${id}: ${trouble}`)
    if (this.#mixer.areAllInTrouble) await this.#playback.pause('no output is left')
  }

  #soundTore(id: string, count: number): void {
    this.#mixer.addUnderruns(id, count)
    this.#options.log.warn('the sound tore: the machine was too slow', { output: id, times: count })
    this.#commit(`${id}: the sound tore`)
  }

  #commit(cause: string): void {
    this.#save()
    this.#board.put(this.#makeState(this.#board.state.revision + 1, cause))
  }

  /** Never throws: on a full disk the music goes on, and `#turn` tells who asked. */
  #save(): void {
    try {
      this.#store.save({
        queue: this.#playback.queue,
        positionMs: this.positionMs(),
        volumePercent: this.#mixer.volumePercent,
        outputs: this.#mixer.speakers,
      })
    } catch (error) {
      this.#unsaved = error
      this.#options.log.error('the queue cannot be saved', { error: String(error) })
    }
  }

  #makeState(revision: number, cause: string): PlayerState {
    const { queue, state, notice, positionAtMs } = this.#playback
    let upNext: PlayerState['upNext'] | undefined
    return {
      revision,
      state,
      nowPlaying: queue.current,
      song: queue.current && this.#options.songs(queue.current.songId),
      durationMs: this.#playback.durationMs(),
      positionMs: this.positionMs(),
      // The sound may begin a moment from now: an output's latency.
      positionAtMs: Math.max(this.#options.clock.nowMs(), positionAtMs),
      volumePercent: this.#mixer.volumePercent,
      isShuffled: queue.isShuffled,
      repeat: queue.repeat,
      // Joined when somebody looks: with 100,000 songs that takes a while.
      get upNext() {
        upNext ??= queues.upNext(queue)
        return upNext
      },
      history: queue.history,
      outputs: this.#mixer.speakers,
      cause,
      notice,
    }
  }
}
