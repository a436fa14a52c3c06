// One output's place for one listener at a time. A listener that comes anew begins a new turn: what was still under way
// for the one before it is told apart by that.

import { Readable } from 'node:stream'
import type { SentBytes, StreamThread, ThreadAnswer } from './stream-thread.ts'

/** What a listener leaves unread: a quarter of a minute at least in every form but WAV. Then it is let go. */
const mostUnreadBytes = 1024 * 1024

export interface SeatOptions {
  readonly outputId: string
  readonly thread: StreamThread
  /** The listener has gone; the seat may be taken again. */
  readonly onLeft: () => void
}

export class Seat {
  readonly #options: SeatOptions
  readonly #isOpen = Promise.withResolvers<void>()
  #sound: Readable | undefined
  #turn = 0
  #retaken = new AbortController()

  constructor(options: SeatOptions) {
    this.#options = options
    options.thread.ask('open', options.outputId)
  }

  get isTaken(): boolean {
    return this.#sound !== undefined
  }

  /** Aborted once it is taken again. */
  get untilTaken(): AbortSignal {
    return this.#retaken.signal
  }

  /** Resolves once the output's sound would be heard; what is sent begins with `begin`. */
  async take(): Promise<Readable> {
    const { outputId, thread, onLeft } = this.#options
    this.#retaken.abort()
    this.#retaken = new AbortController()
    const sound = new Readable({ read() {}, highWaterMark: mostUnreadBytes })
    sound.once('close', () => {
      if (this.#sound !== sound) return
      this.#sound = undefined
      thread.ask('leave', outputId)
      onLeft()
    })
    this.#sound = sound
    this.#turn += 1
    await this.#isOpen.promise
    return sound
  }

  begin(): void {
    this.#options.thread.ask('begin', this.#options.outputId, this.#turn)
  }

  hear(answer: ThreadAnswer): void {
    if (answer.kind === 'bytes') this.#pass(answer)
    else if (answer.kind === 'open') this.#isOpen.resolve()
    else this.#sound?.push(null)
  }

  close(): void {
    this.#options.thread.ask('close', this.#options.outputId)
    const sound = this.#sound
    this.#sound = undefined
    this.#isOpen.resolve()
    this.#retaken.abort()
    sound?.destroy()
  }

  #pass({ turn, bytes }: SentBytes): void {
    const sound = this.#sound
    if (sound === undefined || turn !== this.#turn || sound.readableEnded) return
    if (sound.readableLength > mostUnreadBytes) sound.destroy()
    else sound.push(bytes)
  }
}
