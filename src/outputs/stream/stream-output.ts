// Sound for one who listens from elsewhere: encoded, and sent a little ahead of the room, so that it begins at once and
// never runs dry. While nothing plays it sends silence, so that players stay. In the audio thread; see listeners.ts for the other end.

import { setImmediate } from 'node:timers/promises'
import { type Encoder, openEncoder } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { type Output, perfectHealth } from '../../player/index.ts'
import { RateJoiner } from '../rate-joiner.ts'
import { VolumeRamp } from '../system/volume-ramp.ts'
import { parseStreamOutputId } from './stream-id.ts'
import { type BeginMessage, type LineEnd, type LineMessage, openLine } from './stream-line.ts'
import { durationOf, WaitingBlocks } from './waiting-blocks.ts'

/** How far a listener may be ahead of the room: what a browser wants before it plays (docs/protocol/page.md, section 5). */
const aheadMs = 2000
/** Silence is sent less far ahead: whoever presses play should not hear it first. */
const silenceAheadMs = 400
const silenceMs = 20

/** One listener's hearing, from the moment it came. */
interface Turn {
  readonly number: number
  readonly encoder: Encoder
  readonly joiner: RateJoiner
  readonly sinceMs: number
  /** How much sound was sent since. */
  sentMs: number
}

export function streamOutput(id: string, { clock, log }: { clock: Clock; log: Log }): Output {
  return new StreamOutput(id, clock, log)
}

class StreamOutput implements Output {
  readonly id: string
  readonly name: string
  readonly latencyMs = 0
  readonly earlyMs = aheadMs
  readonly #clock: Clock
  readonly #log: Log
  readonly #blocks = new WaitingBlocks()
  readonly #volume = new VolumeRamp()
  readonly #line: LineEnd<LineMessage>
  #turn: Turn | undefined
  #wanted = 0
  #sampleRateHz = 44_100
  #isClosed = false
  #wake = new AbortController()

  constructor(id: string, clock: Clock, log: Log) {
    this.id = id
    this.name = id
    this.#clock = clock
    this.#log = log
    this.#line = openLine<LineMessage, BeginMessage>(id, ({ turn }) => {
      this.#begin(turn).catch((error: unknown) => this.#log.error('a stream ends', { error: String(error) }))
    })
    this.#line.send({ kind: 'ready' })
  }

  async open({ sampleRateHz }: { sampleRateHz: number }): Promise<void> {
    this.#sampleRateHz = sampleRateHz
  }

  async write(block: { samples: Float32Array; atMs: number }): Promise<void> {
    this.#blocks.forget(this.#clock.nowMs(), this.#turn !== undefined)
    this.#blocks.push({ ...block, sampleRateHz: this.#sampleRateHz })
    this.#wake.abort()
  }

  async flush(fromMs: number): Promise<void> {
    this.#blocks.drop(fromMs)
  }

  async setVolume(percent: number): Promise<void> {
    this.#volume.set(percent)
  }

  health() {
    return perfectHealth
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#wake.abort()
    const rest = this.#turn?.encoder.end()
    if (this.#turn && rest) this.#send(this.#turn, rest)
    this.#turn = undefined
    this.#line.send({ kind: 'closed' })
    this.#line.close()
  }

  async #begin(number: number): Promise<void> {
    this.#wanted = number
    const { format } = parseStreamOutputId(this.id) ?? { format: 'wav' }
    const encoder = await openEncoder(format)
    if (this.#isClosed || number !== this.#wanted) return
    const nowMs = this.#clock.nowMs()
    const turn = { number, encoder, joiner: new RateJoiner(encoder.sampleRateHz), sinceMs: nowMs, sentMs: 0 }
    this.#turn = turn
    this.#blocks.rewind(nowMs)
    this.#volume.jump()
    this.#send(turn, encoder.header)
    this.#wake.abort()
    await this.#run(turn)
  }

  async #run(turn: Turn): Promise<void> {
    while (turn === this.#turn) {
      const dueMs = this.#sendNext(turn)
      if (dueMs <= this.#clock.nowMs()) {
        await setImmediate() // two seconds are encoded at once here: the other outputs are served in between
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
    if (sentToMs > nowMs + silenceAheadMs) return sentToMs - silenceAheadMs
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
    if (bytes.length > 0) this.#line.send({ kind: 'bytes', turn: number, bytes })
  }
}
