// Answers for our names on every link: claims them, announces them, defends them, says goodbye (RFC 6762 6 to 10).
// Pure: takes messages, links and the time; gives messages to send.

import { type DnsMessage, isResponse } from '../dns/message.ts'
import { nameText, sameName } from '../dns/name.ts'
import { ownerOf, withOwner } from '../dns/owner-option.ts'
import { packProbes } from '../dns/packing.ts'
import { type DnsRecord, type Question, question, recordKey } from '../dns/records.ts'
import { type Arrival, isOwnAddress, type Link, type Outgoing, sameLink } from '../links/link.ts'
import { multicastPort } from '../links/network.ts'
import type { ServiceToAnnounce } from '../types.ts'
import { apartMs } from './answer-queue.ts'
import { Answering } from './answering.ts'
import { distinct, type Holdings } from './answers.ts'
import {
  afterStep,
  compareProposals,
  hasProbedEnough,
  isProbingAlready,
  isStarting,
  settled,
  startAnnouncing,
} from './claim.ts'
import { HostName, type HostNaming, Instance, type InstanceEvents, type UniqueName } from './unique-names.ts'
import { addressRecords, goodbyeRecords, withTtl } from './zone.ts'

export interface ResponderOptions extends HostNaming {
  /** 0 to 1. */
  readonly random: () => number
  /** Whether a unicast answer to port 5353 would reach us and nobody else on this machine (RFC 6762 15.1). */
  readonly asksForUnicast: () => boolean
  /** Another machine claims every name we try. */
  readonly onKeptOut: (name: string) => void
}

export class Responder {
  #links: readonly Link[] = []
  readonly #host: HostName
  readonly #instances = new Set<Instance>()
  readonly #answering: Answering
  readonly #options: ResponderOptions
  /** How often this machine woke, as far as we know: whatever a sleep proxy says of it is older. */
  #wakes = 0

  constructor(options: ResponderOptions) {
    this.#options = options
    this.#answering = new Answering((link) => this.#holdings(this.#linkOf(link)), options.random)
    this.#host = new HostName(options, options.random)
  }

  get hostName(): HostName['name'] {
    return this.#host.name
  }

  add(service: ServiceToAnnounce, events: InstanceEvents, nowMs: number): Instance {
    const instance = new Instance(service, this.#host, events, this.#options.random)
    const isFirst = this.#instances.size === 0
    this.#instances.add(instance)
    if (isFirst && !this.#host.isHeld) this.#claim(this.#host, nowMs)
    this.#claim(instance, nowMs)
    return instance
  }

  /** New data, same name: announced, not probed (RFC 6762 8.4). */
  changeTxt(instance: Instance, txt: ServiceToAnnounce['txt'], nowMs: number): void {
    instance.txt = txt
    this.#forgetAnswersNotOurs()
    this.#announce(instance, nowMs)
  }

  remove(instance: Instance): Outgoing[] {
    if (!this.#instances.delete(instance)) return []
    this.#forgetAnswersNotOurs()
    const records = instance.isHeld ? goodbyeRecords(instance.service, this.#host.name) : []
    const hostLeaves = this.#instances.size === 0 && this.#host.isHeld
    if (hostLeaves) this.#host.letGo()
    return this.#links.flatMap((link) => {
      const addresses = hostLeaves ? addressRecords(this.#host.name, link) : []
      return this.#goodbye(link, [...records, ...addresses.map((record) => withTtl(record, 0))])
    })
  }

  /** A new link: every name is probed there. New addresses, perhaps of another network: all is announced there again. */
  setLinks(links: readonly Link[], nowMs: number): Outgoing[] {
    const before = new Map(this.#links.map((link) => [link.name, link]))
    this.#links = links
    for (const name of before.keys()) if (!this.#linkOf(name)) this.#answering.forgetLink(name)
    this.#forgetAnswersNotOurs()
    if (this.#instances.size === 0) return []
    const changed = links.filter((link) => !sameLink(link, before.get(link.name) ?? link))
    this.#claimOn(
      links.filter(({ name }) => !before.has(name)),
      nowMs,
    )
    for (const entry of this.#names()) this.#announce(entry, nowMs, namesOf(changed))
    return changed.flatMap((link) => this.#addressesGone(link, before.get(link.name)))
  }

  /** The machine slept, and who knows what happened to its names (RFC 6762 8). */
  resume(nowMs: number): void {
    this.#wakes += 1
    if (this.#instances.size > 0) this.#claimOn(this.#links, nowMs)
  }

  /** What we must be able to answer; `undefined` while nothing is ours. */
  ownQuestion(): Question | undefined {
    const held = [...this.#instances].find(({ isHeld }) => isHeld)
    return held && question(held.name, 'SRV')
  }

  nextDueMs(): number {
    return Math.min(this.#answering.nextDueMs(), ...this.#names().map(({ claim }) => claim.dueMs))
  }

  tick(nowMs: number): Outgoing[] {
    for (const entry of this.#due(nowMs)) if (hasProbedEnough(entry.claim)) this.#win(entry, nowMs)
    const due = this.#due(nowMs)
    const probing = due.filter(({ claim }) => claim.phase === 'probing')
    const announcing = due.filter(({ claim }) => claim.phase === 'announcing')
    const sent = this.#links.flatMap((link) => [
      ...this.#probes(link, probing.filter(isClaimedOn(link))),
      ...this.#announcements(link, announcing.filter(isClaimedOn(link)), nowMs),
    ])
    for (const entry of due) entry.claim = afterStep(entry.claim, nowMs)
    for (const entry of announcing) entry.announcedMs = nowMs
    return this.#signed([...sent, ...this.#answering.tick(nowMs)])
  }

  receive(heard: DnsMessage, arrival: Arrival, nowMs: number): Outgoing[] {
    const { from } = arrival
    const link = this.#linkOf(arrival.link)
    if (!link || this.#instances.size === 0) return []
    if (isResponse(heard)) {
      // RFC 6762 6: answers come from port 5353, everything else is forged or lost.
      if (from.port === multicastPort) this.#hearResponse(heard, link, from.address, nowMs)
      return []
    }
    if (from.port !== multicastPort) return this.#answering.legacyAnswer(heard, arrival)
    this.#hearProbe(heard, link, nowMs)
    this.#answering.hear(heard, arrival, nowMs)
    return this.#signed(this.#answering.tick(nowMs))
  }

  #linkOf(name: string): Link | undefined {
    return this.#links.find((link) => link.name === name)
  }

  #names(): UniqueName[] {
    return [this.#host, ...this.#instances]
  }

  #due(nowMs: number): UniqueName[] {
    return this.#names().filter(({ claim }) => claim.dueMs <= nowMs)
  }

  #claim(entry: UniqueName, nowMs: number, links?: ReadonlySet<string>): void {
    if (this.#links.length === 0) return this.#winWithoutLink(entry)
    entry.probe(nowMs, links)
    // Names that start together share their probes, and no service is announced before its host.
    const other = this.#names().find(({ claim }) => claim !== entry.claim && isStarting(claim, nowMs))
    if (other) entry.claim = other.claim
  }

  /** On links where it was not claimed yet, or not since they slept. What is under way on others begins anew everywhere. */
  #claimOn(links: readonly Link[], nowMs: number): void {
    if (links.length === 0) return
    for (const entry of this.#names())
      this.#claim(entry, nowMs, entry.claim === settled ? namesOf(links) : undefined)
  }

  /** What is being probed for is announced anyhow once it is won. */
  #announce(entry: UniqueName, nowMs: number, links?: ReadonlySet<string>): void {
    if (links?.size === 0 || !entry.isHeld || entry.claim.phase === 'probing') return
    entry.links = entry.claim === settled ? links : undefined
    // However often the data changes, it is told once a second.
    entry.claim = startAnnouncing(Math.max(nowMs, entry.announcedMs + apartMs.usually))
  }

  /** Where a family has no address left, no new record tells that the old ones are void. */
  #addressesGone(link: Link, old: Link | undefined): Outgoing[] {
    if (!old || !this.#host.isHeld) return []
    const left = new Set(link.addresses.map(({ family }) => family))
    const gone = old.addresses.filter(({ family }) => !left.has(family))
    const records = addressRecords(this.#host.name, { ...old, addresses: gone })
    return this.#goodbye(
      link,
      records.map((record) => withTtl(record, 0)),
    )
  }

  #goodbye(link: Link, records: readonly DnsRecord[]): Outgoing[] {
    return this.#answering.goodbye(link.name, records)
  }

  /** With nobody to hear, nobody can object; a link that appears later is probed then. */
  #winWithoutLink(entry: UniqueName): void {
    entry.hold()
    entry.claim = settled
  }

  #win(entry: UniqueName, nowMs: number): void {
    entry.hold()
    entry.claim = startAnnouncing(nowMs)
  }

  /** What we answer for on this link. */
  #holdings(link: Link | undefined): Holdings {
    if (!link) return { records: [], denials: [] }
    const held = this.#names().filter(({ isHeld }) => isHeld)
    return {
      records: distinct(held.flatMap((entry) => entry.records(link))),
      denials: held.map((entry) => entry.denial(link)),
    }
  }

  #probes(link: Link, entries: readonly UniqueName[]): Outgoing[] {
    const proposals = entries.map((entry) => ({
      question: question(entry.name, 'ANY', this.#options.asksForUnicast()),
      records: entry.proposals(link).map(withoutFlush),
    }))
    return packProbes(proposals).map((probe) => ({ link: link.name, message: probe }))
  }

  #announcements(link: Link, entries: readonly UniqueName[], nowMs: number): Outgoing[] {
    if (entries.length === 0) return []
    const records = distinct(entries.flatMap((entry) => entry.records(link)))
    return this.#answering.announce(link.name, records, nowMs)
  }

  /** Somebody probes for a name while we do: the greater proposal wins, the other one waits (RFC 6762 8.2). */
  #hearProbe(heard: DnsMessage, link: Link, nowMs: number): void {
    for (const entry of this.#names()) {
      // Before the first probe of ours there is no tie; and whoever probes without end keeps nobody waiting for ever.
      if (entry.isHeld || !isProbingAlready(entry.claim)) continue
      const theirs = heard.authorities.filter((record) => sameName(record.name, entry.name))
      if (theirs.length > 0 && compareProposals(entry.proposals(link), theirs) < 0) entry.defer(nowMs)
    }
  }

  #hearResponse(heard: DnsMessage, link: Link, from: string, nowMs: number): void {
    const isOurProxy = this.#isOurProxy(heard, from)
    const holdings = this.#holdings(link)
    const ours = new Map(holdings.records.map((record) => [recordKey(record), record]))
    for (const record of [...heard.answers, ...heard.additionals]) {
      const own = ours.get(recordKey(record))
      if (!own) {
        if (!isOurProxy) this.#hearForeign(record, nowMs)
      } else if (record.ttlSeconds * 2 < own.ttlSeconds) this.#answering.rescue(own, link.name, nowMs)
      else this.#answering.heardAnswer(link.name, record)
    }
  }

  /** Our sleep proxy says what we said before we slept: that contests nothing. Another program of this machine may. */
  #isOurProxy(heard: DnsMessage, from: string): boolean {
    const mac = ownerOf(heard)?.macAddress
    const isOurs = this.#links.some(({ macAddress }) => macAddress !== undefined && macAddress === mac)
    return isOurs && !isOwnAddress(this.#links, from)
  }

  #hearForeign(record: DnsRecord, nowMs: number): void {
    if (record.ttlSeconds === 0) return
    const entry = this.#names().find(({ name }) => sameName(name, record.name))
    if (!entry || !this.#isConflict(record, entry)) return
    if (entry.isKeptOut()) return
    // Lost while probing; while held, both sides go back to probing and see (RFC 6762 9).
    if (entry.claim.phase === 'probing') this.#rename(entry, nowMs)
    else entry.contest(nowMs)
    if (entry.isKeptOut()) this.#options.onKeptOut(nameText(entry.name))
    this.#forgetAnswersNotOurs()
  }

  #rename(entry: UniqueName, nowMs: number): void {
    entry.giveUp(nowMs)
    if (entry !== this.#host) return
    // Their SRV records point to it.
    for (const instance of this.#instances) this.#announce(instance, nowMs)
  }

  /** An address of another link of ours, or the same data again, is no conflict. */
  #isConflict(record: DnsRecord, entry: UniqueName): boolean {
    const proposals = this.#links.flatMap((link) => entry.proposals(link))
    const isUniqueKind = ['A', 'AAAA', 'SRV', 'TXT'].includes(`${record.type}`)
    return isUniqueKind && !proposals.some((own) => recordKey(own) === recordKey(record))
  }

  /** What speaks for this machine says by which hardware address it is woken. */
  #signed(messages: readonly Outgoing[]): Outgoing[] {
    return messages.map((one) => {
      const macAddress = this.#linkOf(one.link)?.macAddress
      const owner = { sequence: this.#wakes & 0xff, macAddress: macAddress ?? '' }
      return macAddress === undefined ? one : { ...one, message: withOwner(one.message, owner) }
    })
  }

  #forgetAnswersNotOurs(): void {
    const ours = new Set(
      this.#links.flatMap((link) => {
        const { records, denials } = this.#holdings(link)
        return [...records, ...denials].map(recordKey)
      }),
    )
    this.#answering.keepOnly((record) => ours.has(recordKey(record)))
  }
}

/** The flush bit has no place in a probe (RFC 6762 8.2). */
function withoutFlush(record: DnsRecord): DnsRecord {
  return { ...record, isUnique: false }
}

function isClaimedOn(link: Link): (entry: UniqueName) => boolean {
  return ({ links }) => links?.has(link.name) ?? true
}

function namesOf(links: readonly Link[]): ReadonlySet<string> {
  return new Set(links.map(({ name }) => name))
}
