// The inside of the player: one writer of one state. Commands and what the audio thread tells are worked off one after
// the other; each ends in `commit`, which tells everybody the next state; that is written when the turn is over.

import { randomInt } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database, Song } from '../library/index.ts'
import type { Log } from '../log.ts'
import { type AudioLink, type AudioLinkOptions, openAudioLink } from './audio-thread/link.ts'
import type { AudioEvent } from './audio-thread/messages.ts'
import { LastChange } from './last-change.ts'
import { Mixer } from './loudness/mixer.ts'
import { gainOf } from './loudness/replay-gain.ts'
import { firstSpeakers, type OutputChoice } from './loudness/speakers.ts'
import { Playback } from './playback/playback.ts'
import { Sleep } from './playback/sleep.ts'
import { type Wind, Winder } from './playback/winder.ts'
import * as queues from './queue/index.ts'
import type { Queue } from './queue/queue.ts'
import { QueueStore } from './queue/store.ts'
import { Edits } from './queue/undo.ts'
import { StateBoard } from './state-board.ts'
import { Turns } from './turns.ts'
import type { PlayerState, ReplayGainMode } from './types.ts'

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
  /** The audio thread; tests bring one without sound. */
  readonly openAudio?: (options: AudioLinkOptions) => AudioLink
}

export class PlayerCore {
  readonly #options: PlayerOptions
  readonly #store: QueueStore
  readonly board: StateBoard
  readonly turns: Turns
  readonly #link: AudioLink
  readonly mixer: Mixer
  readonly playback: Playback
  readonly winder: Winder
  readonly sleep: Sleep
  readonly edits = new Edits()
  readonly chance: queues.Chance
  replayGain: ReplayGainMode
  readonly #queueChange = new LastChange()
  readonly #outputsChange = new LastChange()
  #closing: Promise<void> | undefined
  #positionTimer: NodeJS.Timeout | undefined

  constructor(options: PlayerOptions) {
    const { clock, log, songs, openAudio = openAudioLink } = options
    this.#options = options
    this.turns = new Turns(log, () => this.#save())
    this.chance = options.chance ?? ((below) => Math.floor(Math.random() * below))
    this.#store = new QueueStore(options.database)
    const remembered = this.#store.load()
    const before = remembered?.queue ?? queues.emptyQueue
    const queue = queues.keepOnly(before, (songId) => songs(songId) !== undefined)
    const isSameSong = queue.current !== undefined && queue.current === before.current
    this.replayGain = remembered?.replayGain ?? 'off'
    this.#link = openAudio({
      worker: options.outputs.worker,
      log,
      onEvent: (event) => this.turns.react(() => this.#heard(event)),
      onLost: (isBack) => {
        const { playId } = this.playback
        this.turns.react(() => this.playback.lost(playId, isBack))
      },
    })
    this.mixer = new Mixer(
      this.#link,
      firstSpeakers(options.outputs, remembered?.outputs ?? []),
      remembered?.volumePercent ?? firstVolumePercent,
      remembered?.beforeMute ?? { outputs: {} },
    )
    this.sleep = new Sleep({
      clock,
      onFade: (level) => this.turns.react(() => this.#fade(level)),
      onTime: () => this.turns.react(() => this.#fallAsleep()),
    })
    this.winder = new Winder({
      clock,
      onJump: (wind, byMs) => this.turns.take(() => this.#jump(wind, byMs)).catch(() => this.winder.end()),
      onForgotten: () => this.turns.react(() => this.letGo('wind: nobody let go')),
    })
    const playbackOptions = {
      songs,
      gainOf: ({ replayGain }: Song) => gainOf(this.replayGain, replayGain),
      clock,
      chance: this.chance,
      link: this.#link,
      sleep: this.sleep,
      commit: (cause: string) => this.commit(cause),
      onPlayed: options.onPlayed,
      onSkipped: options.onSkipped,
    }
    this.playback = new Playback(playbackOptions, queue, isSameSong ? (remembered?.positionMs ?? 0) : 0)
    // Random, so that a remote that knew an earlier run never takes an old state for the present one.
    this.board = new StateBoard(this.#makeState(randomInt(2, 2 ** 30), 'start'))
  }

  /** Nobody waits for the audio thread but the first command: a host answers while it still starts. */
  begin(): void {
    this.turns.react(() => this.mixer.sendOutputs())
    this.#positionTimer = setInterval(() => {
      if (this.playback.state === 'playing') this.#save()
    }, positionEveryMs).unref()
  }

  get state(): PlayerState {
    return this.board.state
  }

  positionMs(): number {
    return this.playback.positionMs()
  }

  get queue(): Queue {
    return this.playback.queue
  }

  /** A command of transport: whoever winds is overruled. */
  transport(cause: string, work: (wasWound: boolean) => Promise<void>): Promise<void> {
    return this.turns.take(async () => {
      const wasWound = this.winder.wind !== undefined
      const { revision } = this.state
      this.winder.end()
      try {
        await work(wasWound)
      } finally {
        if (wasWound && this.state.revision === revision) this.commit(cause)
      }
    })
  }

  warm(): void {
    // A decoder that cannot be loaded says so when a song needs it.
    this.#link.ask('warm', {}).catch(() => {})
  }

  close(): Promise<void> {
    this.winder.end()
    this.#closing ??= this.turns.take(async () => {
      clearInterval(this.#positionTimer)
      this.sleep.clear()
      this.#save()
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

  async #heard(event: AudioEvent): Promise<void> {
    if (event.name === 'underruns') return this.#soundTore(event.outputId, event.count)
    if (event.name !== 'trouble') return this.playback.heard(event)
    const { outputId: id, trouble } = event
    this.mixer.setTrouble(id, trouble)
    if (trouble !== undefined) this.#options.log.info('an output cannot sound', { output: id, trouble })
    this.commit(
      trouble === undefined ? `${this.#nameOf(id)} is well again` : `${this.#nameOf(id)}: ${trouble}`,
    )
    if (this.mixer.areAllInTrouble) await this.playback.pause('no output is left')
  }

  #soundTore(id: string, count: number): void {
    this.mixer.addUnderruns(id, count)
    this.#options.log.warn('the sound tore: the machine was too slow', { output: id, times: count })
    this.commit(`${this.#nameOf(id)}: the sound tore`)
  }

  #nameOf(id: string): string {
    return this.mixer.speakers.find((speaker) => speaker.id === id)?.name ?? id
  }

  async #jump(wind: Wind, byMs: number): Promise<void> {
    if (wind !== this.winder.wind) return // ended, or another one
    await this.playback.wind(this.positionMs() + byMs, wind.cause, !wind.wasPlaying)
  }

  async letGo(cause: string): Promise<void> {
    const { wind } = this.winder
    if (wind === undefined) return
    this.winder.end()
    if (wind.wasPlaying && this.playback.state === 'paused') await this.playback.resume(cause)
    else this.commit(cause)
  }

  async #fade(level: number): Promise<void> {
    if (this.playback.state === 'playing') await this.mixer.fade(level)
  }

  async #fallAsleep(): Promise<void> {
    this.sleep.clear()
    this.winder.end()
    if (this.playback.state === 'playing') await this.playback.pause('sleep timer')
    else this.commit('sleep timer')
    await this.mixer.fade(1)
  }

  commit(cause: string): void {
    if (this.playback.state === 'stopped') this.winder.end()
    this.turns.changed()
    this.board.put(this.#makeState(this.board.state.revision + 1, cause))
  }

  /** Answers why it could not: on a full disk the music goes on, and the turn tells who asked. */
  #save(): unknown {
    try {
      this.#store.save({
        queue: this.queue,
        positionMs: this.positionMs(),
        volumePercent: this.mixer.volumePercent,
        beforeMute: this.mixer.beforeMute,
        replayGain: this.replayGain,
        outputs: this.mixer.speakers,
      })
      return undefined
    } catch (error) {
      this.#options.log.error('the queue cannot be saved', { error: String(error) })
      return error
    }
  }

  #makeState(revision: number, cause: string): PlayerState {
    const { queue, state, notice, positionAtMs } = this.playback
    const winding = this.winder.wind?.direction
    let upNext: PlayerState['upNext'] | undefined
    return {
      revision,
      state: winding === undefined ? state : 'playing',
      winding,
      nowPlaying: queue.current,
      song: queue.current && this.#options.songs(queue.current.songId),
      durationMs: this.playback.durationMs(),
      positionMs: this.positionMs(),
      // The sound may begin a moment from now: an output's latency.
      positionAtMs: Math.max(this.#options.clock.nowMs(), positionAtMs),
      volumePercent: this.mixer.volumePercent,
      isMuted: this.mixer.beforeMute.master !== undefined,
      replayGain: this.replayGain,
      sleep: this.sleep.timer,
      isShuffled: queue.isShuffled,
      repeat: queue.repeat,
      // Joined when somebody looks: with 100,000 songs that takes a while.
      get upNext() {
        upNext ??= queues.upNext(queue)
        return upNext
      },
      contextName: queue.contextName,
      undoable: this.edits.last?.words,
      history: queue.history,
      queueRevision: this.#queueChange.of([queue], revision),
      outputsRevision: this.#outputsChange.of([this.mixer.speakers, this.mixer.volumePercent], revision),
      outputs: this.mixer.speakers,
      cause,
      notice,
    }
  }
}
