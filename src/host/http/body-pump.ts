// Sends every large body of the process: one piece of one of them, then the next one's turn, and other requests between.
// A big buffer given to the socket at once, or eight of them, would hold up everybody.

import type { ServerResponse } from 'node:http'
import { ClientGone } from './http-message.ts'
import type { LargeBody, Piece } from './large-body.ts'
import { type Zipper, zipperOf } from './zipped-pieces.ts'

export interface Sending {
  readonly response: ServerResponse
  readonly body: LargeBody
  readonly isZipped: boolean
  /** Ends it before its end, as when the session is over; the connection goes with it. */
  readonly endsWith?: AbortSignal | undefined
}

/** A turn of the loop ends after this, or after one piece that takes longer. */
const mostTurnMs = 1

/** In the order of their turns; those whose socket is full wait elsewhere. */
const ready: Transfer[] = []
let isScheduled = false

/** Resolves when the last byte was handed to the socket; rejects when the client has gone or the session has ended. */
export function sendLargeBody(sending: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const transfer = new Transfer(sending, (error) => (error ? reject(error) : resolve()))
    transfer.start()
  })
}

function queue(transfer: Transfer): void {
  ready.push(transfer)
  if (isScheduled) return
  isScheduled = true
  setImmediate(turn)
}

function turn(): void {
  isScheduled = false
  const endMs = performance.now() + mostTurnMs
  do {
    const transfer = ready.shift()
    if (transfer === undefined) return
    transfer.step()
  } while (performance.now() < endMs)
  if (ready.length > 0 && !isScheduled) {
    isScheduled = true
    setImmediate(turn)
  }
}

/** What is made and not yet written: one piece ahead, so that zipping and sending go on side by side. */
const mostZipping = 2

class Transfer {
  readonly #response: ServerResponse
  readonly #body: LargeBody
  readonly #endsWith: AbortSignal | undefined
  readonly #finished: (error?: unknown) => void
  readonly #zipper: Zipper | undefined
  #next = 0
  #isOver = false
  #isQueued = false

  constructor({ response, body, isZipped, endsWith }: Sending, finished: (error?: unknown) => void) {
    this.#response = response
    this.#body = body
    this.#endsWith = endsWith
    this.#finished = finished
    if (isZipped) this.#zipper = zipperOf(body, mostZipping)
  }

  start(): void {
    this.#response.on('close', this.#onClose).on('drain', this.#onReady)
    this.#endsWith?.addEventListener('abort', this.#onEnded, { once: true })
    if (this.#response.destroyed) this.#end(new ClientGone())
    else if (this.#endsWith?.aborted) this.#onEnded()
    else this.#onReady()
  }

  /** Sends one piece, if the socket has room. */
  step(): void {
    this.#isQueued = false
    if (this.#isOver || this.#response.writableNeedDrain) return
    try {
      if (this.#zipper) this.#stepZipped(this.#zipper)
      else this.#stepPlain()
    } catch (error) {
      this.#response.destroy()
      this.#end(error)
    }
  }

  #stepPlain(): void {
    const piece = this.#next < this.#body.pieceCount ? this.#body.piece(this.#next) : undefined
    this.#next += 1
    if (piece) this.#write(piece)
    if (this.#next >= this.#body.pieceCount) this.#finish()
    else this.#onReady()
  }

  #stepZipped(zipper: Zipper): void {
    // Without a signal of its own: what is being zipped when the client goes is finished and forgotten.
    const bytes = zipper.take(this.#onReady)
    if (bytes) this.#write({ bytes, release() {} })
    if (zipper.isDone) this.#finish()
    else if (bytes || zipper.isReady) this.#onReady()
  }

  #write({ bytes, release }: Piece): void {
    this.#response.write(bytes, release)
  }

  #finish(): void {
    this.#response.end()
    this.#end()
  }

  #end(error?: unknown): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#response.off('close', this.#onClose).off('drain', this.#onReady)
    this.#endsWith?.removeEventListener('abort', this.#onEnded)
    this.#zipper?.end()
    this.#finished(error)
  }

  readonly #onReady = (): void => {
    if (this.#isOver || this.#isQueued || this.#response.writableNeedDrain) return
    this.#isQueued = true
    queue(this)
  }

  readonly #onClose = (): void => this.#end(new ClientGone())

  readonly #onEnded = (): void => {
    this.#response.destroy()
    this.#end(new ClientGone())
  }
}
