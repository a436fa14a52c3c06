// A WAV file that grows while it is written, and is valid at any moment.

import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { toWholeNumbers, type WavShape, wavHeader, wavHeaderBytes } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'

const sizesEveryMs = 1000

export interface WavFile {
  append(samples: Float32Array): Promise<void>
  /** Nobody can find it any more: it, or its folder, was removed. */
  isGone(): Promise<boolean>
  /** With its sizes told to the end. */
  close(): Promise<void>
}

/** A file of that name is kept as `.1`. */
export async function createWavFile(path: string, shape: WavShape, clock: Clock): Promise<WavFile> {
  await rename(path, `${path}.1`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  const file = await open(path, 'wx')
  let dataBytes = 0
  let sizesAtMs = Number.NEGATIVE_INFINITY

  const isGone = async () => (await file.stat()).nlink === 0

  async function writeSizes(): Promise<void> {
    sizesAtMs = clock.nowMs()
    await writeAll(file, wavHeader(shape, dataBytes), 0)
  }

  try {
    await writeSizes()
  } catch (error) {
    // Left there, it would take the place of the one kept as `.1` at the next try.
    await file.close()
    await rm(path)
    throw error
  }
  return {
    async append(samples) {
      if (samples.length === 0) return
      const bytes = toWholeNumbers(samples, shape.bits)
      await writeAll(file, bytes, wavHeaderBytes + dataBytes)
      dataBytes += bytes.length
      if (clock.nowMs() - sizesAtMs < sizesEveryMs) return
      await writeSizes()
      if (await isGone()) throw new Error('the file was removed')
    },
    isGone,
    async close() {
      try {
        await writeSizes()
      } finally {
        await file.close()
      }
    },
  }
}

/** A disk that is nearly full takes a part and complains only about the rest. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}
