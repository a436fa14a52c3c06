// Songs decoded to WAV while they are sent. The work is done in one thread for all streams, which ends when none is open.

import { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { wavHeader, wavHeaderBytes } from '../../audio/index.ts'
import { KnownError } from '../../errors.ts'
import type { WavForm } from './wav-form.ts'
import type { WantedSound, WavAnswer, WavQuestion } from './wav-messages.ts'

const frameBytes = 4
/** Open at once. A player holds one or two; each costs some MB. */
const mostStreams = 16
/** When all are taken, one that has been read no further for so long makes room: its player pauses, and can ask again. */
const pausedMs = 30_000
/** A thread that takes longer for a fifth of a second of sound is stuck in a file. */
const patienceMs = 30_000
/** How long the thread waits for the next song. */
const idleMs = 60_000
/** So that a hostile file cannot make it grow without end. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 }

/**
 * Bytes of the song as a WAV file, from `start` on and exactly `length` of them.
 *
 * Fails   CANNOT_DECODE for a file that is not what its tags said, TOO_MANY_STREAMS.
 */
export async function wavStream(
  path: string,
  form: WavForm,
  start: number,
  length: number,
): Promise<Readable> {
  const header = wavHeader(form.shape, form.frames * frameBytes).subarray(start, start + length)
  const soundBytes = length - header.length
  if (soundBytes === 0) return Readable.from([header], { objectMode: false })
  const soundStart = Math.max(0, start - wavHeaderBytes)
  const fromFrame = Math.floor(soundStart / frameBytes)
  const skipBytes = soundStart - fromFrame * frameBytes
  const frames = Math.ceil((skipBytes + soundBytes) / frameBytes)
  const { sampleRateHz } = form.shape
  const source = await openSource({ path, sampleRateHz, fromFrame, frames })
  return readableOf(source, header, skipBytes, soundBytes)
}

function readableOf(source: Source, header: Uint8Array, skipBytes: number, soundBytes: number): Readable {
  let skip = skipBytes
  let left = soundBytes
  let isHeaderSent = header.length === 0

  async function next(): Promise<Uint8Array | null> {
    if (!isHeaderSent) {
      isHeaderSent = true
      return header
    }
    if (left === 0) return null
    const bytes = (await source.more()).subarray(skip).subarray(0, left)
    skip = 0
    left -= bytes.length
    return bytes
  }

  const readable = new Readable({
    read() {
      next().then(
        (bytes) => this.push(bytes),
        (error: Error) => this.destroy(error),
      )
    },
    destroy(error, done) {
      source.close()
      done(error)
    },
  })
  source.onTaken = () => readable.destroy(new KnownError('TOO_MANY_STREAMS'))
  return readable
}

// --- the thread

let running: WavThread | undefined
let lastStream = 0

async function openSource(want: WantedSound): Promise<Source> {
  running ??= new WavThread()
  const thread = running
  thread.makeRoom()
  lastStream += 1
  const source = new Source(thread, lastStream)
  try {
    await source.open(want)
    return source
  } catch (error) {
    source.close()
    throw error
  }
}

/** One open song in the thread. */
class Source {
  readonly #thread: WavThread
  readonly #stream: number
  lastReadMs = performance.now()
  /** Another stream got its place. */
  onTaken: () => void = () => undefined

  constructor(thread: WavThread, stream: number) {
    this.#thread = thread
    this.#stream = stream
    thread.sources.set(stream, this)
  }

  async open(want: WantedSound): Promise<void> {
    await this.#thread.ask({ kind: 'open', stream: this.#stream, want })
  }

  async more(): Promise<Uint8Array> {
    this.lastReadMs = performance.now()
    const bytes = await this.#thread.ask({ kind: 'more', stream: this.#stream })
    if (bytes === undefined || bytes.length === 0) throw new KnownError('CANNOT_DECODE')
    return bytes
  }

  close(): void {
    this.#thread.close(this.#stream)
  }
}

interface Asked {
  resolve(bytes: Uint8Array | undefined): void
  reject(error: Error): void
  readonly patience: NodeJS.Timeout
}

class WavThread {
  readonly sources = new Map<number, Source>()
  readonly #asked = new Map<number, Asked>()
  readonly #worker: Worker
  #idle: NodeJS.Timeout | undefined

  constructor() {
    const file = import.meta.url.endsWith('.ts') ? './wav-worker.ts' : './wav-worker.js'
    this.#worker = new Worker(new URL(file, import.meta.url), {
      name: 'wav',
      resourceLimits,
    })
    this.#worker.on('message', (answer: WavAnswer) => this.#hear(answer))
    this.#worker.once('error', () => this.#end())
    this.#worker.once('exit', () => this.#end())
    this.#worker.unref() // after the listeners, which hold on to it
  }

  /** Room for one more, or TOO_MANY_STREAMS. */
  makeRoom(): void {
    clearTimeout(this.#idle)
    if (this.sources.size < mostStreams) return
    const [longest] = [...this.sources.values()].toSorted((one, other) => one.lastReadMs - other.lastReadMs)
    if (longest === undefined || performance.now() - longest.lastReadMs < pausedMs)
      throw new KnownError('TOO_MANY_STREAMS')
    longest.onTaken()
    longest.close()
  }

  /** One question of a stream at a time. */
  ask(question: WavQuestion): Promise<Uint8Array | undefined> {
    return new Promise((resolve, reject) => {
      if (!this.sources.has(question.stream)) return reject(new KnownError('CANNOT_DECODE'))
      const patience = setTimeout(() => this.#end(), patienceMs).unref()
      this.#asked.set(question.stream, { resolve, reject, patience })
      this.#worker.postMessage(question)
    })
  }

  close(stream: number): void {
    if (!this.sources.delete(stream)) return
    this.#answered(stream)?.reject(new KnownError('CANNOT_DECODE'))
    this.#worker.postMessage({ kind: 'close', stream } satisfies WavQuestion)
    if (this.sources.size === 0) this.#idle = setTimeout(() => this.#end(), idleMs).unref()
  }

  #hear(answer: WavAnswer): void {
    const asked = this.#answered(answer.stream)
    if (answer.kind === 'done') asked?.resolve(answer.bytes)
    else asked?.reject(new KnownError('CANNOT_DECODE', { reason: answer.reason }))
  }

  #answered(stream: number): Asked | undefined {
    const asked = this.#asked.get(stream)
    this.#asked.delete(stream)
    clearTimeout(asked?.patience)
    return asked
  }

  /** It idled, died, or hangs: what was asked fails, and the next song starts another. */
  #end(): void {
    if (running === this) running = undefined
    clearTimeout(this.#idle)
    for (const stream of [...this.sources.keys()]) {
      this.sources.delete(stream)
      this.#answered(stream)?.reject(new KnownError('CANNOT_DECODE'))
    }
    void this.#worker.terminate()
  }
}
