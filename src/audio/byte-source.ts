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
  return {
    sizeBytes: stat.size,
    async read(offset, length) {
      const wanted = Math.max(0, Math.min(length, stat.size - offset))
      const bytes = new Uint8Array(wanted)
      let filled = 0
      while (filled < wanted) {
        const { bytesRead } = await readFrom(file, bytes, filled, offset + filled)
        if (bytesRead === 0) break // the file became shorter meanwhile
        filled += bytesRead
      }
      return filled === wanted ? bytes : bytes.subarray(0, filled)
    },
    close: () => file.close(),
  }
}

async function readFrom(file: FileHandle, bytes: Uint8Array, at: number, position: number) {
  try {
    return await file.read(bytes, at, bytes.length - at, position)
  } catch (cause) {
    throw cannotDecode('the file can no longer be read', cause)
  }
}
