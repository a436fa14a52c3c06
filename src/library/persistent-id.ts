import { randomFillSync } from 'node:crypto'

const idBytes = 8
/** Asking the system for each id alone would cost more than storing its song. */
const pool = Buffer.alloc(idBytes * 512)
let used = pool.length

/** A random id from 1 to 2^53 - 1 that is not taken yet. A number, since node:sqlite binds it so. */
export function newPersistentId(isTaken: (id: number) => boolean): number {
  for (;;) {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    const id = (pool.readUInt32LE(used) & 0x1f_ffff) * 2 ** 32 + pool.readUInt32LE(used + 4)
    used += idBytes
    if (id > 0 && !isTaken(id)) return id
  }
}
