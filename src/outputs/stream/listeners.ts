// Those who listen from elsewhere, each an output of the player while it is connected and a moment longer: a page that
// loads its sound anew, as after a skip, keeps its place among the speakers. The host's end of each line.

import { Readable } from 'node:stream'
import type { EncodedFormat } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Player } from '../../player/index.ts'
import { parseStreamOutputId, streamOutputId } from './stream-id.ts'
import { type BeginMessage, type LineEnd, type LineMessage, openLine } from './stream-line.ts'

export interface ListenerRequest {
  /** Public: it names the outputs. */
  readonly streamId: string
  /** Of the output, as people see it. */
  readonly name: string
  readonly format: EncodedFormat
}

export interface Listeners {
  /** The sound from now on, without an end of its own; it ends when the output is switched off. TOO_MANY_LISTENERS. */
  connect(request: ListenerRequest): Promise<Readable>
  /** Outputs that somebody listens to now. */
  list(): readonly { readonly streamId: string; readonly outputId: string; readonly format: EncodedFormat }[]
  /** Ends what this stream sends, at once. */
  endAllOf(streamId: string): Promise<void>
  close(): void
}

export interface ListenersOptions {
  readonly player: Pick<Player, 'state' | 'addGuest' | 'removeGuest'>
  readonly clock: Clock
}

/** At once, of all, and of one stream. */
const mostListeners = 8
const mostOfStream = 4
/** What a listener leaves unread: a quarter of a minute at least in every form but WAV. Then it is let go. */
const mostUnreadBytes = 1024 * 1024
/** For the one who has gone to come back. */
const stayMs = 10_000

export function openListeners({ player, clock }: ListenersOptions): Listeners {
  const seats = new Map<string, Seat>()
  const volumes = new Map<string, number>()
  let isClosed = false

  const taken = () => [...seats.values()].filter(({ isTaken }) => isTaken)

  function seatFor(request: ListenerRequest): Seat {
    const isOwn = ({ streamId }: Seat) => streamId === request.streamId
    const others = taken()
    if (others.length >= mostListeners || others.filter(isOwn).length >= mostOfStream)
      throw new KnownError('TOO_MANY_LISTENERS')
    const free = [...seats.values()].find(
      (seat) => isOwn(seat) && seat.format === request.format && !seat.isTaken,
    )
    return free ?? newSeat(request)
  }

  function newSeat({ streamId, format }: ListenerRequest): Seat {
    let number = 1
    while (seats.has(streamOutputId({ streamId, format, number }))) number += 1
    const seat = new Seat(streamOutputId({ streamId, format, number }), (left) => void waitFor(left))
    seats.set(seat.outputId, seat)
    return seat
  }

  /** Takes the seat away unless somebody sits down in it again. */
  async function waitFor(seat: Seat): Promise<void> {
    await clock.until(clock.nowMs() + stayMs, seat.untilTaken).catch(() => {})
    if (!seat.isTaken) await takeAway(seat, 'stopped listening')
  }

  async function takeAway(seat: Seat, what: string): Promise<void> {
    if (!seats.delete(seat.outputId)) return
    seat.close()
    const output = player.state.outputs.find(({ id }) => id === seat.outputId)
    if (output === undefined || isClosed) return
    volumes.set(seat.outputId, output.relativeVolumePercent)
    await player.removeGuest(seat.outputId, `${output.name}: ${what}`).catch(() => {}) // said in the log
  }

  return {
    async connect(request) {
      if (isClosed) throw new KnownError('SHUTTING_DOWN')
      const seat = seatFor(request)
      const sound = seat.take()
      const { number } = parseStreamOutputId(seat.outputId) ?? { number: 1 }
      const name = number === 1 ? request.name : `${request.name} ${number}`
      const relativeVolumePercent = volumes.get(seat.outputId) ?? 100
      const isOn = player.state.outputs.some(({ id, isOn }) => id === seat.outputId && isOn)
      try {
        if (!isOn)
          await player.addGuest({ id: seat.outputId, name, relativeVolumePercent }, `${name}: listens`)
      } catch (error) {
        sound.destroy()
        throw error
      }
      return sound
    },
    list: () => taken().map(({ streamId, outputId, format }) => ({ streamId, outputId, format })),
    async endAllOf(streamId) {
      const own = [...seats.values()].filter((seat) => seat.streamId === streamId)
      for (const { outputId } of own) volumes.delete(outputId)
      await Promise.all(own.map((seat) => takeAway(seat, 'may no longer listen')))
    },
    close() {
      isClosed = true
      for (const seat of seats.values()) seat.close()
      seats.clear()
    },
  }
}

/** One output's place for one listener at a time. */
class Seat {
  readonly outputId: string
  readonly streamId: string
  readonly format: EncodedFormat
  readonly #line: LineEnd<BeginMessage>
  readonly #onLeft: (seat: Seat) => void
  #sound: Readable | undefined
  #turn = 0
  /** The output is there, at the other end. */
  #isReady = false
  #hasBegun = false
  #retaken = new AbortController()

  constructor(outputId: string, onLeft: (seat: Seat) => void) {
    const { streamId = '', format = 'wav' } = parseStreamOutputId(outputId) ?? {}
    this.outputId = outputId
    this.streamId = streamId
    this.format = format
    this.#onLeft = onLeft
    this.#line = openLine<BeginMessage, LineMessage>(outputId, (message) => this.#hear(message))
  }

  get isTaken(): boolean {
    return this.#sound !== undefined
  }

  /** Aborted once it is taken again. */
  get untilTaken(): AbortSignal {
    return this.#retaken.signal
  }

  take(): Readable {
    this.#retaken.abort()
    this.#retaken = new AbortController()
    const sound = new Readable({ read() {}, highWaterMark: mostUnreadBytes })
    sound.once('close', () => {
      if (this.#sound !== sound) return
      this.#sound = undefined
      this.#onLeft(this)
    })
    this.#sound = sound
    this.#turn += 1
    this.#hasBegun = false
    if (this.#isReady) this.#begin()
    return sound
  }

  close(): void {
    this.#line.close()
    const sound = this.#sound
    this.#sound = undefined
    this.#retaken.abort()
    sound?.destroy()
  }

  #begin(): void {
    this.#hasBegun = true
    this.#line.send({ kind: 'begin', turn: this.#turn })
  }

  #hear(message: LineMessage): void {
    if (message.kind === 'bytes') return this.#pass(message)
    this.#isReady = message.kind === 'ready'
    // A new thread, or none: what follows would not fit to what was sent.
    if (this.#hasBegun) this.#sound?.push(null)
    else if (this.#isReady && this.isTaken) this.#begin()
  }

  #pass({ turn, bytes }: Extract<LineMessage, { kind: 'bytes' }>): void {
    const sound = this.#sound
    if (sound === undefined || turn !== this.#turn || sound.readableEnded) return
    if (sound.readableLength > mostUnreadBytes) sound.destroy()
    else sound.push(bytes)
  }
}
