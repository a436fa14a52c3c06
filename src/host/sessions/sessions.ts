// Who is logged in. A session is opened by /login and named by `session-id` in every request after it.

import { randomInt } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { Ending } from '../ending.ts'
import { idleSeconds } from './idle-time.ts'

/** 'remote': paired; 'owner': holds the owner token; 'player': a plain DAAP player let in by --share, read only. */
export type SessionKind = 'remote' | 'owner' | 'player'

export interface Visitor {
  readonly kind: SessionKind
  /** The pairing guid; undefined for owner and players. */
  readonly guid: bigint | undefined
  readonly name: string
  readonly address: string
}

export interface Session extends Visitor {
  /** Unsigned 32-bit, at least 100, from a strong random source. */
  readonly id: number
  /** Whatever ends the session; its polls end with it. */
  readonly ended: Ending
}

export interface Sessions {
  open(visitor: Visitor): Session
  /** The session of this id, unless it was idle for too long; marks it as used now. */
  find(id: number): Session | undefined
  /** While a request of it waits or is answered, the session is not idle; it is once what this returns was called. */
  hold(session: Session): () => void
  /** Logs out: the session's polls end. */
  end(session: Session): void
  /** The pairing was revoked: all its sessions and polls end. */
  endAllOf(guid: bigint): void
  /** Open at the moment, for one pairing. */
  countOf(guid: bigint): number
}

/** Open at once for one guid (or for the owner, or for one address of players); the one idle longest makes room. */
const sessionsPerVisitor = 32
/** In all, as many as there may be connections: bounds what strangers under --share can pile up. */
const sessionsInAll = 20_000
/** Those that nobody asks for any more are looked for so often. */
const sweepEveryMs = 60_000

interface Entry {
  readonly session: Session
  /** Of its visitor, in `entriesByVisitor`. */
  readonly key: string
  usedAtMs: number
  /** Requests that wait. */
  held: number
}

export function createSessions(clock: Clock): Sessions {
  // Both in order of last use: a Map keeps the order of insertion, and `find` inserts again.
  const entries = new Map<number, Entry>()
  const entriesByVisitor = new Map<string, Map<number, Entry>>()
  let sweptAtMs = Number.NEGATIVE_INFINITY
  /** The one used last, which stands last already. */
  let newest: Entry | undefined

  function freeId(): number {
    for (;;) {
      const id = randomInt(100, 2 ** 32)
      if (!entries.has(id)) return id
    }
  }

  function insert(entry: Entry): void {
    const { session, key } = entry
    const ofVisitor = entriesByVisitor.get(key) ?? new Map<number, Entry>()
    entries.set(session.id, entry)
    entriesByVisitor.set(key, ofVisitor.set(session.id, entry))
    newest = entry
  }

  function remove({ session, key }: Entry): void {
    entries.delete(session.id)
    const ofVisitor = entriesByVisitor.get(key)
    ofVisitor?.delete(session.id)
    if (ofVisitor?.size === 0) entriesByVisitor.delete(key)
  }

  function endEntry(entry: Entry): void {
    remove(entry)
    entry.session.ended.end(new KnownError('NO_SESSION'))
  }

  function isIdle({ usedAtMs, held }: Entry, nowMs = clock.nowMs()): boolean {
    return held === 0 && nowMs - usedAtMs > idleSeconds * 1000
  }

  function endIdle(): void {
    const nowMs = clock.nowMs()
    if (nowMs - sweptAtMs < sweepEveryMs) return
    sweptAtMs = nowMs
    for (const entry of entries.values()) if (isIdle(entry, nowMs)) endEntry(entry)
  }

  function openOf(key: string): Entry[] {
    const nowMs = clock.nowMs()
    return [...(entriesByVisitor.get(key)?.values() ?? [])].filter((entry) => !isIdle(entry, nowMs))
  }

  function makeRoomFor(visitor: Visitor): void {
    endIdle()
    const ofVisitor = openOf(keyOf(visitor))
    const isFull = ofVisitor.length >= sessionsPerVisitor
    const oldest = isFull ? (ofVisitor.find(({ held }) => held === 0) ?? ofVisitor[0]) : undefined
    if (oldest) endEntry(oldest)
    else if (entries.size >= sessionsInAll) endOldestPlayer()
  }

  /** Strangers make room before people who are paired do. */
  function endOldestPlayer(): void {
    const all = [...entries.values()]
    const oldest = all.find(({ session }) => session.kind === 'player') ?? all[0]
    if (oldest) endEntry(oldest)
  }

  return {
    open(visitor) {
      makeRoomFor(visitor)
      const session: Session = { ...visitor, id: freeId(), ended: new Ending() }
      insert({ session, key: keyOf(visitor), usedAtMs: clock.nowMs(), held: 0 })
      return session
    },
    find(id) {
      const entry = entries.get(id)
      if (!entry) return undefined
      if (isIdle(entry)) {
        endEntry(entry)
        return undefined
      }
      if (entry !== newest) {
        remove(entry)
        insert(entry)
      }
      entry.usedAtMs = clock.nowMs()
      return entry.session
    },
    hold(session) {
      const entry = entries.get(session.id)
      if (entry) entry.held += 1
      return () => {
        if (!entry) return
        entry.held -= 1
        entry.usedAtMs = clock.nowMs()
      }
    },
    end(session) {
      const entry = entries.get(session.id)
      if (entry) endEntry(entry)
    },
    endAllOf(guid) {
      for (const entry of entriesByVisitor.get(keyOfRemote(guid))?.values() ?? []) endEntry(entry)
    },
    countOf: (guid) => openOf(keyOfRemote(guid)).length,
  }
}

function keyOf({ kind, guid, address }: Visitor): string {
  if (kind === 'player') return `player ${address}`
  return guid === undefined ? kind : keyOfRemote(guid)
}

function keyOfRemote(guid: bigint): string {
  return `remote ${guid}`
}
