// Who offers a service: asks, remembers, asks again, and says who came and who left (RFC 6762 5, RFC 6763 4).
// Pure: takes messages, links and the time; gives messages to send and calls its listeners.

import { Asking, type Wanted } from './asking.ts'
import { RecordCache } from './cache.ts'
import { type DnsMessage, isResponse } from './dns-message.ts'
import { type Name, nameKey, sameName, typeName } from './dns-name.ts'
import {
  type DnsRecord,
  distinctQuestions,
  internetClass,
  isAnswerTo,
  type PtrRecord,
  type Question,
  question,
} from './dns-records.ts'
import { type Link, type Sender, sameLink } from './link.ts'
import { multicastPort } from './network.ts'
import { packQuery } from './packing.ts'
import { type Hearing, resolve } from './resolve.ts'
import type { Outgoing } from './responder.ts'
import type { BrowseListener, FoundService } from './types.ts'
import { withTtl } from './zone.ts'

interface Watch {
  readonly type: string
  readonly name: Name
  readonly listeners: Set<BrowseListener>
  /** Joined since the last tick: they are told what is known already. */
  readonly newcomers: Set<BrowseListener>
  readonly found: Map<string, { service: FoundService; print: string }>
}

export interface BrowserOptions {
  /** 0 to 1. */
  readonly random: () => number
  readonly asksForUnicast: boolean
}

/** As many as fit one packet, the type's name being written once. */
const questionsAtOnce = 20
/** What was heard is looked at again this long after the last time, and 1 ms more for each instance: work has a bound. */
const shortestPauseMs = 10
/** A flood made us forget somebody: whoever is still there is asked for. */
const forgottenMs = 30_000

export class Browser {
  #hearings = new Map<string, Hearing>()
  readonly #watches = new Map<string, Watch>()
  readonly #asking: Asking
  readonly #options: BrowserOptions
  /** Keys of the hosts that services of interest are on. */
  #hosts = new Set<string>()
  #pauseEndsMs = -Infinity
  /** When what was heard since is looked at. */
  #updateDueMs = Infinity

  constructor(options: BrowserOptions) {
    this.#options = options
    this.#asking = new Asking(options.random)
  }

  browse(type: string, listener: BrowseListener, nowMs: number): { close(): void } {
    const name = typeName(type)
    const key = nameKey(name)
    const watch = this.#watches.get(key) ?? {
      type,
      name,
      listeners: new Set(),
      newcomers: new Set(),
      found: new Map(),
    }
    this.#watches.set(key, watch)
    watch.newcomers.add(listener)
    this.#update(nowMs)
    return {
      close: () => {
        watch.newcomers.delete(listener)
        watch.listeners.delete(listener)
        if (watch.listeners.size + watch.newcomers.size === 0) this.#watches.delete(key)
      },
    }
  }

  setLinks(links: readonly Link[], nowMs: number): void {
    const old = this.#hearings
    this.#hearings = new Map(
      links.map((link) => [
        link.name,
        { link, cache: old.get(link.name)?.cache ?? new RecordCache(this.#options.random) },
      ]),
    )
    if (links.some((link) => !isKnownLink(link, old))) this.#asking.startOver(nowMs)
    this.#update(nowMs)
  }

  receive(heard: DnsMessage, linkName: string, from: Sender, nowMs: number): void {
    const hearing = this.#hearings.get(linkName)
    if (!hearing || this.#watches.size === 0 || from.port !== multicastPort) return
    if (!isResponse(heard)) return this.#hearQuery(heard, hearing, nowMs)
    const records = [...heard.answers, ...heard.additionals].filter(
      ({ classCode }) => classCode === internetClass,
    )
    // In the order in which one leads to the next. What nothing leads to is not kept, or anybody could fill our memory.
    const pointers = records.filter(
      (record) => record.type === 'PTR' && this.#watches.has(nameKey(record.name)),
    )
    for (const record of pointers)
      if (!hearing.cache.put(record, nowMs)) this.#asking.hurry(nowMs + forgottenMs)
    const details = records.filter((record) => this.#isOfKnownInstance(record))
    for (const record of details) {
      hearing.cache.put(record, nowMs)
      if (record.type === 'SRV') this.#hosts.add(nameKey(record.target))
    }
    const addresses = records.filter((record) => isAddress(record) && this.#hosts.has(nameKey(record.name)))
    for (const record of addresses) hearing.cache.put(record, nowMs)
    if (pointers.length + details.length + addresses.length > 0)
      this.#updateDueMs = Math.max(nowMs, this.#pauseEndsMs)
  }

  nextDueMs(): number {
    if ([...this.#watches.values()].some(({ newcomers }) => newcomers.size > 0)) return -Infinity
    const caches = [...this.#hearings.values()].map(({ cache }) => cache.nextDueMs())
    return Math.min(this.#updateDueMs, this.#asking.nextDueMs(), ...caches)
  }

  tick(nowMs: number): Outgoing[] {
    this.#welcome()
    const refreshed = new Map<string, Question[]>()
    for (const { link, cache } of this.#hearings.values()) {
      if (cache.expire(nowMs).length > 0) this.#updateDueMs = nowMs
      const due = cache
        .refreshDue(nowMs)
        .filter((record) => this.#isAboutServices(record) || this.#hosts.has(nameKey(record.name)))
      refreshed.set(
        link.name,
        due.map(({ name, type }) => question(name, type)),
      )
    }
    if (this.#updateDueMs <= nowMs) this.#update(nowMs)
    const due = this.#asking
      .takeDue(nowMs)
      .map(({ name, type, isFirst }) => question(name, type, isFirst && this.#options.asksForUnicast))
    return [...this.#hearings.values()].flatMap((hearing) =>
      this.#queries(hearing, distinctQuestions([...due, ...(refreshed.get(hearing.link.name) ?? [])]), nowMs),
    )
  }

  #welcome(): void {
    for (const { newcomers, listeners, found } of this.#watches.values()) {
      for (const listener of newcomers) {
        listeners.add(listener)
        for (const { service } of found.values()) listener.onUp(service)
      }
      newcomers.clear()
    }
  }

  #queries(hearing: Hearing, questions: readonly Question[], nowMs: number): Outgoing[] {
    const starts = Array.from(
      { length: Math.ceil(questions.length / questionsAtOnce) },
      (_, i) => i * questionsAtOnce,
    )
    return starts.flatMap((start) =>
      this.#query(hearing, questions.slice(start, start + questionsAtOnce), nowMs),
    )
  }

  #query({ link, cache }: Hearing, questions: readonly Question[], nowMs: number): Outgoing[] {
    const known = questions
      .flatMap(({ name, type }) => cache.find(name, type))
      .filter(({ record }) => record.type === 'PTR')
      .map(({ record, expiresMs }) => ({ record, leftSeconds: Math.floor((expiresMs - nowMs) / 1000) }))
      .filter(({ record, leftSeconds }) => leftSeconds * 2 > record.ttlSeconds)
      .map(({ record, leftSeconds }) => withTtl(record, leftSeconds))
    return packQuery(questions, known).map((query) => ({ link: link.name, message: query }))
  }

  #hearQuery(heard: DnsMessage, { cache }: Hearing, nowMs: number): void {
    // With several links, what is asked on one of them is not asked on the others.
    if (this.#hearings.size !== 1) return
    for (const asked of distinctQuestions(heard.questions)) {
      if (asked.wantsUnicast || !this.#asking.isAbout(asked)) continue
      const known = heard.answers.filter((record) => isAnswerTo(record, asked))
      if (known.every((record) => cache.has(record))) this.#asking.heard(asked, nowMs)
    }
  }

  /** Works out anew what is there, tells the listeners what changed, and what remains to be asked. */
  #update(nowMs: number): void {
    this.#updateDueMs = Infinity
    const wanted: Wanted[] = []
    const hearings = [...this.#hearings.values()]
    let instances = 0
    this.#hosts.clear()
    for (const watch of this.#watches.values()) {
      wanted.push({ name: watch.name, type: 'PTR', isContinuous: true })
      const present = new Map<string, FoundService>()
      for (const instance of instancesOf(watch, hearings)) {
        const { service, missing, host } = resolve(watch.type, instance, hearings)
        instances += 1
        if (host) this.#hosts.add(nameKey(host))
        for (const { name, type } of missing) wanted.push({ name, type, isContinuous: false })
        if (service) present.set(nameKey(instance), service)
      }
      report(watch, present)
    }
    this.#asking.setWanted(wanted, nowMs)
    this.#pauseEndsMs = nowMs + shortestPauseMs + instances
  }

  #isAboutServices(record: DnsRecord): boolean {
    if (record.type === 'PTR') return this.#watches.has(nameKey(record.name))
    return (
      (record.type === 'SRV' || record.type === 'TXT') && this.#watches.has(nameKey(record.name.slice(1)))
    )
  }

  #isOfKnownInstance(record: DnsRecord): boolean {
    if (record.type !== 'SRV' && record.type !== 'TXT') return false
    const watch = this.#watches.get(nameKey(record.name.slice(1)))
    if (!watch) return false
    const pointer = { name: watch.name, type: 'PTR', target: record.name, ...sharedInternet } as const
    return [...this.#hearings.values()].some(({ cache }) => cache.has(pointer))
  }
}

const sharedInternet = { classCode: internetClass, isUnique: false, ttlSeconds: 0 } as const

/** With other addresses it may be another network. */
function isKnownLink(link: Link, old: ReadonlyMap<string, Hearing>): boolean {
  const hearing = old.get(link.name)
  return hearing !== undefined && sameLink(link, hearing.link)
}

function isAddress({ type }: DnsRecord): boolean {
  return type === 'A' || type === 'AAAA'
}

function instancesOf({ name }: Watch, hearings: readonly Hearing[]): Name[] {
  const targets = hearings.flatMap(({ cache }) =>
    cache.find(name, 'PTR').map(({ record }) => (record as PtrRecord).target),
  )
  const proper = targets.filter(
    (target) => target.length === name.length + 1 && sameName(target.slice(1), name),
  )
  return [...new Map(proper.map((target) => [nameKey(target), target])).values()]
}

function report({ found, listeners }: Watch, present: ReadonlyMap<string, FoundService>): void {
  for (const [key, { service }] of found) {
    if (present.has(key)) continue
    found.delete(key)
    for (const listener of listeners) listener.onDown(service)
  }
  for (const [key, service] of present) {
    const print = printOf(service)
    if (found.get(key)?.print === print) continue
    found.set(key, { service, print })
    for (const listener of listeners) listener.onUp(service)
  }
}

/** Equal for services that nobody can tell apart. */
function printOf(service: FoundService): string {
  const txt = [...service.txt].map(([key, value]) => [key, value === true ? true : [...value].join(' ')])
  return JSON.stringify([{ ...service, txt }])
}
