// music-metadata's way to read a file, over our synchronous one.

import { AbstractTokenizer, EndOfStreamError, type IReadChunkOptions } from 'strtok3'
import { type Overlay, paddingAsFrame } from './id3-padding.ts'
import type { OpenFile } from './open-file.ts'

/** No single tag is read above this; such a file is a failure, not a crash. */
const largestPieceBytes = 64 * 1024 * 1024

export class FileTokenizer extends AbstractTokenizer {
  readonly fileInfo: { size: number; path?: string }
  readonly #file: OpenFile
  readonly #overlay: Overlay | undefined

  /** With `isNamed` false the kind of file is found by its content, not by its ending. */
  constructor(file: OpenFile, { isNamed }: { isNamed: boolean }) {
    super({ maxBufferSize: largestPieceBytes })
    this.#file = file
    this.#overlay = paddingAsFrame(file)
    this.fileInfo = isNamed ? { size: file.sizeBytes, path: file.path } : { size: file.sizeBytes }
  }

  supportsRandomAccess(): boolean {
    return true // else tags at the end (ID3v1, APE, moov) are missed
  }

  setPosition(position: number): void {
    this.position = position
  }

  async readBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const position = options?.position ?? this.position
    const length = await this.peekBuffer(target, options)
    this.position = position + length
    return length
  }

  async peekBuffer(target: Uint8Array, options?: IReadChunkOptions): Promise<number> {
    const { length, position, mayBeLess } = this.normalizeOptions(target, options)
    const done = this.#file.readInto(target.subarray(0, length), position)
    if (this.#overlay) lay(this.#overlay, target.subarray(0, done), position)
    if (done < length && !mayBeLess) throw new EndOfStreamError()
    return done
  }
}

/** `target` holds what the file has from `position` on. */
function lay({ at, bytes }: Overlay, target: Uint8Array, position: number): void {
  const from = Math.max(at, position)
  const to = Math.min(at + bytes.length, position + target.length)
  if (from < to) target.set(bytes.subarray(from - at, to - at), from - position)
}
