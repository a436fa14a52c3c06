// The queue as it sounds: which cue the audio thread has, what it is told, and what becomes of what it tells.
// One call at a time (the player's turns); each ends with `commit`, when the state is one again.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { AudioLink } from '../audio-thread/link.ts'
import type { AudioEvent, Playhead } from '../audio-thread/messages.ts'
import * as queues from '../queue/index.ts'
import type { Queue } from '../queue/queue.ts'
import type { PlayState, QueueEntry } from '../types.ts'
import { Planner, type PlannerOptions } from './planner.ts'
import { Position } from './position.ts'
import type { Sleep } from './sleep.ts'

/** A song left in between was skipped, as iTunes counts; before it was a slip, later it was heard. */
const skipFromMs = 2000
const skipToMs = 20_000

export interface PlaybackOptions extends PlannerOptions {
  readonly clock: Clock
  readonly link: AudioLink
  readonly sleep: Sleep
  readonly commit: (cause: string) => void
  readonly onPlayed: ((songId: number) => void) | undefined
  readonly onSkipped: ((songId: number) => void) | undefined
}

export interface StartOptions {
  readonly positionMs?: number
  /** It waits there. */
  readonly isPaused?: boolean
  /** How much of the song before `positionMs` was not heard. */
  readonly jumpedOverMs?: number
}

export class Playback {
  readonly #options: PlaybackOptions
  readonly #planner: Planner
  readonly #position: Position
  #queue: Queue
  #state: PlayState
  #notice: string | undefined
  /** The cue that the audio thread has loaded; undefined: none, play must load. */
  #playId: number | undefined
  /** How much of the song was jumped over, so not heard. */
  #jumpedOverMs = 0
  /** It broke in its middle: nothing that was heard to its end. */
  #isCutShort = false

  constructor(options: PlaybackOptions, queue: Queue, positionMs: number) {
    this.#options = options
    this.#planner = new Planner(options)
    this.#position = new Position(options.clock, positionMs)
    this.#queue = queue
    this.#state = queue.current === undefined ? 'stopped' : 'paused'
  }

  get queue(): Queue {
    return this.#queue
  }

  get state(): PlayState {
    return this.#state
  }

  get notice(): string | undefined {
    return this.#notice
  }

  get playId(): number | undefined {
    return this.#playId
  }

  get positionAtMs(): number {
    return this.#position.atMs
  }

  positionMs(): number {
    return this.#position.nowMs(this.#state === 'playing', this.durationMs())
  }

  durationMs(): number {
    const { current } = this.#queue
    return current === undefined ? 0 : Math.round(this.#position.lengthMs ?? this.#songMs(current))
  }

  /** The present song, as `start` can go on with it later. */
  present(): { positionMs: number; jumpedOverMs: number } {
    return { positionMs: this.positionMs(), jumpedOverMs: this.#jumpedOverMs }
  }

  // --- what commands need

  /** A change of the queue that leaves the current song alone. */
  async setQueue(queue: Queue, cause: string): Promise<void> {
    this.#queue = queue
    this.#options.commit(cause)
    await this.#planNext()
  }

  /** The same queue, with another song to follow or none. */
  replan(): Promise<void> {
    return this.#planNext()
  }

  /** ReplayGain is set otherwise: heard soon, in what sounds and what follows. */
  async changeGains(cause: string): Promise<void> {
    const gains = this.#planner.gains(this.#queue.current, this.#playId)
    await this.#options.link.ask('gains', { gains }).catch((error: unknown) => {
      if (!(error instanceof KnownError)) throw error // no thread: its next cues have theirs
    })
    this.#options.commit(cause)
  }

  async resume(cause: string): Promise<void> {
    if (this.#state === 'playing') return
    if (this.#state === 'paused' && this.#playId !== undefined) {
      this.#takePlayhead(await this.#options.link.ask('resume', {}))
      this.#state = 'playing'
      return this.#options.commit(cause)
    }
    if (this.#queue.current !== undefined) return this.start(this.#queue, cause, this.present())
    const hasMore = queues.hasUpNext(this.#queue)
    const queue = hasMore
      ? queues.advance(this.#queue, 'asked', this.#options.chance)
      : queues.restart(this.#queue, this.#options.chance)
    if (queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
    await this.start(queue, cause)
  }

  async pause(cause: string): Promise<void> {
    if (this.#state !== 'playing') return
    this.#position.stand(this.positionMs())
    this.#takePlayhead(await this.#options.link.ask('pause', {}))
    this.#state = 'paused'
    this.#options.commit(cause)
  }

  /** Silent, with this queue, its song at the beginning. */
  async stopWith(queue: Queue, cause: string, state: 'stopped' | 'paused' = 'stopped'): Promise<void> {
    this.#queue = queue
    this.#position.lengthMs = undefined
    await this.stop(cause, state)
  }

  async stop(cause: string, state: 'stopped' | 'paused' = 'stopped'): Promise<void> {
    this.#playId = undefined
    this.#state = state
    this.#jumpedOverMs = 0
    this.#position.stand(0)
    await this.#options.link.ask('stop', {}).catch((error: unknown) => {
      if (!(error instanceof KnownError)) throw error // no thread, no sound: stopped all the same
    })
    this.#options.commit(cause)
  }

  /** Clipped to the song; at its end it goes on to the next. Paused it stays paused. NOTHING_TO_PLAY. */
  async seek(positionMs: number, cause: string, isPaused = this.#state === 'paused'): Promise<void> {
    if (this.#queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
    const targetMs = within(this.durationMs(), positionMs)
    const jumpedOverMs = this.#jumpedOverMs + Math.max(0, targetMs - this.positionMs())
    await this.start(this.#queue, cause, { positionMs: targetMs, jumpedOverMs, isPaused })
  }

  /** A seek that at the song's end, when going forward, arrives in the next one. */
  async wind(toMs: number, cause: string, isPaused: boolean): Promise<void> {
    const isOver = toMs > this.positionMs() && this.durationMs() > 0 && toMs >= this.durationMs()
    if (!isOver) return this.seek(toMs, cause, isPaused || toMs <= 0)
    await this.#startPlayable(this.#planner.following(this.#queue), 0, cause, isPaused)
  }

  /**
   * Makes this the queue and plays its current song, or the first after it that can be played.
   * Without a current song the end is reached. CANNOT_DECODE when no song could be played.
   */
  async start(queue: Queue, cause: string, options: StartOptions = {}): Promise<void> {
    const { positionMs = 0, isPaused = false, jumpedOverMs = 0 } = options
    this.#planner.forgetBroken()
    this.#notice = undefined
    this.#jumpedOverMs = jumpedOverMs
    // Of this song the exact length may be known.
    const isPresent = queue === this.#queue
    const songMs = isPresent
      ? this.durationMs()
      : queue.current === undefined
        ? 0
        : this.#songMs(queue.current)
    await this.#startPlayable(queue, within(songMs, positionMs), cause, isPaused)
    if (this.#notice !== undefined && this.#state === 'stopped')
      throw new KnownError('CANNOT_DECODE', { reason: this.#notice })
  }

  countSkip(): void {
    const { current } = this.#queue
    const positionMs = this.positionMs()
    if (current === undefined || this.#state === 'stopped') return
    if (positionMs >= skipFromMs && positionMs < skipToMs) this.#options.onSkipped?.(current.songId)
  }

  // --- what the audio thread tells

  async heard(event: Exclude<AudioEvent, { name: 'trouble' | 'underruns' }>): Promise<void> {
    if (event.name === 'failed') return this.#songFailed(event.playId, event.reason)
    if (event.name === 'started') return this.#followed(event.playhead)
    if (event.name === 'ended') {
      if (event.playId !== this.#playId) return
      this.#countPlay()
      return this.#goOn()
    }
    if (event.playhead.playId !== this.#playId) return
    this.#takePlayhead(event.playhead)
    this.#options.commit('the sound came late')
  }

  /** The thread broke down, likely over the song it had: that one is left. Without a thread it waits, paused. */
  async lost(playId: number | undefined, isBack: boolean): Promise<void> {
    if (playId === undefined || playId !== this.#playId) return // it had another one since
    const wasPlaying = this.#state === 'playing'
    const { current } = this.#queue
    this.#position.stand(this.positionMs())
    this.#playId = undefined
    if (!wasPlaying || current === undefined) return
    if (isBack) {
      this.#notice = this.#planner.broke(current, 'the decoder broke down')
      return this.#startPlayable(this.#planner.afterBroken(this.#queue), 0, this.#notice)
    }
    this.#state = 'paused'
    this.#notice = 'the audio thread broke down and does not start'
    this.#options.commit(this.#notice)
  }

  async #followed(playhead: Playhead): Promise<void> {
    if (this.#playId === undefined) return // stopped meanwhile
    const planned = this.#planner.takePlanned(playhead.playId, this.#playId)
    if (planned === 'obsolete') return
    this.#countPlay()
    if (planned === 'changed') return this.#goOn()
    this.#queue = planned
    this.#playId = playhead.playId
    this.#jumpedOverMs = 0
    this.#isCutShort = false
    this.#notice = this.#planner.takeNotice()
    this.#takePlayhead(playhead)
    await this.#planNext()
    this.#options.commit(this.#notice ?? 'end of song')
  }

  async #songFailed(playId: number, reason: string): Promise<void> {
    const entry = playId === this.#playId ? this.#queue.current : this.#planner.plannedEntry(playId)
    if (entry === undefined) return
    const notice = this.#planner.broke(entry, reason)
    await this.#planNext()
    if (playId !== this.#playId) return // told when its turn would have come
    this.#isCutShort = true
    this.#notice = notice
    this.#options.commit(notice)
  }

  // --- pieces

  /** The song has ended, and the audio thread did not go on by itself, or to the wrong one. */
  async #goOn(): Promise<void> {
    const following = this.#planner.following(this.#queue)
    this.#notice = this.#planner.takeNotice()
    if (this.#options.sleep.isAtEndOfSong) return this.#rest(following)
    await this.#startPlayable(following, 0, following.current === undefined ? 'end of queue' : 'end of song')
  }

  /** Asleep: the next song waits at its beginning. */
  async #rest(queue: Queue): Promise<void> {
    this.#options.sleep.clear()
    await this.stopWith(queue, 'sleep timer', queue.current === undefined ? 'stopped' : 'paused')
  }

  #songMs({ songId }: QueueEntry): number {
    return this.#options.songs(songId)?.durationMs ?? 0
  }

  async #startPlayable(first: Queue, firstMs: number, cause: string, isPaused = false): Promise<void> {
    let queue = first
    let positionMs = firstMs
    for (let tries = queues.playableCount(queue); queue.current !== undefined && tries >= 0; tries -= 1) {
      const reason = await this.#tryCue(queue, positionMs, isPaused)
      if (reason === undefined)
        return this.#options.commit(this.#notice === undefined ? cause : `${cause}; ${this.#notice}`)
      this.#notice = this.#planner.broke(queue.current, reason)
      queue = this.#planner.afterBroken(queue)
      positionMs = 0
    }
    await this.stopWith(queue.current === undefined ? queue : queues.atEnd(queue), this.#notice ?? cause)
  }

  /** undefined: it plays; else why it cannot. */
  async #tryCue(queue: Queue, positionMs: number, isPaused: boolean): Promise<string | undefined> {
    // A number of its own also after a seek: what the thread told before must not count for what sounds now.
    const movedFrom = queue === this.#queue ? this.#playId : undefined
    if (movedFrom === undefined) this.#position.lengthMs = undefined
    if (positionMs === 0) this.#jumpedOverMs = 0
    else if (queue !== this.#queue) this.#jumpedOverMs = positionMs
    this.#queue = queue
    const song = queue.current && this.#options.songs(queue.current.songId)
    if (song === undefined) return 'it is no longer in the library'
    const cue = { ...this.#planner.newCue(song), movedFrom }
    try {
      const { cue: next } = this.#planner.plan(queue, cue.playId, this.#options.sleep.isAtEndOfSong)
      this.#position.take(await this.#options.link.ask('play', { cue, positionMs, next, isPaused }))
      this.#playId = cue.playId
      this.#isCutShort = false
      this.#state = isPaused ? 'paused' : 'playing'
      return undefined
    } catch (error) {
      this.#playId = undefined
      if (error instanceof KnownError && error.code === 'CANNOT_DECODE')
        return String(error.details['reason'] ?? '')
      // No output: the queue stands, ready to be played from there when there is one.
      this.#state = positionMs > 0 ? 'paused' : 'stopped'
      this.#position.stand(positionMs)
      this.#options.commit('no output')
      throw error
    }
  }

  async #planNext(): Promise<void> {
    if (this.#playId === undefined) return
    const { cue, isNew } = this.#planner.plan(this.#queue, this.#playId, this.#options.sleep.isAtEndOfSong)
    if (isNew) await this.#options.link.ask('next', { next: cue })
  }

  /** One of the song that follows counts when its start is told. */
  #takePlayhead(playhead: Playhead | undefined): void {
    if (playhead?.playId === this.#playId && playhead !== undefined) this.#position.take(playhead)
    else this.#position.stand(this.positionMs())
  }

  /** At its end; heard is what was not jumped over for the greater part. */
  #countPlay(): void {
    const { current } = this.#queue
    if (current === undefined || this.#isCutShort) return
    if (this.#jumpedOverMs <= this.durationMs() / 2) this.#options.onPlayed?.(current.songId)
  }
}

/** Clipped to the song, where its length is known; what is no number is its beginning. */
function within(songMs: number, positionMs: number): number {
  const wantedMs = Number.isNaN(positionMs) ? 0 : Math.max(0, positionMs)
  return Math.min(wantedMs, songMs || (Number.isFinite(wantedMs) ? wantedMs : 0))
}
