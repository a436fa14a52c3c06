// The remotes that are paired with this library, kept in library.db.

import type { Clock } from '../../clock.ts'
import { type Database, migrate } from '../../library/index.ts'
import { writeIfPossible } from '../write-if-possible.ts'

export interface Pairing {
  /** What the remote logs in with; a secret, compared as a 64-bit number. */
  readonly guid: bigint
  readonly name: string
  /** Where it was when it was paired; '' when its guid was typed in. */
  readonly address: string
  /** Unix milliseconds. */
  readonly createdAtMs: number
  /** Unix milliseconds of the last login; undefined before the first. */
  readonly lastSeenAtMs: number | undefined
}

export interface Pairings {
  find(guid: bigint): Pairing | undefined
  list(): readonly Pairing[]
  /** Durable when it returns. The same guid again takes the new name and address. */
  add(pairing: { guid: bigint; name: string; address: string }): Pairing
  /** A guid of our own choice, for a browser. */
  addNew(pairing: { name: string; address: string }): Pairing
  /** Durable when it returns; false when there was none. Ends nothing by itself: see `revoke` of the host. */
  remove(guid: bigint): boolean
  /** Notes a login, now. On a disk that is full the note lasts until the host ends: nobody is kept out for it. */
  markSeen(guid: bigint): void
}

const steps = [
  `CREATE TABLE pairing (
     guid TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     address TEXT NOT NULL,
     created_at_ms INTEGER NOT NULL,
     last_seen_at_ms INTEGER
   ) STRICT`,
]

interface Row {
  guid: string
  name: string
  address: string
  created_at_ms: number
  last_seen_at_ms: number | null
}

export function openPairings(database: Database, clock: Clock): Pairings {
  migrate(database, 'host', steps)
  const byGuid = new Map<bigint, Pairing>()
  for (const row of database.all<Row>('SELECT * FROM pairing ORDER BY created_at_ms')) {
    byGuid.set(BigInt(`0x${row.guid}`), pairingOf(row))
  }

  function add({ guid, name, address }: { guid: bigint; name: string; address: string }): Pairing {
    const { createdAtMs = clock.wallMs(), lastSeenAtMs } = byGuid.get(guid) ?? {}
    const pairing: Pairing = { guid, name, address, createdAtMs, lastSeenAtMs }
    database.durably(() =>
      database.run(
        `INSERT INTO pairing VALUES (?, ?, ?, ?, NULL)
         ON CONFLICT (guid) DO UPDATE SET name = excluded.name, address = excluded.address`,
        textOf(guid),
        name,
        address,
        pairing.createdAtMs,
      ),
    )
    byGuid.set(guid, pairing)
    return pairing
  }

  return {
    find: (guid) => byGuid.get(guid),
    list: () => [...byGuid.values()],
    add,
    addNew: ({ name, address }) => add({ guid: newGuid(), name, address }),
    remove(guid) {
      if (!byGuid.has(guid)) return false
      database.durably(() => database.run('DELETE FROM pairing WHERE guid = ?', textOf(guid)))
      return byGuid.delete(guid)
    },
    markSeen(guid) {
      const pairing = byGuid.get(guid)
      if (!pairing) return
      const lastSeenAtMs = clock.wallMs()
      byGuid.set(guid, { ...pairing, lastSeenAtMs })
      writeIfPossible(() =>
        database.run('UPDATE pairing SET last_seen_at_ms = ? WHERE guid = ?', lastSeenAtMs, textOf(guid)),
      )
    },
  }
}

function textOf(guid: bigint): string {
  return guid.toString(16).toUpperCase().padStart(16, '0')
}

function pairingOf(row: Row): Pairing {
  return {
    guid: BigInt(`0x${row.guid}`),
    name: row.name,
    address: row.address,
    createdAtMs: row.created_at_ms,
    lastSeenAtMs: row.last_seen_at_ms ?? undefined,
  }
}

/** By the global `crypto`, which is loaded where it is used: with a new pairing. */
function newGuid(): bigint {
  return crypto.getRandomValues(Buffer.alloc(8)).readBigUInt64BE()
}
