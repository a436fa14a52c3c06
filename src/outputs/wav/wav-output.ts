// The proof of what was played: everything after queue and gapless joining, before volume, in real time.
// Sizes are rewritten each second, so the file is valid whenever the process ends.

import { type FileHandle, open, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { Resampler } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { type AudioFormat, type Output, perfectHealth } from '../../player/index.ts'
import { Pacer } from '../pacer.ts'
import { toWholeNumbers, type WavShape, wavHeader, wavHeaderBytes } from './wav-header.ts'

const sizesEveryMs = 1000

export interface WavOutputOptions extends WavShape {
  readonly id: string
  readonly path: string
  readonly clock: Clock
}

export function wavOutput({ id, path, clock, ...shape }: WavOutputOptions): Output {
  const pacer = new Pacer(clock)
  let file: FileHandle | undefined
  let dataBytes = 0
  let sizesAtMs = 0
  /** Between the songs' rate and the file's, when they differ. */
  let resampler: Resampler | undefined
  let songRateHz = shape.sampleRateHz

  async function begin(): Promise<FileHandle> {
    await rename(path, `${path}.1`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    dataBytes = 0
    const opened = await open(path, 'wx')
    await opened.write(wavHeader(shape, 0), 0, wavHeaderBytes, 0)
    return opened
  }

  async function append(samples: Float32Array): Promise<void> {
    if (file === undefined || samples.length === 0) return
    const bytes = toWholeNumbers(samples, shape.bits)
    await file.write(bytes, 0, bytes.length, wavHeaderBytes + dataBytes)
    dataBytes += bytes.length
    if (clock.nowMs() - sizesAtMs < sizesEveryMs) return
    sizesAtMs = clock.nowMs()
    await file.write(wavHeader(shape, dataBytes), 0, wavHeaderBytes, 0)
  }

  async function endResampling(): Promise<void> {
    const rest = resampler?.end()
    resampler = undefined
    songRateHz = shape.sampleRateHz
    if (rest !== undefined) await append(rest)
  }

  return {
    id,
    name: `File ${basename(path)}`,
    latencyMs: 0,
    async open(format: AudioFormat) {
      file ??= await begin().catch((cause) => {
        throw new KnownError('NO_OUTPUT', { reason: `The file ${path} cannot be written.` }, cause)
      })
      if (format.sampleRateHz === songRateHz) return
      await endResampling()
      songRateHz = format.sampleRateHz
      if (songRateHz !== shape.sampleRateHz) resampler = new Resampler(songRateHz, shape.sampleRateHz)
    },
    async write({ samples, atMs }) {
      if (!(await pacer.wait(atMs))) return
      try {
        await append(resampler === undefined ? samples : resampler.push(samples))
      } catch (cause) {
        throw new KnownError(
          'SPEAKER_LOST',
          { reason: `The file ${path} cannot be written any further.` },
          cause,
        )
      }
    },
    async flush(fromMs) {
      pacer.drop(fromMs)
    },
    async setVolume() {},
    health: () => perfectHealth,
    async close() {
      await endResampling()
      const ended = file
      file = undefined
      if (ended === undefined) return
      await ended.write(wavHeader(shape, dataBytes), 0, wavHeaderBytes, 0)
      await ended.close()
    },
  }
}
