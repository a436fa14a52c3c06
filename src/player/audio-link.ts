// The player's side of the audio thread. Should the thread ever die, it is started anew and `onLost` is called.

import { Worker } from 'node:worker_threads'
import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'
import type {
  AudioEvent,
  AudioFault,
  AudioRequestName,
  AudioRequests,
  RequestMessage,
  WorkerMessage,
} from './audio-messages.ts'

/** A thread that dies this young, this often, is not started again. */
const earlyMs = 2000
const mostEarlyDeaths = 3
const cannotStart = 'The audio thread does not start.'

export interface AudioLink {
  ask<Name extends AudioRequestName>(
    name: Name,
    ask: AudioRequests[Name]['ask'],
  ): Promise<AudioRequests[Name]['answer']>
  close(): Promise<void>
}

export interface AudioLinkOptions {
  readonly worker: URL
  readonly log: Log
  readonly onEvent: (event: AudioEvent) => void
  readonly onLost: () => void
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: unknown): void
}

export function openAudioLink({ worker: file, log, onEvent, onLost }: AudioLinkOptions): AudioLink {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let isClosing = false
  let earlyDeaths = 0
  let worker = start()

  function start(): Worker {
    // No flags of the main thread: some of them (-e, --test) mean nothing to a worker's file.
    const started = new Worker(file, { name: 'audio', execArgv: [] })
    const startedAtMs = performance.now()
    started.on('message', receive)
    started.on('error', (error) => log.error('the audio thread failed', { error: String(error) }))
    started.on('exit', () => {
      earlyDeaths = performance.now() - startedAtMs < earlyMs ? earlyDeaths + 1 : 0
      lost(started)
    })
    return started
  }

  function receive(message: WorkerMessage): void {
    if (message.kind === 'event') return onEvent(message.event)
    if (message.kind === 'log') return log[message.level](message.message)
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'answer') asked?.resolve(message.answer)
    else asked?.reject(errorOf(message.fault))
  }

  function lost(ended: Worker): void {
    if (isClosing || ended !== worker) return
    const asked = [...waiting.values()]
    waiting.clear()
    if (earlyDeaths >= mostEarlyDeaths) {
      for (const { reject } of asked) reject(new KnownError('NO_OUTPUT', { reason: cannotStart }))
      return
    }
    worker = start()
    for (const { reject } of asked)
      reject(new KnownError('CANNOT_DECODE', { reason: 'the decoder broke down' }))
    onLost()
  }

  return {
    ask: (name, ask) =>
      new Promise((resolve, reject) => {
        if (isClosing) return reject(new KnownError('SHUTTING_DOWN'))
        if (earlyDeaths >= mostEarlyDeaths)
          return reject(new KnownError('NO_OUTPUT', { reason: cannotStart }))
        lastId += 1
        waiting.set(lastId, { resolve: resolve as Waiting['resolve'], reject })
        const message: RequestMessage = { id: lastId, name, ask }
        worker.postMessage(message)
      }),
    async close() {
      isClosing = true
      await worker.terminate()
    },
  }
}

function errorOf({ code, reason }: AudioFault): Error {
  if (code === undefined) return new Error(`audio thread: ${reason}`)
  return new KnownError(code, reason === '' ? {} : { reason })
}
