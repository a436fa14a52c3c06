// Long lists that are asked for again: their pieces are kept and shared by all who ask.

import type { Clock } from '../../clock.ts'
import type { LargeBody, ZippedPiece, ZipShelf } from '../http/large-body.ts'

/** What a list is of. All three equal: the same bytes. */
export interface ListKey {
  /** The view's table: a change makes another. */
  readonly table: object
  readonly rows: object
  /** Everything else that the bytes depend on. */
  readonly form: string
}

export interface KeptLists {
  /** The list of this key, made if nobody has it; pieces are kept from the second time on. */
  body(key: ListKey, make: () => LargeBody): LargeBody
  /** This is the view's table now: lists of others, and the views that they hold, are let go. */
  nowIs(table: object): void
  /** Held now, zipped pieces included. */
  readonly bytes: number
}

export const keptMs = 30_000
/** In all, of every list together. */
export const mostKeptBytes = 64 * 1024 * 1024
/** Lists that are remembered, with or without pieces. */
const mostLists = 16

interface Kept {
  readonly key: ListKey
  readonly body: KeptBody
  askedAtMs: number
}

export function keepLists(clock: Pick<Clock, 'nowMs'>): KeptLists {
  /** The one asked for longest ago first. */
  let lists: Kept[] = []
  let sweeping: NodeJS.Timeout | undefined
  let current: object | undefined
  const bytes = () => lists.reduce((sum, { body }) => sum + body.keptBytes, 0)

  function sweep(): void {
    const deadline = clock.nowMs() - keptMs
    lists = lists.filter(({ askedAtMs, body }) => askedAtMs > deadline || body.drop())
    sweeping = lists.length > 0 ? setTimeout(sweep, keptMs).unref() : undefined
  }

  /** Drops lists asked for before this one until so many more bytes fit. */
  function makeRoom(body: KeptBody, more: number): boolean {
    let room = mostKeptBytes - bytes() - more
    for (const other of lists) {
      if (room >= 0 || other.body === body) break
      room += other.body.keptBytes
      other.body.drop()
    }
    return room >= 0
  }

  /** What belongs to another view is not asked for again. */
  function dropOthers(table: object): void {
    current = table
    lists = lists.filter(({ key, body }) => key.table === table || body.drop())
  }

  return {
    get bytes() {
      return bytes()
    },
    nowIs(table) {
      if (table !== current) dropOthers(table)
    },
    body(key, make) {
      const now = clock.nowMs()
      const known = lists.find((list) => isSame(list.key, key) && now - list.askedAtMs < keptMs)
      const body = known?.body ?? new KeptBody(make(), makeRoom)
      if (known) body.isKeeping = true
      dropOthers(key.table)
      const others = lists.filter((list) => list !== known)
      for (const { body } of others.splice(0, others.length + 1 - mostLists)) body.drop()
      lists = [...others, { key, body, askedAtMs: now }]
      sweeping ??= setTimeout(sweep, keptMs).unref()
      return body
    },
  }
}

function isSame(one: ListKey, other: ListKey): boolean {
  return one.rows === other.rows && one.table === other.table && one.form === other.form
}

class KeptBody implements LargeBody {
  readonly lengthBytes: number
  readonly pieceCount: number
  isKeeping = false
  keptBytes = 0
  readonly #made: LargeBody
  readonly #makeRoom: (body: KeptBody, more: number) => boolean
  #pieces: (Uint8Array | undefined)[] = []
  #zips: (ZippedPiece | undefined)[] = []

  constructor(made: LargeBody, makeRoom: (body: KeptBody, more: number) => boolean) {
    this.#made = made
    this.#makeRoom = makeRoom
    this.lengthBytes = made.lengthBytes
    this.pieceCount = made.pieceCount
  }

  piece(at: number) {
    const kept = this.#pieces[at]
    if (kept) return { bytes: kept, release() {} }
    const made = this.#made.piece(at)
    if (!this.#takes(made.bytes.length)) return made
    const bytes = Uint8Array.from(made.bytes)
    made.release()
    this.#pieces[at] = bytes
    return { bytes, release() {} }
  }

  get zips(): ZipShelf | undefined {
    if (!this.isKeeping) return undefined
    return {
      get: (at) => this.#zips[at],
      put: (at, zipped) => {
        if (this.#zips[at] === undefined && this.#takes(zipped.bytes.length))
          this.#zips[at] = { ...zipped, bytes: Uint8Array.from(zipped.bytes) }
      },
    }
  }

  /** False, for use in filters. */
  drop(): false {
    this.#pieces = []
    this.#zips = []
    this.keptBytes = 0
    this.isKeeping = false
    return false
  }

  /** Counts so many bytes as kept, if they may be. */
  #takes(bytes: number): boolean {
    if (!this.isKeeping || !this.#makeRoom(this, bytes)) return false
    this.keptBytes += bytes
    return true
  }
}
