// The thread that decodes songs for players which cannot play their format (wav-stream.ts starts it).

import { parentPort } from 'node:worker_threads'
import { type Decoder, openDecoder, resampled, toWholeNumbers } from '../../audio/index.ts'
import { KnownError } from '../../errors.ts'
import type { WantedSound, WavAnswer, WavQuestion } from './wav-messages.ts'

if (parentPort === null) throw new Error('wav-worker.ts is started by wav-stream.ts, in a thread of its own')
const port = parentPort
// The wasm decoders print to the console what they also return as errors.
// oxlint-disable-next-line no-console -- silenced, not used
console.error = () => undefined

/** About a fifth of a second, 32 KB. */
const framesPerAnswer = 8192

interface OpenStream {
  readonly decoder: Decoder
  readonly sound: AsyncGenerator<Float32Array, void>
  framesLeft: number
}

/** What is asked of a stream is done one after the other: a decoder is not closed while it decodes. */
const streams = new Map<number, Promise<OpenStream>>()

port.on('message', (question: WavQuestion) => {
  const { kind, stream } = question
  if (kind === 'open') {
    const opening = open(question.want)
    streams.set(stream, opening)
    answer(
      stream,
      opening.then(() => undefined),
    )
    return
  }
  const opened = streams.get(stream)
  if (opened === undefined) return
  if (kind === 'more') {
    const made = opened.then(more)
    streams.set(
      stream,
      made.then(
        () => opened,
        () => opened,
      ),
    )
    answer(stream, made)
  } else {
    streams.delete(stream)
    opened
      .then(({ decoder }) => decoder.close())
      // It never opened, which was said, or its file cannot be closed, which changes nothing.
      .catch(() => undefined)
  }
})

function answer(stream: number, made: Promise<Uint8Array | undefined>): void {
  const say = (message: WavAnswer, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  made.then(
    (bytes) => say({ kind: 'done', stream, bytes }, bytes ? [bytes.buffer as ArrayBuffer] : []),
    (error: unknown) => say({ kind: 'failed', stream, reason: reasonOf(error) }),
  )
}

function reasonOf(error: unknown): string {
  const reason = error instanceof KnownError ? error.details['reason'] : undefined
  return typeof reason === 'string' ? reason : 'the decoder failed'
}

async function open(want: WantedSound): Promise<OpenStream> {
  const decoder = await openDecoder(want.path)
  try {
    const sound = soundFrom(decoder, want)
    return { decoder, sound, framesLeft: want.frames }
  } catch (error) {
    await decoder.close()
    throw error
  }
}

/** Tags and sound may disagree about the rate: then it is resampled. */
async function* soundFrom(file: Decoder, { sampleRateHz, fromFrame }: WantedSound) {
  const decoder = resampled(file, sampleRateHz)
  if (fromFrame > 0) await decoder.seek(fromFrame)
  yield* blocksOf(decoder)
}

async function* blocksOf(decoder: Decoder): AsyncGenerator<Float32Array, void> {
  for (let block = await decoder.read(); block !== undefined; block = await decoder.read()) yield block
}

/** The next piece; never empty while frames are left. */
async function more(stream: OpenStream): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let frames = 0
  while (frames < framesPerAnswer && stream.framesLeft > 0) {
    const next = await stream.sound.next()
    const block = next.done ? new Float32Array(framesPerAnswer * 2) : next.value
    const taken = block.subarray(0, stream.framesLeft * 2)
    stream.framesLeft -= taken.length / 2
    frames += taken.length / 2
    pieces.push(toWholeNumbers(taken, 16))
  }
  return joined(pieces)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
