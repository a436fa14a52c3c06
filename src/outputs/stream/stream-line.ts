// The line between the output, in the audio thread, and who sends its bytes on, in the host's: both ends meet under the
// output's id. A listener that comes anew begins a new turn: what was made for the one before it is told apart by that.

import { BroadcastChannel } from 'node:worker_threads'

/** From the output. */
export type LineMessage =
  /** It is there, and waits to be told that somebody listens. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'bytes'; readonly turn: number; readonly bytes: Uint8Array }
  /** Switched off. */
  | { readonly kind: 'closed' }

/** To the output: somebody listens, from now on. */
export interface BeginMessage {
  readonly kind: 'begin'
  readonly turn: number
}

export interface LineEnd<Sent> {
  send(message: Sent): void
  close(): void
}

/** `hear` is called with what the other end sends. Does not keep the process alive. */
export function openLine<Sent, Heard>(id: string, hear: (message: Heard) => void): LineEnd<Sent> {
  const channel = new BroadcastChannel(id)
  channel.onmessage = (event) => hear((event as { data: Heard }).data)
  channel.unref()
  return { send: (message) => channel.postMessage(message), close: () => channel.close() }
}
