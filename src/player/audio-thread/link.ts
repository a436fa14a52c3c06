// The player's side of the audio thread. Should the thread die or stand still, it is started anew with the same
// outputs, and `onLost` is called.

import { Worker } from 'node:worker_threads'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type {
  AudioEvent,
  AudioFault,
  AudioRequestName,
  AudioRequests,
  RequestMessage,
  WorkerMessage,
} from './messages.ts'

/** A thread that dies this young, this often, is left alone for a while. */
const earlyMs = 2000
const mostEarlyDeaths = 3
const restMs = 10_000
const cannotStart = 'The audio thread does not start.'
/** A thread that does not answer for so many pulses hangs. */
const pulseMs = 5000
const mostMissedPulses = 3

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
  /** `isBack`: a new thread runs, with nothing loaded; else there is none. */
  readonly onLost: (isBack: boolean) => void
  /** Tests have less time. */
  readonly pulseMs?: number
}

interface Asked {
  readonly name: AudioRequestName
  readonly ask: RequestMessage['ask']
  resolve(answer: unknown): void
  reject(error: unknown): void
}

export function openAudioLink(options: AudioLinkOptions): AudioLink {
  const link = new Link(options)
  return { ask: (name, ask) => link.ask(name, ask), close: () => link.close() }
}

class Link {
  readonly #options: AudioLinkOptions
  readonly #asked = new Map<number, Asked>()
  readonly #pulse: NodeJS.Timeout
  #lastId = 0
  #isClosing = false
  /** undefined: it does not start, for now. */
  #worker: Worker | undefined
  #startedAtMs = 0
  #earlyDeaths = 0
  #missedPulses = 0
  /** It lived long enough to answer something. */
  #hasSpoken = false
  /** What a new thread must be told first. */
  #outputs: AudioRequests['outputs']['ask'] | undefined

  constructor(options: AudioLinkOptions) {
    this.#options = options
    this.#start()
    this.#pulse = setInterval(() => this.#feelPulse(), options.pulseMs ?? pulseMs).unref()
  }

  ask<Name extends AudioRequestName>(
    name: Name,
    ask: AudioRequests[Name]['ask'],
  ): Promise<AudioRequests[Name]['answer']> {
    return new Promise((resolve, reject) => {
      if (this.#isClosing) return reject(new KnownError('SHUTTING_DOWN'))
      if (name === 'outputs' || name === 'volumes') this.#outputs = ask as AudioRequests['outputs']['ask']
      const hasRested = performance.now() - this.#startedAtMs > restMs
      if (this.#worker === undefined && hasRested) this.#start()
      if (this.#worker === undefined) return reject(new KnownError('NO_OUTPUT', { reason: cannotStart }))
      this.#post(this.#worker, { name, ask, resolve: resolve as Asked['resolve'], reject })
    })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#pulse)
    await this.#worker?.terminate()
  }

  #start(): void {
    // No flags of the main thread: some of them (-e, --test) mean nothing to a worker's file.
    const worker = new Worker(this.#options.worker, { name: 'audio', execArgv: [] })
    this.#worker = worker
    this.#startedAtMs = performance.now()
    this.#missedPulses = 0
    this.#hasSpoken = false
    worker.on('message', (message: WorkerMessage) => {
      if (worker === this.#worker) this.#receive(message)
    })
    worker.on('error', (error) =>
      this.#options.log.error('the audio thread failed', { error: String(error) }),
    )
    worker.on('exit', () => this.#lost(worker))
    if (this.#outputs === undefined) return
    // Trouble with them is told by events.
    this.#post(worker, { name: 'outputs', ask: this.#outputs, resolve() {}, reject() {} })
  }

  #post(worker: Worker, asked: Asked): void {
    this.#lastId += 1
    this.#asked.set(this.#lastId, asked)
    const { name, ask } = asked
    worker.postMessage({ id: this.#lastId, name, ask } satisfies RequestMessage)
  }

  #receive(message: WorkerMessage): void {
    this.#hasSpoken = true
    if (message.kind === 'event') return this.#options.onEvent(message.event)
    if (message.kind === 'log') return this.#options.log[message.level](message.message)
    const asked = this.#asked.get(message.id)
    this.#asked.delete(message.id)
    if (message.kind === 'answer') asked?.resolve(message.answer)
    else asked?.reject(errorOf(message.fault))
  }

  #feelPulse(): void {
    const worker = this.#worker
    if (worker === undefined) return
    if (this.#missedPulses < mostMissedPulses) {
      this.#missedPulses += 1
      const isAlive = () => {
        this.#missedPulses = 0
      }
      return this.#post(worker, { name: 'pulse', ask: {}, resolve: isAlive, reject() {} })
    }
    this.#options.log.error('the audio thread hangs')
    // Not waited for: its end may hang as well, in the system.
    void worker.terminate()
    this.#lost(worker)
  }

  #lost(ended: Worker): void {
    if (this.#isClosing || ended !== this.#worker) return
    const isEarly = performance.now() - this.#startedAtMs < earlyMs
    this.#earlyDeaths = isEarly ? this.#earlyDeaths + 1 : 0
    const isBack = this.#earlyDeaths < mostEarlyDeaths
    const asked = [...this.#asked.values()]
    this.#asked.clear()
    this.#worker = undefined
    const hadSpoken = this.#hasSpoken
    if (isBack) this.#start()
    else this.#earlyDeaths = 0
    this.#options.log.warn(isBack ? 'the audio thread was started anew' : cannotStart)
    for (const each of asked) {
      // One that never answered died of itself, not of what it was asked.
      if (this.#worker !== undefined && !hadSpoken) this.#post(this.#worker, each)
      else answerForLost(each, isBack)
    }
    this.#options.onLost(isBack)
  }
}

/** The new thread has its outputs and nothing loaded: what only wanted that is done. */
function answerForLost({ name, resolve, reject }: Asked, isBack: boolean): void {
  if (!isBack) reject(new KnownError('NO_OUTPUT', { reason: cannotStart }))
  else if (name === 'play' || name === 'resume')
    reject(new KnownError('CANNOT_DECODE', { reason: 'the decoder broke down' }))
  else resolve(undefined)
}

function errorOf({ code, reason }: AudioFault): Error {
  if (code === undefined) return new Error(`audio thread: ${reason}`)
  return new KnownError(code, reason === '' ? {} : { reason })
}
