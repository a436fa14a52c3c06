// The player: one writer of one state. Commands and what the audio thread tells are worked off one after the other;
// each ends in `#commit`, which makes the next state, writes it and tells everybody.

import { randomInt } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { Database, Song } from '../library/index.ts'
import type { Log } from '../log.ts'
import { type AudioLink, openAudioLink } from './audio-link.ts'
import type { AudioEvent, Playhead } from './audio-messages.ts'
import { Planner } from './planner.ts'
import type { Queue } from './queue.ts'
import * as queues from './queue.ts'
import { QueueStore } from './queue-store.ts'
import type { OutputChoice, Speakers } from './speakers.ts'
import * as speakers from './speakers.ts'
import { StateBoard } from './state-board.ts'
import type { EntryToQueue, Player, PlayerState, PlayState, RepeatMode } from './types.ts'

/** Under this much played, "previous" means the song before. */
const restartAfterMs = 3000
/** A song left in between was skipped, as iTunes counts; before it was a slip, later it was heard. */
const skipFromMs = 2000
const skipToMs = 20_000
const positionEveryMs = 1000
const firstVolumePercent = 70

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
  await player.begin()
  return player
}

class QueuePlayer implements Player {
  readonly #options: PlayerOptions
  readonly #store: QueueStore
  readonly #board: StateBoard
  readonly #link: AudioLink
  readonly #planner: Planner
  readonly #chance: queues.Chance
  #queue: Queue
  #speakers: Speakers
  #play: PlayState
  #volumePercent: number
  #positionMs: number
  #positionAtMs: number
  #lengthMs: number | undefined
  #notice: string | undefined
  /** The cue that the audio thread has loaded; undefined: none, play must load. */
  #playId: number | undefined
  #turns: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined
  #positionTimer: NodeJS.Timeout | undefined

  constructor(options: PlayerOptions) {
    this.#options = options
    this.#chance = options.chance ?? ((below) => randomInt(below))
    this.#store = new QueueStore(options.database)
    const remembered = this.#store.load()
    const before = remembered?.queue ?? queues.emptyQueue
    this.#queue = queues.keepOnly(before, (songId) => options.songs(songId) !== undefined)
    this.#speakers = speakers.firstSpeakers(options.outputs, remembered?.outputs ?? [])
    const isSameSong = this.#queue.current !== undefined && this.#queue.current === before.current
    this.#play = this.#queue.current === undefined ? 'stopped' : 'paused'
    this.#positionMs = isSameSong ? (remembered?.positionMs ?? 0) : 0
    this.#positionAtMs = options.clock.nowMs()
    this.#volumePercent = remembered?.volumePercent ?? firstVolumePercent
    // Random, so that a remote that knew an earlier run never takes an old state for the present one.
    this.#board = new StateBoard(this.#makeState(randomInt(2, 2 ** 30), 'start'))
    this.#planner = new Planner(options.songs, this.#chance)
    this.#link = openAudioLink({
      worker: options.outputs.worker,
      log: options.log,
      onEvent: (event) => this.#react(() => this.#heard(event)),
      onLost: () => this.#react(() => this.#audioLost()),
    })
  }

  async begin(): Promise<void> {
    // Without sound the host still lists its music; "play" says what is wrong.
    await this.#sendOutputs().catch((error) => this.#options.log.error('no sound', { error: String(error) }))
    this.#positionTimer = setInterval(() => this.#savePosition(), positionEveryMs).unref()
  }

  get state(): PlayerState {
    return this.#board.state
  }

  positionMs(): number {
    const sinceMs =
      this.#play === 'playing' ? Math.max(0, this.#options.clock.nowMs() - this.#positionAtMs) : 0
    return Math.min(this.#positionMs + sinceMs, this.#durationMs() || Number.MAX_SAFE_INTEGER)
  }

  changedSince(revision: number, signal: AbortSignal): Promise<PlayerState> {
    return this.#board.changedSince(revision, signal)
  }

  // --- transport

  play(cause: string): Promise<void> {
    return this.#turn(() => this.#resume(cause))
  }

  pause(cause: string): Promise<void> {
    return this.#turn(() => this.#pause(cause))
  }

  toggle(cause: string): Promise<void> {
    return this.#turn(() => (this.#play === 'playing' ? this.#pause(cause) : this.#resume(cause)))
  }

  stop(cause: string): Promise<void> {
    return this.#turn(async () => {
      if (this.#play !== 'stopped') await this.#stop(cause)
    })
  }

  next(cause: string): Promise<void> {
    return this.#turn(() => {
      this.#countSkip()
      return this.#start(queues.advance(this.#queue, 'asked', this.#chance), 0, cause)
    })
  }

  previous(cause: string): Promise<void> {
    return this.#turn(() => {
      const isEarly = this.#play === 'stopped' || this.positionMs() < restartAfterMs
      const before = isEarly ? queues.goBack(this.#queue) : undefined
      return this.#start(before ?? this.#queue, 0, cause)
    })
  }

  seek(positionMs: number, cause: string): Promise<void> {
    return this.#turn(async () => {
      if (this.#queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
      const wanted = Number.isFinite(positionMs) ? Math.max(0, positionMs) : 0
      const target = Math.min(wanted, this.#durationMs() || wanted)
      await this.#start(this.#queue, target, cause, this.#play === 'paused')
    })
  }

  setVolume(percent: number, cause: string): Promise<void> {
    return this.#turn(async () => {
      this.#volumePercent = speakers.wholePercent(percent)
      await this.#sendVolumes()
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
      const queue = queues.setShuffle(this.#queue, isShuffled ?? this.#queue.isShuffled, this.#chance)
      const index = startIndex ?? (queue.isShuffled ? this.#chance(entries.length) : 0)
      if (!Number.isInteger(index) || index < 0 || index >= entries.length)
        throw new KnownError('NOT_FOUND', { index })
      return this.#start(queues.playNow(queue, entries.map(toEntry), index, this.#chance), 0, cause)
    })
  }

  add(entries: readonly EntryToQueue[], place: 'next' | 'end', cause: string): Promise<void> {
    return this.#turn(async () => {
      const queue = queues.add(this.#queue, entries.map(toEntry), place)
      if (this.#play === 'stopped' && entries.length > 0) {
        return this.#start(queues.advance({ ...queue, current: undefined }, 'asked', this.#chance), 0, cause)
      }
      await this.#setQueue(queue, cause)
    })
  }

  playAt(offset: number, cause: string): Promise<void> {
    return this.#turn(() => {
      const queue = offset === 0 ? this.#queue : queues.jump(this.#queue, offset)
      if (queue?.current === undefined) throw new KnownError('NOT_FOUND', { offset })
      if (offset > 0) this.#countSkip()
      return this.#start(queue, 0, cause)
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
      this.#speakers = speakers.switched(this.#speakers, ids)
      await this.#sendOutputs()
      this.#commit(cause)
      if (this.#play === 'playing' && speakers.areAllInTrouble(this.#speakers)) await this.#pause(cause)
    })
  }

  setOutputVolume(id: string, relativeVolumePercent: number, cause: string): Promise<void> {
    return this.#turn(async () => {
      this.#speakers = speakers.withVolume(this.#speakers, id, relativeVolumePercent)
      await this.#sendVolumes()
      this.#commit(cause)
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#turn(async () => {
      clearInterval(this.#positionTimer)
      this.#holdPosition()
      this.#save()
      await this.#link.ask('close', {})
      await this.#link.close()
    })
    return this.#closing
  }

  // --- what commands share

  /** Waits for its turn, so that no two changes meet. */
  #turn<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const turn = this.#turns.then(work)
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
      const queue = change(this.#queue)
      if (queue === undefined) throw new KnownError('NOT_FOUND')
      await this.#setQueue(queue, cause)
    })
  }

  async #setQueue(queue: Queue, cause: string): Promise<void> {
    this.#queue = queue
    await this.#planNext()
    this.#commit(cause)
  }

  async #resume(cause: string): Promise<void> {
    if (this.#play === 'playing') return
    if (this.#play === 'paused' && this.#playId !== undefined) {
      this.#takePlayhead(await this.#link.ask('resume', {}))
      this.#play = 'playing'
      return this.#commit(cause)
    }
    if (this.#queue.current !== undefined) return this.#start(this.#queue, this.#positionMs, cause)
    const hasMore = queues.upNext(this.#queue).length > 0
    const queue = hasMore
      ? queues.advance(this.#queue, 'asked', this.#chance)
      : queues.restart(this.#queue, this.#chance)
    if (queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
    await this.#start(queue, 0, cause)
  }

  async #pause(cause: string): Promise<void> {
    if (this.#play !== 'playing') return
    this.#holdPosition()
    this.#takePlayhead(await this.#link.ask('pause', {}))
    this.#play = 'paused'
    this.#commit(cause)
  }

  async #stop(cause: string): Promise<void> {
    await this.#link.ask('stop', {})
    this.#playId = undefined
    this.#play = 'stopped'
    this.#positionMs = 0
    this.#commit(cause)
  }

  /**
   * Makes this the queue and plays its current song, or the first after it that can be played.
   * Without a current song the end is reached. CANNOT_DECODE when no song could be played.
   */
  async #start(queue: Queue, positionMs: number, cause: string, isPaused = false): Promise<void> {
    this.#planner.forgetBroken()
    this.#notice = undefined
    await this.#startPlayable(queue, positionMs, cause, isPaused)
    if (this.#notice !== undefined && this.#play === 'stopped')
      throw new KnownError('CANNOT_DECODE', { reason: this.#notice })
  }

  async #startPlayable(first: Queue, firstMs: number, cause: string, isPaused = false): Promise<void> {
    let queue = first
    let positionMs = firstMs
    for (let tries = queues.playableCount(queue); queue.current !== undefined && tries >= 0; tries -= 1) {
      const reason = await this.#tryCue(queue, positionMs, isPaused)
      if (reason === undefined)
        return this.#commit(this.#notice === undefined ? cause : `${cause}; ${this.#notice}`)
      this.#notice = this.#planner.broke(queue.current, reason)
      queue = this.#planner.afterBroken(queue)
      positionMs = 0
    }
    this.#queue = { ...queue, current: undefined }
    await this.#stop(this.#notice ?? cause)
  }

  /** undefined: it plays; else why it cannot. */
  async #tryCue(queue: Queue, positionMs: number, isPaused: boolean): Promise<string | undefined> {
    const isSame =
      this.#playId !== undefined && queue.current === this.#queue.current && queue === this.#queue
    this.#queue = queue
    this.#lengthMs = isSame ? this.#lengthMs : undefined
    const song = queue.current && this.#options.songs(queue.current.songId)
    if (song === undefined) return 'it is no longer in the library'
    const cue = {
      playId: isSame && this.#playId !== undefined ? this.#playId : this.#planner.newPlayId(),
      path: song.path,
    }
    try {
      const { cue: next } = this.#planner.plan(queue, cue.playId)
      this.#takePlayhead(await this.#link.ask('play', { cue, positionMs, next, isPaused }))
      this.#playId = cue.playId
      this.#play = isPaused ? 'paused' : 'playing'
      return undefined
    } catch (error) {
      this.#playId = undefined
      if (error instanceof KnownError && error.code === 'CANNOT_DECODE')
        return String(error.details['reason'] ?? '')
      // No output: the queue stands, ready to be played when there is one.
      this.#play = 'stopped'
      this.#positionMs = 0
      this.#commit('no output')
      throw error
    }
  }

  async #planNext(): Promise<void> {
    if (this.#playId === undefined) return
    const { cue, isNew } = this.#planner.plan(this.#queue, this.#playId)
    if (isNew) await this.#link.ask('next', { next: cue })
  }

  // --- what the audio thread tells

  async #heard(event: AudioEvent): Promise<void> {
    if (event.name === 'trouble') return this.#outputTrouble(event.outputId, event.trouble)
    if (event.name === 'failed') return this.#songFailed(event.playId, event.reason)
    if (event.name === 'started') return this.#followed(event.playhead)
    if (event.name === 'ended') {
      if (event.playId !== this.#playId) return
      this.#countPlay()
      const following = this.#planner.following(this.#queue)
      this.#notice = this.#planner.takeNotice()
      return this.#startPlayable(following, 0, 'end of queue')
    }
    if (event.playhead.playId !== this.#playId) return
    this.#takePlayhead(event.playhead)
    this.#commit('the sound came late')
  }

  async #followed(playhead: Playhead): Promise<void> {
    const planned = this.#planner.takePlanned(playhead.playId, this.#playId)
    if (planned === 'obsolete') return
    this.#countPlay()
    if (planned === 'changed')
      return this.#startPlayable(this.#planner.following(this.#queue), 0, 'end of song')
    this.#queue = planned
    this.#playId = playhead.playId
    this.#notice = this.#planner.takeNotice()
    this.#takePlayhead(playhead)
    await this.#planNext()
    this.#commit(this.#notice ?? 'end of song')
  }

  async #songFailed(playId: number, reason: string): Promise<void> {
    const entry = playId === this.#playId ? this.#queue.current : this.#planner.plannedEntry(playId)
    if (entry === undefined) return
    const notice = this.#planner.broke(entry, reason)
    await this.#planNext()
    if (playId !== this.#playId) return // told when its turn would have come
    this.#notice = notice
    this.#commit(notice)
  }

  async #outputTrouble(id: string, trouble: string | undefined): Promise<void> {
    this.#speakers = speakers.withTrouble(this.#speakers, id, trouble)
    if (trouble !== undefined) this.#options.log.warn('output', { output: id, trouble })
    this.#commit(trouble === undefined ? `${id} is well again` : `${id}: ${trouble}`)
    if (this.#play === 'playing' && speakers.areAllInTrouble(this.#speakers))
      await this.#pause('no output is left')
  }

  /** The thread broke down, likely over the song it had: that one is left. */
  async #audioLost(): Promise<void> {
    const wasPlaying = this.#play === 'playing'
    this.#playId = undefined
    await this.#sendOutputs()
    const { current } = this.#queue
    if (!wasPlaying || current === undefined) return
    this.#notice = this.#planner.broke(current, 'the decoder broke down')
    await this.#startPlayable(this.#planner.afterBroken(this.#queue), 0, this.#notice)
  }

  // --- pieces

  #takePlayhead(playhead: Playhead | undefined): void {
    if (playhead === undefined) {
      this.#positionAtMs = this.#options.clock.nowMs()
      return
    }
    this.#positionMs = playhead.positionMs
    this.#positionAtMs = playhead.atMs
    this.#lengthMs = playhead.lengthMs ?? this.#lengthMs
  }

  #holdPosition(): void {
    this.#positionMs = this.positionMs()
    this.#positionAtMs = this.#options.clock.nowMs()
  }

  #durationMs(): number {
    const { current } = this.#queue
    const songMs = current === undefined ? 0 : (this.#options.songs(current.songId)?.durationMs ?? 0)
    return Math.round(this.#lengthMs ?? songMs)
  }

  #countPlay(): void {
    const { current } = this.#queue
    if (current !== undefined && !this.#planner.isBroken(current)) this.#options.onPlayed?.(current.songId)
  }

  #countSkip(): void {
    const { current } = this.#queue
    const positionMs = this.positionMs()
    if (current === undefined || this.#play === 'stopped') return
    if (positionMs >= skipFromMs && positionMs < skipToMs) this.#options.onSkipped?.(current.songId)
  }

  async #sendOutputs(): Promise<void> {
    await this.#link.ask('outputs', { outputs: speakers.settingsOf(this.#speakers, this.#volumePercent) })
  }

  async #sendVolumes(): Promise<void> {
    await this.#link.ask('volumes', { outputs: speakers.settingsOf(this.#speakers, this.#volumePercent) })
  }

  #commit(cause: string): void {
    this.#save()
    this.#board.put(this.#makeState(this.#board.state.revision + 1, cause))
  }

  #savePosition(): void {
    if (this.#play === 'playing') this.#save()
  }

  #save(): void {
    this.#store.save({
      queue: this.#queue,
      positionMs: this.positionMs(),
      volumePercent: this.#volumePercent,
      outputs: this.#speakers,
    })
  }

  #makeState(revision: number, cause: string): PlayerState {
    const queue = this.#queue
    let upNext: PlayerState['upNext'] | undefined
    // The sound may begin a moment from now: an output's latency.
    const atMs = Math.max(this.#options.clock.nowMs(), this.#positionAtMs)
    return {
      revision,
      state: this.#play,
      nowPlaying: queue.current,
      song: queue.current && this.#options.songs(queue.current.songId),
      durationMs: this.#durationMs(),
      positionMs: this.positionMs(),
      positionAtMs: atMs,
      volumePercent: this.#volumePercent,
      isShuffled: queue.isShuffled,
      repeat: queue.repeat,
      // Joined when somebody looks: with 100,000 songs that takes a while.
      get upNext() {
        upNext ??= queues.upNext(queue)
        return upNext
      },
      history: queue.history,
      outputs: this.#speakers,
      cause,
      notice: this.#notice,
    }
  }
}

function toEntry({ songId, playlistId = 0, playlistEntryId = 0 }: EntryToQueue): queues.NewEntry {
  return { songId, playlistId, playlistEntryId }
}
