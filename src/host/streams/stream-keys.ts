// Streams that were made for listening, kept in library.db: each a key that opens the sound and nothing else.

import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { type Database, migrate } from '../../library/index.ts'
import { writeIfPossible } from '../write-if-possible.ts'

/** A stream's maker: the guid of a paired remote; undefined: the owner. */
export type Maker = bigint | undefined

export interface StreamKey {
  /** Public; 16 hex digits. */
  readonly id: string
  /** A secret: 128 bits. */
  readonly key: string
  readonly maker: Maker
  /** Of the output that a listener is. */
  readonly name: string
  /** Unix milliseconds. */
  readonly createdAtMs: number
  readonly lastUsedAtMs: number | undefined
}

export interface StreamKeys {
  /** Durable when it returns. The longest unused of the same maker makes room. */
  make(stream: { name: string; maker: Maker }): StreamKey
  find(key: string): StreamKey | undefined
  list(): readonly StreamKey[]
  /** Durable when it returns; false when there was none. */
  remove(id: string): boolean
  /** On a disk that is full the note lasts until the host ends: the sound goes on. */
  markUsed(id: string): void
}

/** A key that nobody used for so long is gone. */
const unusedMs = 30 * 24 * 60 * 60 * 1000
/** Used at every skip of a page; written no more often. */
const markedEveryMs = 60_000
const mostOfMaker = 20

const steps = [
  `CREATE TABLE stream_key (
     id TEXT PRIMARY KEY,
     key TEXT NOT NULL UNIQUE,
     maker_guid TEXT,
     name TEXT NOT NULL,
     created_at_ms INTEGER NOT NULL,
     last_used_at_ms INTEGER
   ) STRICT`,
]

interface Row {
  id: string
  key: string
  maker_guid: string | null
  name: string
  created_at_ms: number
  last_used_at_ms: number | null
}

export function openStreamKeys(database: Database, clock: Clock): StreamKeys {
  migrate(database, 'streams', steps)
  // Looked up by the whole key in a Map: 128 random bits leave nothing to guess by time.
  const byKey = new Map<string, StreamKey>()
  for (const row of database.all<Row>('SELECT * FROM stream_key ORDER BY created_at_ms'))
    byKey.set(row.key, streamOf(row))

  const byId = (id: string) => [...byKey.values()].find((stream) => stream.id === id)

  function remove(id: string): boolean {
    const stream = byId(id)
    if (!stream) return false
    database.durably(() => database.run('DELETE FROM stream_key WHERE id = ?', id))
    return byKey.delete(stream.key)
  }

  function removeUnused(): void {
    for (const stream of byKey.values()) if (clock.wallMs() - usedAtMs(stream) > unusedMs) remove(stream.id)
  }

  function makeRoomFor(maker: Maker): void {
    const own = [...byKey.values()].filter((stream) => stream.maker === maker)
    const [oldest] = own.toSorted((a, b) => usedAtMs(a) - usedAtMs(b))
    if (own.length >= mostOfMaker && oldest) remove(oldest.id)
  }

  return {
    make({ name, maker }) {
      removeUnused()
      makeRoomFor(maker)
      const id = randomBytes(8).toString('hex')
      const key = randomBytes(16).toString('base64url')
      const stream = { id, key, maker, name, createdAtMs: clock.wallMs(), lastUsedAtMs: undefined }
      const guid = maker === undefined ? null : maker.toString(16)
      database.durably(() =>
        database.run(
          'INSERT INTO stream_key VALUES (?, ?, ?, ?, ?, NULL)',
          ...[id, key, guid, name, stream.createdAtMs],
        ),
      )
      byKey.set(key, stream)
      return stream
    },
    find(key) {
      removeUnused()
      return byKey.get(key)
    },
    list() {
      removeUnused()
      return [...byKey.values()]
    },
    remove,
    markUsed(id) {
      const stream = byId(id)
      const nowMs = clock.wallMs()
      if (!stream || nowMs - (stream.lastUsedAtMs ?? 0) < markedEveryMs) return
      byKey.set(stream.key, { ...stream, lastUsedAtMs: nowMs })
      writeIfPossible(() => database.run('UPDATE stream_key SET last_used_at_ms = ? WHERE id = ?', nowMs, id))
    },
  }
}

function usedAtMs({ createdAtMs, lastUsedAtMs }: StreamKey): number {
  return lastUsedAtMs ?? createdAtMs
}

function streamOf(row: Row): StreamKey {
  return {
    id: row.id,
    key: row.key,
    maker: row.maker_guid === null ? undefined : BigInt(`0x${row.maker_guid}`),
    name: row.name,
    createdAtMs: row.created_at_ms,
    lastUsedAtMs: row.last_used_at_ms ?? undefined,
  }
}
