// The line from the output, in the audio thread, to the pump that encodes, in another: both meet under the output's id.

import { BroadcastChannel } from 'node:worker_threads'
import type { RatedBlock } from './waiting-blocks.ts'

export type SoundMessage =
  | { readonly kind: 'block'; readonly block: RatedBlock }
  /** Takes back what is due at `fromMs` or later. */
  | { readonly kind: 'flush'; readonly fromMs: number }
  | { readonly kind: 'volume'; readonly percent: number }
  /** Switched off. */
  | { readonly kind: 'closed' }

export interface LineEnd {
  send(message: SoundMessage): void
  close(): void
}

/** `hear` is called with what the other end sends. Does not keep the process alive. */
export function openLine(outputId: string, hear: (message: SoundMessage) => void = () => {}): LineEnd {
  const channel = new BroadcastChannel(outputId)
  channel.onmessage = (event) => hear((event as { data: SoundMessage }).data)
  channel.unref()
  return { send: (message) => channel.postMessage(message), close: () => channel.close() }
}
