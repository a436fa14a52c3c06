// The proof of what was played: everything after queue and gapless joining, before volume, in real time.
// Sizes are rewritten each second, so the file is valid whenever the process ends.

import { basename } from 'node:path'
import type { WavShape } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { AudioFormat, Output } from '../../player/index.ts'
import { Pacer } from '../pacer.ts'
import { RateJoiner } from '../rate-joiner.ts'
import { createWavFile, type WavFile } from './wav-file.ts'

export interface WavOutputOptions extends WavShape {
  readonly id: string
  readonly path: string
  readonly clock: Clock
}

export function wavOutput({ id, path, clock, ...shape }: WavOutputOptions): Output {
  const pacer = new Pacer(clock)
  let file: WavFile | undefined
  const joiner = new RateJoiner(shape.sampleRateHz)
  let songRateHz = shape.sampleRateHz

  /** What it has so far stays; the next `open` begins a new one where the file itself is gone. */
  async function lost(cause: unknown): Promise<KnownError> {
    const isGone = (await file?.isGone()) ?? false
    if (isGone) {
      await file?.close().catch(() => {})
      file = undefined
    }
    return new KnownError('SPEAKER_LOST', { reason: lossInWords(path, isGone, cause) }, cause)
  }

  return {
    id,
    name: `File ${basename(path)}`,
    latencyMs: 0,
    async open(format: AudioFormat) {
      file ??= await createWavFile(path, shape, clock).catch((cause) => {
        throw new KnownError('NO_OUTPUT', { reason: `The file ${path} cannot be written.` }, cause)
      })
      songRateHz = format.sampleRateHz
    },
    async write({ samples, atMs }) {
      if (!(await pacer.wait(atMs))) return
      try {
        await file?.append(joiner.push(samples, songRateHz))
      } catch (cause) {
        throw await lost(cause)
      }
    },
    async flush(fromMs) {
      pacer.drop(fromMs)
    },
    async setVolume() {},
    health: () => pacer.health(),
    async close() {
      try {
        await file?.append(joiner.end())
      } finally {
        const ended = file
        file = undefined
        await ended?.close()
      }
    },
  }
}

function lossInWords(path: string, isGone: boolean, cause: unknown): string {
  if (isGone) return `The file ${path} was taken away while it was written.`
  if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
    return `There is no space left for the file ${path}.`
  return `The file ${path} cannot be written any further.`
}
