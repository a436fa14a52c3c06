// Answers for our names on every link: claims them, announces them, defends them, says goodbye (RFC 6762 6 to 10).
// Pure: takes messages, links and the time; gives messages to send.

import { AnswerQueue, apartMs } from './answer-queue.ts'
import {
  additionalsTo,
  answersTo,
  asLegacy,
  distinct,
  type Holdings,
  isKnown,
  knownAnswers,
} from './answers.ts'
import {
  afterStep,
  compareProposals,
  defer,
  hasProbedEnough,
  isStarting,
  settled,
  startAnnouncing,
} from './claim.ts'
import { type DnsMessage, flags, isResponse, message, responseFlags } from './dns-message.ts'
import { nameText, sameName } from './dns-name.ts'
import { type DnsRecord, distinctQuestions, question, recordKey } from './dns-records.ts'
import { type Link, type Sender, sameLink } from './link.ts'
import { multicastPort } from './network.ts'
import { packProbes, packResponses } from './packing.ts'
import type { ServiceToAnnounce } from './types.ts'
import { HostName, Instance, type InstanceEvents, type UniqueName } from './unique-names.ts'
import { goodbyeRecords } from './zone.ts'

export interface Outgoing {
  readonly link: string
  readonly message: DnsMessage
  /** Unicast to there; without it, multicast. */
  readonly to?: Sender
}

export interface ResponderOptions {
  /** Without `.local`. */
  readonly hostLabel: string
  /** 0 to 1. */
  readonly random: () => number
  /** Whether a unicast answer to port 5353 would reach us and nobody else on this machine (RFC 6762 15.1). */
  readonly asksForUnicast: boolean
  /** Another machine claims every name we try. */
  readonly onKeptOut: (name: string) => void
}

/** Plain DNS clients ask one at a time; the answer repeats what was asked, and must stay small. */
const legacyQuestions = 4

export class Responder {
  #links: readonly Link[] = []
  readonly #host: HostName
  readonly #instances = new Set<Instance>()
  readonly #queue = new AnswerQueue()
  readonly #options: ResponderOptions

  constructor(options: ResponderOptions) {
    this.#options = options
    this.#host = new HostName(options.hostLabel, options.random)
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

  remove(instance: Instance, nowMs: number): Outgoing[] {
    if (!this.#instances.delete(instance)) return []
    this.#forgetAnswersNotOurs()
    if (!instance.isHeld) return []
    const records = goodbyeRecords(instance.service, this.#host.name)
    return this.#links.flatMap((link) => this.#multicast(link, records, [], nowMs))
  }

  /** A new link: every name is probed there. New addresses, perhaps of another network: all is announced again. */
  setLinks(links: readonly Link[], nowMs: number): void {
    const before = new Map(this.#links.map((link) => [link.name, link]))
    this.#links = links
    const known = links.map((link) => ({ link, old: before.get(link.name) }))
    for (const name of before.keys())
      if (!links.some((link) => link.name === name)) this.#queue.forgetLink(name)
    this.#forgetAnswersNotOurs()
    if (this.#instances.size === 0) return
    if (known.some(({ old }) => !old)) for (const entry of this.#names()) this.#claim(entry, nowMs)
    else if (known.some(({ link, old }) => old && !sameLink(link, old)))
      for (const entry of this.#names()) this.#announce(entry, nowMs)
  }

  nextDueMs(): number {
    return Math.min(this.#queue.nextDueMs(), ...this.#names().map(({ claim }) => claim.dueMs))
  }

  tick(nowMs: number): Outgoing[] {
    for (const entry of this.#due(nowMs)) if (hasProbedEnough(entry.claim)) this.#win(entry, nowMs)
    const due = this.#due(nowMs)
    const probing = due.filter(({ claim }) => claim.phase === 'probing')
    const announcing = due.filter(({ claim }) => claim.phase === 'announcing')
    const sent = this.#links.flatMap((link) => [
      ...this.#probes(link, probing),
      ...this.#announcements(link, announcing, nowMs),
    ])
    for (const entry of due) entry.claim = afterStep(entry.claim, nowMs)
    return [...sent, ...this.#dueAnswers(nowMs)]
  }

  receive(heard: DnsMessage, linkName: string, from: Sender, nowMs: number): Outgoing[] {
    const link = this.#links.find(({ name }) => name === linkName)
    if (!link || this.#instances.size === 0) return []
    if (isResponse(heard)) {
      // RFC 6762 6: answers come from port 5353, everything else is forged or lost.
      if (from.port === multicastPort) this.#hearResponse(heard, link, nowMs)
      return []
    }
    if (from.port !== multicastPort) return this.#answerLegacy(heard, link, from)
    this.#hearProbe(heard, link, nowMs)
    this.#hearQuery(heard, link, from, nowMs)
    return this.#dueAnswers(nowMs)
  }

  #names(): UniqueName[] {
    return [this.#host, ...this.#instances]
  }

  #due(nowMs: number): UniqueName[] {
    return this.#names().filter(({ claim }) => claim.dueMs <= nowMs)
  }

  #claim(entry: UniqueName, nowMs: number): void {
    if (this.#links.length === 0) return this.#winWithoutLink(entry)
    entry.probe(nowMs)
    // Names that start together share their probes, and no service is announced before its host.
    const other = this.#names().find(({ claim }) => claim !== entry.claim && isStarting(claim, nowMs))
    if (other) entry.claim = other.claim
  }

  /** What is being probed for is announced anyhow once it is won. */
  #announce(entry: UniqueName, nowMs: number): void {
    if (entry.isHeld && entry.claim.phase !== 'probing') entry.claim = startAnnouncing(nowMs)
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
  #holdings(link: Link): Holdings {
    const held = this.#names().filter(({ isHeld }) => isHeld)
    return {
      records: distinct(held.flatMap((entry) => entry.records(link))),
      denials: held.map((entry) => entry.denial(link)),
    }
  }

  #probes(link: Link, entries: readonly UniqueName[]): Outgoing[] {
    const proposals = entries.map((entry) => ({
      question: question(entry.name, 'ANY', this.#options.asksForUnicast),
      records: entry.proposals(link).map(withoutFlush),
    }))
    return packProbes(proposals).map((probe) => ({ link: link.name, message: probe }))
  }

  #announcements(link: Link, entries: readonly UniqueName[], nowMs: number): Outgoing[] {
    if (entries.length === 0) return []
    const records = distinct(entries.flatMap((entry) => entry.records(link)))
    return this.#multicast(link, records, additionalsTo(records, this.#holdings(link)), nowMs)
  }

  #multicast(
    link: Link,
    answers: readonly DnsRecord[],
    additionals: readonly DnsRecord[],
    nowMs: number,
  ): Outgoing[] {
    const messages = packResponses(answers, additionals)
    for (const sent of messages)
      this.#queue.noteMulticast(link.name, [...sent.answers, ...sent.additionals], nowMs)
    return messages.map((sent) => ({ link: link.name, message: sent }))
  }

  #dueAnswers(nowMs: number): Outgoing[] {
    const due = Object.groupBy(this.#queue.takeDue(nowMs), ({ link, to }) => `${link} ${to?.address ?? ''}`)
    return Object.values(due).flatMap((group = []) => {
      const [{ link: linkName, to } = { link: '', to: undefined }] = group
      const link = this.#links.find(({ name }) => name === linkName)
      if (!link) return []
      const answers = distinct(group.flatMap(({ records }) => records))
      const additionals = additionalsTo(answers, this.#holdings(link))
      if (!to) return this.#multicast(link, answers, additionals, nowMs)
      return packResponses(answers, additionals).map((sent) => ({ link: linkName, message: sent, to }))
    })
  }

  #answerLegacy(heard: DnsMessage, link: Link, from: Sender): Outgoing[] {
    const holdings = this.#holdings(link)
    const questions = heard.questions.slice(0, legacyQuestions)
    const answers = distinct(questions.flatMap((one) => answersTo(one, holdings)))
    const [first] = packResponses(answers.map(asLegacy), additionalsTo(answers, holdings).map(asLegacy))
    if (!first) return []
    const reply = message({
      ...first,
      id: heard.id,
      flags: responseFlags,
      questions: questions.map(asPlain),
    })
    return [{ link: link.name, message: reply, to: from }]
  }

  #hearQuery(heard: DnsMessage, link: Link, from: Sender, nowMs: number): void {
    if (heard.questions.length === 0) {
      this.#queue.heardKnown(link.name, from.address, heard.answers)
      return
    }
    const holdings = this.#holdings(link)
    const isProbe = heard.authorities.length > 0
    const known = knownAnswers(heard.answers)
    for (const asked of distinctQuestions(heard.questions)) {
      const answers = answersTo(asked, holdings).filter((record) => !isKnown(record, known))
      const isLate = (record: DnsRecord) =>
        nowMs - this.#queue.lastMulticastMs(link.name, record) > record.ttlSeconds * 250
      const unicast = asked.wantsUnicast ? answers.filter((record) => !isLate(record)) : []
      const shared = {
        link: link.name,
        askedBy: from.address,
        dueMs: nowMs + this.#answerDelayMs(heard, answers),
        apartMs: isProbe ? apartMs.inDefence : apartMs.usually,
      }
      this.#queue.add({ ...shared, records: unicast, to: from })
      this.#queue.add({ ...shared, records: answers.filter((record) => !unicast.includes(record)) })
    }
  }

  /** RFC 6762 6: at once when all is ours alone, else spread; 7.2: known answers may still follow. */
  #answerDelayMs(heard: DnsMessage, answers: readonly DnsRecord[]): number {
    const { random } = this.#options
    if ((heard.flags & flags.truncated) !== 0) return 400 + random() * 100
    return answers.every(({ isUnique }) => isUnique) ? 0 : 20 + random() * 100
  }

  /** Somebody probes for a name while we do: the greater proposal wins, the other one waits (RFC 6762 8.2). */
  #hearProbe(heard: DnsMessage, link: Link, nowMs: number): void {
    for (const entry of this.#names()) {
      if (entry.isHeld || entry.claim.phase !== 'probing') continue
      const theirs = heard.authorities.filter((record) => sameName(record.name, entry.name))
      if (theirs.length > 0 && compareProposals(entry.proposals(link), theirs) < 0) entry.claim = defer(nowMs)
    }
  }

  #hearResponse(heard: DnsMessage, link: Link, nowMs: number): void {
    const holdings = this.#holdings(link)
    const ours = new Map(holdings.records.map((record) => [recordKey(record), record]))
    for (const record of [...heard.answers, ...heard.additionals]) {
      const own = ours.get(recordKey(record))
      if (!own) this.#hearForeign(record, nowMs)
      else if (record.ttlSeconds * 2 < own.ttlSeconds) this.#rescue(own, link, nowMs)
      else this.#queue.heardAnswer(link.name, record)
    }
  }

  /** Somebody said goodbye, or something near it, to a record that we hold too (RFC 6762 6.6). */
  #rescue(own: DnsRecord, link: Link, nowMs: number): void {
    const dueMs = Math.max(nowMs, this.#queue.lastMulticastMs(link.name, own) + apartMs.usually)
    this.#queue.add({ link: link.name, records: [own], dueMs, apartMs: apartMs.usually })
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

  #forgetAnswersNotOurs(): void {
    const ours = new Set(
      this.#links.flatMap((link) => {
        const { records, denials } = this.#holdings(link)
        return [...records, ...denials].map(recordKey)
      }),
    )
    this.#queue.keepOnly((record) => ours.has(recordKey(record)))
  }
}

/** The flush bit has no place in a probe (RFC 6762 8.2). */
function withoutFlush(record: DnsRecord): DnsRecord {
  return { ...record, isUnique: false }
}

function asPlain(asked: DnsMessage['questions'][number]): DnsMessage['questions'][number] {
  return { ...asked, wantsUnicast: false }
}
