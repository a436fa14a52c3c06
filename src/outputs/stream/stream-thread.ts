// The host's side of the thread that encodes: there while somebody listens.

import { Worker } from 'node:worker_threads'

export interface ThreadRequest {
  /** 'open' hears an output from now on; 'begin' and 'leave' are its listener's; 'close' ends all of it. */
  readonly kind: 'open' | 'begin' | 'leave' | 'close'
  readonly outputId: string
  /** Of 'begin'. */
  readonly turn: number
}

export type ThreadAnswer =
  /** It hears; 'ended': the output was switched off. */
  { readonly kind: 'open' | 'ended'; readonly outputId: string } | SentBytes

export interface SentBytes {
  readonly kind: 'bytes'
  readonly outputId: string
  readonly turn: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface StreamThread {
  ask(kind: ThreadRequest['kind'], outputId: string, turn?: number): void
  close(): void
}

export interface StreamThreadOptions {
  readonly onAnswer: (answer: ThreadAnswer) => void
  /** It died: whoever listened hears no more. */
  readonly onLost: () => void
}

const worker = new URL(
  import.meta.url.endsWith('.ts') ? './stream-worker.ts' : './stream-worker.js', // built, the ending changes
  import.meta.url,
)

export function openStreamThread({ onAnswer, onLost }: StreamThreadOptions): StreamThread {
  // No flags of the main thread: some of them (-e, --test) mean nothing to a worker's file.
  const thread = new Worker(worker, { name: 'streams', execArgv: [] })
  let isClosed = false
  thread.unref()
  thread.on('message', onAnswer)
  thread.on('error', () => {}) // it exits, then
  thread.on('exit', () => {
    if (!isClosed) onLost()
  })
  return {
    ask: (kind, outputId, turn = 0) => thread.postMessage({ kind, outputId, turn } satisfies ThreadRequest),
    close() {
      isClosed = true
      void thread.terminate()
    },
  }
}
