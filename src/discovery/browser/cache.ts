// Records heard on one link, for as long as they are good (RFC 6762 10). Pure: time comes as an argument.

import type { Name } from '../dns/name.ts'
import { type DnsRecord, internetClass, type RecordType, recordKey, setKey } from '../dns/records.ts'

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
  isFarewell: boolean
}

/** Shares of its life after which a record that is wanted is asked for again (RFC 6762 5.2). */
const refreshShares = [0.8, 0.85, 0.9, 0.95]
/** This share of its life earlier, a record is asked for along with others. */
const nearShare = 0.1
/** Added at random, so that all who heard it do not ask at once. */
const refreshJitter = 0.02
/** How long a record said goodbye to, or replaced, is kept: another holder may speak up (RFC 6762 10.1, 10.2). */
const graceMs = 1000
/** Nobody's word is kept longer than a day, whatever TTL it has. */
const longestTtlMs = 86_400_000
/** What a link may make us remember; then the record heard longest ago is forgotten, so that no flood keeps others out. */
const capacity = 32_768
/** And what one name may: as many services of a type, as many addresses of a host. */
const setCapacity = { PTR: 6000, other: 32 } as const

/** How long a record in doubt has to be heard again, and when it is asked for meanwhile, ms. */
export interface Doubt {
  readonly lastsMs: number
  readonly asksAtMs: readonly number[]
}

export interface Expired {
  readonly record: DnsRecord
  /** Its holder took leave, or replaced it; else it just was not heard again. */
  readonly isFarewell: boolean
}

export class RecordCache {
  /** By set, then by record; in both the one heard longest ago comes first. */
  readonly #sets = new Map<string, Map<string, Entry>>()
  /** The set of each record, the one heard longest ago first. */
  readonly #ages = new Map<string, string>()
  /** The same for all: what came together is asked for together, in one packet. */
  readonly #jitter: number
  /** Never later than the truth; unknown after a change that may have made it later. */
  #nextDueMs: number | undefined

  /** `random`: 0 to 1. */
  constructor(random: () => number) {
    this.#jitter = random() * refreshJitter
  }

  get size(): number {
    return this.#ages.size
  }

  /** False when another record had to go. */
  put(record: DnsRecord, nowMs: number): boolean {
    const inSet = setKey(record)
    const key = recordKey(record)
    if (record.isUnique) this.#flushOthers(inSet, key, nowMs)
    if (record.ttlSeconds === 0) {
      const known = this.#sets.get(inSet)?.get(key)
      if (known) this.#endSoon(known, nowMs)
      return true
    }
    this.#remove(inSet, key)
    const hadRoom = this.#makeRoom(inSet, record.type === 'PTR' ? setCapacity.PTR : setCapacity.other)
    const entry = this.#newEntry(record, nowMs)
    const set = this.#sets.get(inSet) ?? new Map<string, Entry>()
    this.#sets.set(inSet, set.set(key, entry))
    this.#ages.set(key, inSet)
    this.#noteDue(entry.refreshMs[0] ?? entry.expiresMs)
    return hadRoom
  }

  /** Records of one set that are still good, the newest first. */
  find(name: Name, type: RecordType): CachedRecord[] {
    const set = this.#sets.get(setKey({ name, type, classCode: internetClass }))
    return [...(set?.values() ?? [])].toSorted((a, b) => b.receivedMs - a.receivedMs)
  }

  has(record: DnsRecord): boolean {
    return this.#sets.get(setKey(record))?.has(recordKey(record)) ?? false
  }

  /** Gone unless heard again soon; what is about to go anyhow is left alone. */
  doubt(isMeant: (record: DnsRecord) => boolean, nowMs: number, { lastsMs, asksAtMs }: Doubt): void {
    for (const entry of this.#entries()) {
      if (entry.expiresMs <= nowMs + lastsMs || !isMeant(entry.record)) continue
      entry.expiresMs = nowMs + lastsMs
      entry.refreshMs = asksAtMs.map((afterMs) => nowMs + afterMs)
    }
    this.#nextDueMs = undefined
  }

  /** Removes and gives what ran out. */
  expire(nowMs: number): Expired[] {
    if (nowMs < this.nextDueMs()) return []
    const gone = [...this.#entries()].filter(({ expiresMs }) => expiresMs <= nowMs)
    for (const { record } of gone) this.#remove(setKey(record), recordKey(record))
    this.#nextDueMs = undefined
    return gone
  }

  /**
   * Records whose time has come to be asked for again; each time is given once. With them come those whose first time is
   * near: one packet asks for all, one answers, and from then on they stay together.
   */
  refreshDue(nowMs: number): DnsRecord[] {
    if (nowMs < this.nextDueMs()) return []
    this.#nextDueMs = undefined
    const due = [...this.#entries()].filter(({ refreshMs }) => (refreshMs[0] ?? Infinity) <= nowMs)
    if (due.length === 0) return []
    for (const entry of due) entry.refreshMs = entry.refreshMs.filter((atMs) => atMs > nowMs)
    const near = [...this.#entries()].filter((entry) => isNearlyDue(entry, nowMs))
    for (const entry of near) entry.refreshMs = entry.refreshMs.slice(1)
    return [...due, ...near].map(({ record }) => record)
  }

  /** When `expire` or `refreshDue` next has something to give. */
  nextDueMs(): number {
    if (this.#nextDueMs !== undefined) return this.#nextDueMs
    let next = Infinity
    for (const { expiresMs, refreshMs } of this.#entries())
      next = Math.min(next, expiresMs, refreshMs[0] ?? Infinity)
    this.#nextDueMs = next
    return next
  }

  #noteDue(atMs: number): void {
    if (this.#nextDueMs !== undefined) this.#nextDueMs = Math.min(this.#nextDueMs, atMs)
  }

  /** False when a record had to go for it. */
  #makeRoom(inSet: string, most: number): boolean {
    const set = this.#sets.get(inSet)
    const [oldestOfSet] = set && set.size >= most ? set.keys() : []
    const [oldest] = this.#ages.size >= capacity ? this.#ages : []
    if (oldestOfSet !== undefined) this.#remove(inSet, oldestOfSet)
    else if (oldest) this.#remove(oldest[1], oldest[0])
    return oldestOfSet === undefined && oldest === undefined
  }

  #remove(inSet: string, key: string): void {
    this.#ages.delete(key)
    const set = this.#sets.get(inSet)
    set?.delete(key)
    if (set?.size === 0) this.#sets.delete(inSet)
  }

  *#entries(): Iterable<Entry> {
    for (const set of this.#sets.values()) yield* set.values()
  }

  #newEntry(record: DnsRecord, nowMs: number): Entry {
    const lifeMs = Math.min(record.ttlSeconds * 1000, longestTtlMs)
    return {
      record,
      receivedMs: nowMs,
      expiresMs: nowMs + lifeMs,
      isFarewell: false,
      refreshMs: refreshShares.map((share) => nowMs + lifeMs * (share + this.#jitter)),
    }
  }

  /** "This is all there is": older ones of the set end soon; those of the same burst of packets stay. */
  #flushOthers(inSet: string, ownKey: string, nowMs: number): void {
    for (const [key, entry] of this.#sets.get(inSet) ?? []) {
      if (key !== ownKey && nowMs - entry.receivedMs > graceMs) this.#endSoon(entry, nowMs)
    }
  }

  #endSoon(entry: Entry, nowMs: number): void {
    entry.expiresMs = Math.min(entry.expiresMs, nowMs + graceMs)
    entry.refreshMs = []
    entry.isFarewell = true
    this.#noteDue(entry.expiresMs)
  }
}

/** Not asked for since it was heard, nor in doubt, and soon to be asked for. */
function isNearlyDue({ refreshMs, receivedMs, expiresMs }: Entry, nowMs: number): boolean {
  const [first = Infinity] = refreshMs
  return refreshMs.length === refreshShares.length && first - nearShare * (expiresMs - receivedMs) <= nowMs
}
