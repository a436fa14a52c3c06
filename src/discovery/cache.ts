// Records heard on one link, for as long as they are good (RFC 6762 10). Pure: time comes as an argument.

import type { Name } from './dns-name.ts'
import { type DnsRecord, internetClass, type RecordType, recordKey, setKey } from './dns-records.ts'

export interface CachedRecord {
  readonly record: DnsRecord
  readonly receivedMs: number
  readonly expiresMs: number
}

interface Entry {
  record: DnsRecord
  receivedMs: number
  expiresMs: number
  /** When to ask again, ascending, ms. */
  refreshMs: number[]
}

/** Shares of its life after which a record that is wanted is asked for again (RFC 6762 5.2). */
const refreshShares = [0.8, 0.85, 0.9, 0.95]
/** Added at random, so that all who heard it do not ask at once. */
const refreshJitter = 0.02
/** How long a record said goodbye to, or replaced, is kept: another holder may speak up (RFC 6762 10.1, 10.2). */
const graceMs = 1000
/** Nobody's word is kept longer than a day, whatever TTL it has. */
const longestTtlMs = 86_400_000
/** What a link may make us remember. */
const capacity = 4096
/** And what one name may: those that are known stay, more are dropped. */
const setCapacity = 200

export class RecordCache {
  /** By set, then by record. */
  readonly #sets = new Map<string, Map<string, Entry>>()
  readonly #random: () => number
  #size = 0

  /** `random`: 0 to 1. */
  constructor(random: () => number) {
    this.#random = random
  }

  get size(): number {
    return this.#size
  }

  /** False when it is full: then the record is dropped. */
  put(record: DnsRecord, nowMs: number): boolean {
    const inSet = setKey(record)
    const key = recordKey(record)
    const set = this.#sets.get(inSet) ?? new Map<string, Entry>()
    const known = set.get(key)
    if (record.isUnique) this.#flushOthers(inSet, key, nowMs)
    if (record.ttlSeconds === 0) {
      if (known) endSoon(known, nowMs)
      return true
    }
    if (!known && (this.#size >= capacity || set.size >= setCapacity)) return false
    if (!known) this.#size += 1
    this.#sets.set(inSet, set.set(key, this.#newEntry(record, nowMs)))
    return true
  }

  /** Records of one set that are still good, the newest first. */
  find(name: Name, type: RecordType): CachedRecord[] {
    const set = this.#sets.get(setKey({ name, type, classCode: internetClass }))
    return [...(set?.values() ?? [])].toSorted((a, b) => b.receivedMs - a.receivedMs)
  }

  has(record: DnsRecord): boolean {
    return this.#sets.get(setKey(record))?.has(recordKey(record)) ?? false
  }

  /** Removes and gives what ran out. */
  expire(nowMs: number): DnsRecord[] {
    const gone: DnsRecord[] = []
    for (const [inSet, set] of this.#sets) {
      for (const [key, entry] of set) {
        if (entry.expiresMs > nowMs) continue
        set.delete(key)
        gone.push(entry.record)
      }
      if (set.size === 0) this.#sets.delete(inSet)
    }
    this.#size -= gone.length
    return gone
  }

  /** Records whose time has come to be asked for again; each time is given once. */
  refreshDue(nowMs: number): DnsRecord[] {
    const due: DnsRecord[] = []
    for (const entry of this.#entries()) {
      if ((entry.refreshMs[0] ?? Infinity) > nowMs) continue
      entry.refreshMs = entry.refreshMs.filter((atMs) => atMs > nowMs)
      due.push(entry.record)
    }
    return due
  }

  /** When `expire` or `refreshDue` next has something to give. */
  nextDueMs(): number {
    let next = Infinity
    for (const { expiresMs, refreshMs } of this.#entries())
      next = Math.min(next, expiresMs, refreshMs[0] ?? Infinity)
    return next
  }

  *#entries(): Iterable<Entry> {
    for (const set of this.#sets.values()) yield* set.values()
  }

  #newEntry(record: DnsRecord, nowMs: number): Entry {
    const lifeMs = Math.min(record.ttlSeconds * 1000, longestTtlMs)
    const jitter = this.#random() * refreshJitter
    return {
      record,
      receivedMs: nowMs,
      expiresMs: nowMs + lifeMs,
      refreshMs: refreshShares.map((share) => nowMs + lifeMs * (share + jitter)),
    }
  }

  /** "This is all there is": older ones of the set end soon; those of the same burst of packets stay. */
  #flushOthers(inSet: string, ownKey: string, nowMs: number): void {
    for (const [key, entry] of this.#sets.get(inSet) ?? []) {
      if (key !== ownKey && nowMs - entry.receivedMs > graceMs) endSoon(entry, nowMs)
    }
  }
}

function endSoon(entry: Entry, nowMs: number): void {
  entry.expiresMs = Math.min(entry.expiresMs, nowMs + graceMs)
  entry.refreshMs = []
}
