// A file read in pieces. Reads are asynchronous, so a slow disk never holds up the sound that is already decoded.

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { cannotDecode } from './decoder.ts'

export interface ByteSource {
  readonly sizeBytes: number
  /** Bytes from `offset` on; fewer than `length` only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

/**
 * Decoders ask for a frame at a time, some hundred bytes; each question to the disk costs about a millisecond of a busy
 * machine, whatever its size.
 */
const blockBytes = 64 * 1024
/** Blocks begin at the system's pages. */
const pageBytes = 4096

export async function openFile(path: string): Promise<ByteSource> {
  let file: FileHandle
  try {
    // Never waits for somebody to write into a pipe. Windows has no such flag, and no such pipes.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (cause) {
    throw cannotDecode('the file is missing or cannot be read', cause)
  }
  const stat = await file.stat()
  if (!stat.isFile()) {
    await file.close()
    throw cannotDecode('this is not a file')
  }
  let block = { offset: 0, bytes: new Uint8Array(0) }

  function inBlock(offset: number, length: number): Uint8Array | undefined {
    const from = offset - block.offset
    const isWhole = from >= 0 && from + length <= block.bytes.length
    return isWhole ? block.bytes.slice(from, from + length) : undefined
  }

  return {
    sizeBytes: stat.size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, stat.size - offset))
      const known = inBlock(offset, wanted)
      if (known !== undefined) return known
      if (wanted > blockBytes - pageBytes) return readWhole(file, offset, wanted)
      const start = offset - (offset % pageBytes)
      const bytes = await readWhole(file, start, Math.min(blockBytes, stat.size - start))
      block = { offset: start, bytes }
      return bytes.slice(offset - start, offset - start + wanted)
    },
    close: () => file.close(),
  }
}

/** Fewer bytes than `length` when the file became shorter meanwhile. */
async function readWhole(file: FileHandle, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await readFrom(file, bytes, filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled === length ? bytes : bytes.subarray(0, filled)
}

async function readFrom(file: FileHandle, bytes: Uint8Array, at: number, position: number) {
  try {
    return await file.read(bytes, at, bytes.length - at, position)
  } catch (cause) {
    throw cannotDecode('the file can no longer be read', cause)
  }
}
