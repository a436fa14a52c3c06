// Those who listen from elsewhere, each an output of the player while it is connected and a moment longer: a page that
// loads its sound anew, as after a skip, keeps its place among the speakers.

import type { Readable } from 'node:stream'
import type { EncodedFormat } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Player } from '../../player/index.ts'
import { Seat } from './seat.ts'
import { parseStreamOutputId, type StreamOutputId, streamOutputId } from './stream-id.ts'
import { openStreamThread, type StreamThread } from './stream-thread.ts'

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
  /** Tests bring one without sound. */
  readonly openThread?: typeof openStreamThread
}

/** At once, of all, and of one stream. */
const mostListeners = 8
const mostOfStream = 4
/** For the one who has gone to come back. */
const stayMs = 10_000

export function openListeners({ player, clock, openThread = openStreamThread }: ListenersOptions): Listeners {
  const seats = new Map<string, Seat>()
  const volumes = new Map<string, number>()
  let thread: StreamThread | undefined
  let isClosed = false

  const known = () =>
    [...seats].map(([outputId, { isTaken }]) => Object.assign({ outputId, isTaken }, idParts(outputId)))

  /** The output's id: a place that was left, or a new one. */
  function placeFor({ streamId, format }: ListenerRequest): string {
    const all = known()
    const taken = all.filter(({ isTaken }) => isTaken)
    const own = taken.filter((one) => one.streamId === streamId)
    if (taken.length >= mostListeners || own.length >= mostOfStream)
      throw new KnownError('TOO_MANY_LISTENERS')
    let number = 1
    const outputId = () => streamOutputId({ streamId, format, number })
    while (seats.get(outputId())?.isTaken) number += 1
    return outputId()
  }

  function seatAt(outputId: string): Seat {
    const free = seats.get(outputId)
    if (free) return free
    thread ??= openThread({
      onAnswer: (answer) => seats.get(answer.outputId)?.hear(answer),
      onLost: () => {
        thread = undefined
        for (const id of [...seats.keys()]) void takeAway(id, 'cannot be reached')
      },
    })
    const seat = new Seat({ outputId, thread, onLeft: () => void waitFor(outputId, seat) })
    seats.set(outputId, seat)
    return seat
  }

  /** Takes the seat away unless somebody sits down in it again. */
  async function waitFor(outputId: string, seat: Seat): Promise<void> {
    await clock.until(clock.nowMs() + stayMs, seat.untilTaken).catch(() => {})
    if (!seat.isTaken && seats.get(outputId) === seat) await takeAway(outputId, 'stopped listening')
  }

  async function takeAway(outputId: string, what: string): Promise<void> {
    const seat = seats.get(outputId)
    if (!seat) return
    seats.delete(outputId)
    seat.close()
    if (seats.size === 0) closeThread()
    await removeGuest(outputId, what)
  }

  async function removeGuest(outputId: string, what: string): Promise<void> {
    const output = player.state.outputs.find(({ id }) => id === outputId)
    if (output === undefined || isClosed) return
    volumes.set(outputId, output.relativeVolumePercent)
    await player.removeGuest(outputId, `${output.name}: ${what}`).catch(() => {}) // said in the log
  }

  function closeThread(): void {
    thread?.close()
    thread = undefined
  }

  return {
    async connect(request) {
      if (isClosed) throw new KnownError('SHUTTING_DOWN')
      const outputId = placeFor(request)
      const seat = seatAt(outputId)
      const sound = await seat.take()
      const { number } = idParts(outputId)
      const name = number === 1 ? request.name : `${request.name} ${number}`
      const isOn = player.state.outputs.some(({ id, isOn: on }) => id === outputId && on)
      const relativeVolumePercent = volumes.get(outputId) ?? 100
      try {
        if (!isOn) await player.addGuest({ id: outputId, name, relativeVolumePercent }, `${name}: listens`)
      } catch (error) {
        sound.destroy()
        throw error
      }
      if (seats.get(outputId) === seat) seat.begin()
      else await removeGuest(outputId, 'may no longer listen') // taken away meanwhile
      return sound
    },
    list: () =>
      known()
        .filter(({ isTaken }) => isTaken)
        .map(({ streamId, outputId, format }) => ({ streamId, outputId, format })),
    async endAllOf(streamId) {
      const own = known().filter((one) => one.streamId === streamId)
      await Promise.all(own.map(({ outputId }) => takeAway(outputId, 'may no longer listen')))
      for (const { outputId } of own) volumes.delete(outputId)
    },
    close() {
      isClosed = true
      for (const seat of seats.values()) seat.close()
      seats.clear()
      closeThread()
    },
  }
}

function idParts(outputId: string): StreamOutputId {
  const parts = parseStreamOutputId(outputId)
  if (!parts) throw new Error(`${outputId} is no stream`) // made by streamOutputId alone
  return parts
}
