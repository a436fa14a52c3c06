// Who offers a service: asks, remembers, asks again, and says who came and who left (RFC 6762 5, RFC 6763 4).
// Pure: takes messages, links and the time; gives messages to send and calls its listeners.

import { type DnsMessage, isResponse } from '../dns/message.ts'
import { type Name, nameKey, sameName } from '../dns/name.ts'
import { type Owner, ownerOf } from '../dns/owner-option.ts'
import { packQuery } from '../dns/packing.ts'
import {
  type DnsRecord,
  distinctQuestions,
  internetClass,
  isAnswerTo,
  type Question,
  question,
} from '../dns/records.ts'
import { isLinkLocal } from '../links/addresses.ts'
import { type Arrival, type Link, type LinkAddress, type Outgoing, sameLink } from '../links/link.ts'
import { multicastPort } from '../links/network.ts'
import type { BrowseListener, FoundService } from '../types.ts'
import { Asking, type Wanted } from './asking.ts'
import { type Doubt, RecordCache } from './cache.ts'
import { isOwnersGoodbye } from './goodbye.ts'
import { type Hearing, resolve } from './resolve.ts'
import { instancesOf, isInstanceOf, nameOfFound, newWatch, report, type Watch, welcome } from './watch.ts'

export interface BrowserOptions {
  /** 0 to 1. */
  readonly random: () => number
  readonly asksForUnicast: () => boolean
}

interface BrowsedLink extends Hearing {
  readonly asking: Asking
}

/** As many as fit one packet, the type's name being written once. */
const questionsAtOnce = 20
/** What was heard is looked at again this long after the last time, and a little more for each instance: work has a bound. */
const shortestPauseMs = { atAll: 10, perInstance: 0.2 } as const
/** A flood made us forget somebody: whoever is still there is asked for. */
const forgottenMs = 30_000
/** Somebody could not be reached, or a stranger said goodbye in its name: it has two seconds to contradict. */
const reconfirmation: Doubt = { lastsMs: 1900, asksAtMs: [0, 500, 1200] }
/** After a sleep, or on another network: who is there answers the question for all, the rest is asked one by one. */
const newBeginning: Doubt = { lastsMs: 4000, asksAtMs: [2000] }

export class Browser {
  #links = new Map<string, BrowsedLink>()
  readonly #watches = new Map<string, Watch>()
  readonly #options: BrowserOptions
  /** The hosts that services of interest are on, by key, with their owner once that is told. */
  #hosts = new Map<string, Owner | undefined>()
  #pauseEndsMs = -Infinity
  /** When what was heard since is looked at. */
  #updateDueMs = Infinity

  constructor(options: BrowserOptions) {
    this.#options = options
  }

  browse(type: string, listener: BrowseListener, nowMs: number): { close(): void } {
    const made = newWatch(type)
    const key = nameKey(made.name)
    const watch = this.#watches.get(key) ?? made
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
    const old = this.#links
    this.#links = new Map(links.map((link) => [link.name, this.#newLink(link, old.get(link.name))]))
    for (const { link, asking, cache } of this.#links.values()) {
      const before = old.get(link.name)?.link
      if (!before || sameLink(before, link)) continue
      asking.startOver(nowMs)
      if (isElsewhere(before, link)) cache.doubt(() => true, nowMs, newBeginning)
    }
    this.#update(nowMs)
  }

  /** The machine slept: who was there may have left without our hearing it. */
  resume(nowMs: number): void {
    for (const { asking, cache } of this.#links.values()) {
      asking.startOver(nowMs)
      cache.doubt(() => true, nowMs, newBeginning)
    }
  }

  /** It is asked for again, with its host; gone unless it answers (RFC 6762 10.4). */
  reconfirm(service: Pick<FoundService, 'type' | 'name'>, nowMs: number): void {
    this.#doubt(nameOfFound(service), nowMs)
  }

  receive(heard: DnsMessage, { link, from }: Arrival, nowMs: number): void {
    const browsed = this.#links.get(link)
    if (!browsed || this.#watches.size === 0 || from.port !== multicastPort) return
    if (!isResponse(heard)) return this.#hearQuery(heard, browsed, nowMs)
    const records = [...heard.answers, ...heard.additionals].filter(
      ({ classCode }) => classCode === internetClass,
    )
    // In the order in which one leads to the next. What nothing leads to is not kept, or anybody could fill our memory.
    const kinds = [
      ({ type, name }: DnsRecord) => type === 'PTR' && this.#watches.has(nameKey(name)),
      (record: DnsRecord) => this.#isOfKnownInstance(record),
      (record: DnsRecord) => isAddress(record) && this.#hosts.has(nameKey(record.name)),
    ]
    let isOfInterest = false
    for (const isKind of kinds) {
      for (const record of records.filter(isKind)) {
        this.#remember(record, browsed, from.address, nowMs)
        isOfInterest = true
      }
    }
    if (!isOfInterest) return
    this.#noteOwner(heard, records)
    this.#updateDueMs = Math.max(nowMs, this.#pauseEndsMs)
  }

  nextDueMs(): number {
    if ([...this.#watches.values()].some(({ newcomers }) => newcomers.size > 0)) return -Infinity
    const dues = [...this.#links.values()].map(({ cache, asking }) =>
      Math.min(cache.nextDueMs(), asking.nextDueMs()),
    )
    return Math.min(this.#updateDueMs, ...dues)
  }

  tick(nowMs: number): Outgoing[] {
    for (const watch of this.#watches.values()) welcome(watch)
    const refreshes = new Map([...this.#links.values()].map((link) => [link, this.#refreshes(link, nowMs)]))
    if (this.#updateDueMs <= nowMs) this.#update(nowMs)
    return [...refreshes].flatMap(([link, again]) => {
      const due = link.asking
        .takeDue(nowMs)
        .map(({ name, type, isFirst }) => question(name, type, isFirst && this.#options.asksForUnicast()))
      return queries(link, distinctQuestions([...due, ...again]), nowMs)
    })
  }

  #newLink(link: Link, old: BrowsedLink | undefined): BrowsedLink {
    const { random } = this.#options
    return { link, cache: old?.cache ?? new RecordCache(random), asking: old?.asking ?? new Asking(random) }
  }

  #remember(record: DnsRecord, { cache, asking }: BrowsedLink, from: string, nowMs: number): void {
    if (record.type === 'SRV')
      this.#hosts.set(nameKey(record.target), this.#hosts.get(nameKey(record.target)))
    if (record.ttlSeconds === 0 && !isOwnersGoodbye(record, from, cache))
      return this.#doubt(record.type === 'PTR' ? record.target : record.name, nowMs)
    if (!cache.put(record, nowMs)) asking.hurry(nowMs + forgottenMs)
  }

  /** Pointers to it, its own records, and the addresses of its host. */
  #doubt(name: Name, nowMs: number): void {
    for (const { cache } of this.#links.values()) {
      const names = [
        name,
        ...cache.find(name, 'SRV').flatMap(({ record }) => (record.type === 'SRV' ? [record.target] : [])),
      ]
      const isMeant = (record: DnsRecord) =>
        record.type === 'PTR'
          ? sameName(record.target, name)
          : names.some((one) => sameName(one, record.name))
      cache.doubt(isMeant, nowMs, reconfirmation)
    }
  }

  #noteOwner(heard: DnsMessage, records: readonly DnsRecord[]): void {
    const owner = ownerOf(heard)
    if (!owner) return
    for (const record of records) {
      const host = record.type === 'SRV' ? record.target : record.name
      if ((record.type === 'SRV' || isAddress(record)) && this.#hosts.has(nameKey(host)))
        this.#hosts.set(nameKey(host), owner)
    }
  }

  /** Forgets what ran out, and gives what must be asked for again. */
  #refreshes({ cache, asking }: BrowsedLink, nowMs: number): Question[] {
    const gone = cache.expire(nowMs)
    if (gone.length > 0) this.#updateDueMs = nowMs
    if (gone.some(({ record, isFarewell }) => !isFarewell && this.#isAboutServices(record)))
      for (const { name } of this.#watches.values()) asking.lookAgain(name, nowMs)
    return cache
      .refreshDue(nowMs)
      .filter((record) => this.#isAboutServices(record) || this.#hosts.has(nameKey(record.name)))
      .map(({ name, type }) => question(name, type))
  }

  #hearQuery(heard: DnsMessage, { cache, asking }: BrowsedLink, nowMs: number): void {
    for (const asked of distinctQuestions(heard.questions)) {
      if (asked.wantsUnicast || !asking.isAbout(asked)) continue
      const known = heard.answers.filter((record) => isAnswerTo(record, asked))
      if (known.every((record) => cache.has(record))) asking.heard(asked, nowMs)
    }
  }

  /** Works out anew what is there, tells the listeners what changed, and what remains to be asked. */
  #update(nowMs: number): void {
    this.#updateDueMs = Infinity
    const wanted: Wanted[] = []
    const links = [...this.#links.values()]
    const owners = this.#hosts
    let instances = 0
    this.#hosts = new Map()
    for (const watch of this.#watches.values()) {
      wanted.push({ name: watch.name, type: 'PTR', isContinuous: true })
      const present = new Map<string, FoundService>()
      for (const instance of instancesOf(watch, links)) {
        const { service, missing, host } = resolve(watch.type, instance, links)
        const owner = host && owners.get(nameKey(host))
        instances += 1
        if (host) this.#hosts.set(nameKey(host), owner)
        for (const { name, type } of missing) wanted.push({ name, type, isContinuous: false })
        if (service) present.set(nameKey(instance), owner ? { ...service, owner } : service)
      }
      report(watch, present)
    }
    for (const { asking } of links) asking.setWanted(wanted, nowMs)
    this.#pauseEndsMs = nowMs + shortestPauseMs.atAll + shortestPauseMs.perInstance * instances
  }

  #isAboutServices(record: DnsRecord): boolean {
    if (record.type === 'PTR') return this.#watches.has(nameKey(record.name))
    if (record.type !== 'SRV' && record.type !== 'TXT') return false
    return [...this.#watches.values()].some((watch) => isInstanceOf(watch, record.name))
  }

  #isOfKnownInstance(record: DnsRecord): boolean {
    if (record.type !== 'SRV' && record.type !== 'TXT') return false
    return [...this.#watches.values()].some((watch) => {
      if (!isInstanceOf(watch, record.name)) return false
      const pointer = { name: watch.name, type: 'PTR', target: record.name, ...sharedInternet } as const
      return [...this.#links.values()].some(({ cache }) => cache.has(pointer))
    })
  }
}

const sharedInternet = { classCode: internetClass, isUnique: false, ttlSeconds: 0 } as const

/** None of the old addresses is left: it may be another network. Link-local ones are the same everywhere. */
function isElsewhere(before: Link, now: Link): boolean {
  const global = ({ address }: LinkAddress) => !isLinkLocal(address)
  const left = new Set(now.addresses.filter(global).map(({ address }) => address))
  return !before.addresses.filter(global).some(({ address }) => left.has(address))
}

function isAddress({ type }: DnsRecord): boolean {
  return type === 'A' || type === 'AAAA'
}

function queries(hearing: Hearing, questions: readonly Question[], nowMs: number): Outgoing[] {
  const starts = Array.from(
    { length: Math.ceil(questions.length / questionsAtOnce) },
    (_, i) => i * questionsAtOnce,
  )
  return starts.flatMap((start) => query(hearing, questions.slice(start, start + questionsAtOnce), nowMs))
}

function query({ link, cache }: Hearing, questions: readonly Question[], nowMs: number): Outgoing[] {
  const known = questions
    .flatMap(({ name, type }) => cache.find(name, type))
    .filter(({ record }) => record.type === 'PTR')
    .map(({ record, expiresMs }) => ({ record, leftSeconds: Math.floor((expiresMs - nowMs) / 1000) }))
    .filter(({ record, leftSeconds }) => leftSeconds * 2 > record.ttlSeconds)
    .map(({ record, leftSeconds }) => asKnownAnswer(record, leftSeconds))
  return packQuery(questions, known).map((one) => ({ link: link.name, message: one }))
}

/** With the life that is left, and whoever announced it as unique: without the flush bit (RFC 6762 7.1, 10.2). */
function asKnownAnswer(record: DnsRecord, leftSeconds: number): DnsRecord {
  return { ...record, ttlSeconds: leftSeconds, isUnique: false }
}
