// Makes the sound of one output into bytes: sent a little ahead of the room, so that it begins at once and never runs
// dry. While nothing plays it sends silence, so that players stay.

import { setImmediate } from 'node:timers/promises'
import { type EncodedFormat, type Encoder, openEncoder } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { RateJoiner } from '../rate-joiner.ts'
import { VolumeRamp } from '../system/volume-ramp.ts'
import type { SoundMessage } from './stream-line.ts'
import { durationOf, WaitingBlocks } from './waiting-blocks.ts'

/** How far a listener may be ahead of the room: what a browser wants before it plays (docs/protocol/page.md, section 5). */
export const aheadMs = 2000
/** Silence is sent less far ahead: whoever presses play should not hear it first. */
const silenceAheadMs = 400
const silenceMs = 20
/** So long nothing has come: then nothing plays. A player that is only busy must not tear the sound. */
const quietMs = 250

export interface PumpOptions {
  readonly format: EncodedFormat
  readonly clock: Clock
  readonly onBytes: (turn: number, bytes: Uint8Array) => void
  /** Switched off, or it cannot be encoded: nothing more comes. */
  readonly onEnded: () => void
}

/** One listener's hearing, from the moment it came. */
interface Turn {
  readonly number: number
  readonly encoder: Encoder
  readonly joiner: RateJoiner
  readonly sinceMs: number
  /** How much sound was sent since. */
  sentMs: number
}

export class StreamPump {
  readonly #options: PumpOptions
  readonly #clock: Clock
  readonly #blocks = new WaitingBlocks()
  readonly #volume = new VolumeRamp()
  /** Loaded while the player still makes the output: for the first who listens. */
  #prepared: Promise<Encoder> | undefined
  #turn: Turn | undefined
  /** Of the listener that is there; undefined: none is. */
  #wanted: number | undefined
  /** When something came last. */
  #stirredAtMs = Number.NEGATIVE_INFINITY
  #wake = new AbortController()

  constructor(options: PumpOptions) {
    this.#options = options
    this.#clock = options.clock
    this.#prepared = openEncoder(options.format)
    this.#prepared.catch(() => {}) // said where it is wanted
  }

  hear(message: SoundMessage): void {
    if (message.kind === 'block') this.#take(message)
    else if (message.kind === 'flush') this.#blocks.drop(message.fromMs)
    else if (message.kind === 'volume') this.#volume.set(message.percent)
    else this.#end()
  }

  /** Somebody listens from now on; `turn` names it in what is sent. */
  begin(turn: number): void {
    this.#wanted = turn
    this.#listen(turn).catch(() => this.#end()) // an encoder that cannot be loaded
  }

  /** Nobody listens now. */
  leave(): void {
    this.#wanted = undefined
    this.#turn = undefined
    this.#wake.abort()
  }

  #take({ block }: Extract<SoundMessage, { kind: 'block' }>): void {
    this.#blocks.forget(this.#clock.nowMs(), this.#turn !== undefined)
    this.#blocks.push(block)
    this.#stirredAtMs = this.#clock.nowMs()
    this.#wake.abort()
  }

  async #listen(number: number): Promise<void> {
    const prepared = this.#prepared
    this.#prepared = undefined
    const encoder = await (prepared ?? openEncoder(this.#options.format))
    if (number !== this.#wanted) return
    const nowMs = this.#clock.nowMs()
    const turn = { number, encoder, joiner: new RateJoiner(encoder.sampleRateHz), sinceMs: nowMs, sentMs: 0 }
    this.#wake.abort()
    this.#turn = turn
    this.#blocks.rewind(nowMs)
    this.#stirredAtMs = nowMs
    this.#volume.jump()
    this.#send(turn, encoder.header)
    await this.#run(turn)
  }

  async #run(turn: Turn): Promise<void> {
    while (turn === this.#turn) {
      const dueMs = this.#sendNext(turn)
      if (dueMs <= this.#clock.nowMs()) {
        await setImmediate() // two seconds are encoded at once here: other listeners are served in between
        continue
      }
      this.#wake = new AbortController()
      await this.#clock.until(dueMs, this.#wake.signal).catch(() => {}) // more has come: look again
    }
  }

  /** Sends a block, or a moment of silence, if its time has come. When to look again. */
  #sendNext(turn: Turn): number {
    const nowMs = this.#clock.nowMs()
    const sentToMs = turn.sinceMs + turn.sentMs
    const block = this.#blocks.next(nowMs + aheadMs)
    if (block) {
      if (sentToMs > nowMs + aheadMs) return sentToMs - aheadMs
      this.#blocks.markSent()
      turn.sentMs += durationOf(block)
      this.#encode(turn, block.samples, block.sampleRateHz)
      return nowMs
    }
    const silentFromMs = Math.max(sentToMs - silenceAheadMs, this.#stirredAtMs + quietMs)
    if (silentFromMs > nowMs) return silentFromMs
    const { sampleRateHz } = turn.encoder
    turn.sentMs += silenceMs
    this.#encode(turn, new Float32Array(2 * Math.round((silenceMs / 1000) * sampleRateHz)), sampleRateHz)
    return nowMs
  }

  #encode(turn: Turn, samples: Float32Array, sampleRateHz: number): void {
    const { encoder, joiner } = turn
    const joined = joiner.push(samples, sampleRateHz)
    if (joined.length > 0)
      this.#send(turn, encoder.encode(this.#volume.applied(joined, encoder.sampleRateHz)))
  }

  #send({ number }: Turn, bytes: Uint8Array): void {
    if (bytes.length > 0) this.#options.onBytes(number, bytes)
  }

  #end(): void {
    const turn = this.#turn
    if (turn) this.#send(turn, turn.encoder.end())
    this.leave()
    this.#options.onEnded()
  }
}
