import { randomBytes } from 'node:crypto'

/** A random id from 1 to 2^53 - 1 that is not taken yet. A number, since node:sqlite binds it so. */
export function newPersistentId(isTaken: (id: number) => boolean): number {
  for (;;) {
    const bytes = randomBytes(8)
    const id = (bytes.readUInt32LE(0) & 0x1f_ffff) * 2 ** 32 + bytes.readUInt32LE(4)
    if (id > 0 && !isTaken(id)) return id
  }
}
