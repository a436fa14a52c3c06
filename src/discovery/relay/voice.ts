// Speaks on one link for services of others: shows them, answers for them, and gives way to whoever is at home here.
// Not a responder: it never probes and never defends a name, since no name is its own.
// Pure: takes messages and the time; gives messages to send.

import { type DnsMessage, isResponse } from '../dns/message.ts'
import { nameKey } from '../dns/name.ts'
import { type DnsRecord, recordKey } from '../dns/records.ts'
import type { Arrival, Outgoing } from '../links/link.ts'
import { multicastPort } from '../links/network.ts'
import { Answering } from '../responder/answering.ts'
import { distinct, type Holdings } from '../responder/answers.ts'
import { enumerationName } from '../responder/zone.ts'
import { type RelayedRecords, relayedRecords } from './relayed-records.ts'
import { keyOf, printOf, type RelayedService } from './relayed-service.ts'

interface Shown extends RelayedRecords {
  readonly print: string
  readonly recordKeys: ReadonlySet<string>
  /** By any of these names it is asked for; the list of all types is none of them. */
  readonly names: ReadonlySet<string>
  /** Announcements that are still to come. */
  left: number
  dueMs: number
  /** Somebody here wants the name: until then nothing is said about it. */
  silentUntilMs: number | undefined
}

export interface VoiceOptions {
  /** The name of the link. */
  readonly link: string
  /** Who relays. */
  readonly mark: string
  /** 0 to 1. */
  readonly random: () => number
  /** Somebody here asks for these. */
  readonly onAsked: (keys: readonly string[]) => void
}

/** The first may be lost (RFC 6762 8.3). */
const announcements = 2
const announcementsApartMs = 1000
/** Whatever happens on the other links, this one hears of it in bursts this far apart. */
const burstsApartMs = 500
/** Longer than it takes somebody at home here to probe for a name, to announce it, and to be heard. */
const silenceMs = 15_000
const enumerationKey = nameKey(enumerationName)

export class Voice {
  readonly #options: VoiceOptions
  readonly #answering: Answering
  readonly #shown = new Map<string, Shown>()
  #wanted: readonly RelayedService[] = []
  #changeDueMs = Infinity
  #lastChangeMs = -Infinity

  constructor(options: VoiceOptions) {
    this.#options = options
    this.#answering = new Answering(() => this.#holdings(), options.random)
  }

  /** All that is shown from now on; goodbye is said to the rest. */
  show(services: readonly RelayedService[], nowMs: number): void {
    this.#wanted = services
    this.#changeDueMs = Math.min(this.#changeDueMs, Math.max(nowMs, this.#lastChangeMs + burstsApartMs))
  }

  /** Another one says it now: dropped without a goodbye, which would be taken for that one's. */
  leaveTo(service: Pick<RelayedService, 'type' | 'name'>): void {
    if (this.#shown.delete(keyOf(service))) this.#forgetAnswers()
  }

  /** Another network may be there now: all is announced again. */
  startOver(nowMs: number): void {
    this.#answering.forgetLink(this.#options.link)
    for (const shown of this.#shown.values()) {
      shown.left = announcements
      shown.dueMs = nowMs
    }
  }

  nextDueMs(): number {
    let next = Math.min(this.#changeDueMs, this.#answering.nextDueMs())
    for (const { dueMs, silentUntilMs } of this.#shown.values()) next = Math.min(next, silentUntilMs ?? dueMs)
    return next
  }

  tick(nowMs: number): Outgoing[] {
    const { link } = this.#options
    const goodbyes = this.#changeDueMs <= nowMs ? this.#change(nowMs) : []
    this.#endSilences(nowMs)
    const due = [...this.#shown.values()].filter((shown) => !isSilent(shown) && shown.dueMs <= nowMs)
    for (const shown of due) {
      shown.left -= 1
      shown.dueMs = shown.left > 0 ? nowMs + announcementsApartMs : Infinity
    }
    const spoken = distinct(due.flatMap(({ records }) => records))
    return [
      ...(goodbyes.length > 0 ? this.#answering.goodbye(link, goodbyes) : []),
      ...(spoken.length > 0 ? this.#answering.announce(link, spoken, nowMs) : []),
      ...this.#answering.tick(nowMs),
    ]
  }

  receive(heard: DnsMessage, arrival: Arrival, nowMs: number): Outgoing[] {
    const isFromPeer = arrival.from.port === multicastPort
    if (isResponse(heard)) {
      if (isFromPeer) this.#hearResponse(heard, nowMs)
      return []
    }
    this.#tellAsked(heard)
    if (!isFromPeer) return this.#answering.legacyAnswer(heard, arrival)
    this.#yieldToProbe(heard, nowMs)
    this.#answering.hear(heard, arrival, nowMs)
    return this.#answering.tick(nowMs)
  }

  /** Goodbye to all. */
  close(): Outgoing[] {
    const records = [...this.#shown.values()].flatMap(({ goodbye }) => goodbye)
    this.#shown.clear()
    this.#wanted = []
    return records.length > 0 ? this.#answering.goodbye(this.#options.link, records) : []
  }

  #holdings(): Holdings {
    const spoken = [...this.#shown.values()].filter((shown) => !isSilent(shown))
    return {
      records: distinct(spoken.flatMap(({ records }) => records)),
      denials: distinct(spoken.flatMap(({ denials }) => denials)),
    }
  }

  /** Gives the goodbyes. */
  #change(nowMs: number): DnsRecord[] {
    this.#changeDueMs = Infinity
    this.#lastChangeMs = nowMs
    const wanted = new Map(this.#wanted.map((service) => [keyOf(service), service]))
    const gone = [...this.#shown].filter(([key]) => !wanted.has(key))
    for (const [key] of gone) this.#shown.delete(key)
    for (const [key, service] of wanted) this.#put(key, service, nowMs)
    this.#forgetAnswers()
    return gone.flatMap(([, { goodbye }]) => goodbye)
  }

  #put(key: string, service: RelayedService, nowMs: number): void {
    const print = printOf(service)
    const before = this.#shown.get(key)
    if (before?.print === print) return
    const all = relayedRecords(service, this.#options.mark)
    this.#shown.set(key, {
      ...all,
      print,
      recordKeys: new Set(all.records.map(recordKey)),
      names: new Set(all.records.map(({ name }) => nameKey(name)).filter((one) => one !== enumerationKey)),
      left: announcements,
      dueMs: nowMs,
      silentUntilMs: before?.silentUntilMs,
    })
  }

  #endSilences(nowMs: number): void {
    for (const shown of this.#shown.values()) {
      if (shown.silentUntilMs === undefined || nowMs < shown.silentUntilMs) continue
      shown.silentUntilMs = undefined
      sayOnceMore(shown, nowMs)
    }
  }

  #forgetAnswers(): void {
    const { records, denials } = this.#holdings()
    const ours = new Set([...records, ...denials].map(recordKey))
    this.#answering.keepOnly((record) => ours.has(recordKey(record)))
  }

  #tellAsked({ questions }: DnsMessage): void {
    const asked = new Set(questions.map(({ name }) => nameKey(name)))
    const keys = [...this.#shown].flatMap(([key, { names }]) =>
      [...names].some((one) => asked.has(one)) ? [key] : [],
    )
    if (keys.length > 0) this.#options.onAsked(keys)
  }

  #hearResponse(heard: DnsMessage, nowMs: number): void {
    const records = [...heard.answers, ...heard.additionals]
    for (const record of records) this.#answering.heardAnswer(this.#options.link, record)
    const goodbyes = records.filter(({ ttlSeconds }) => ttlSeconds === 0).map(recordKey)
    if (goodbyes.length === 0) return
    // Another relay ends, and its goodbye would be taken for ours.
    for (const shown of this.#shown.values())
      if (goodbyes.some((key) => shown.recordKeys.has(key))) sayOnceMore(shown, nowMs + announcementsApartMs)
  }

  /** Whoever probes for a name is at home here, or has moved here: an answer of ours would make it take another one. */
  #yieldToProbe({ authorities }: DnsMessage, nowMs: number): void {
    if (authorities.length === 0) return
    const probed = new Set(authorities.map(({ name }) => nameKey(name)))
    for (const shown of this.#shown.values())
      if (probed.has(nameKey(shown.instance))) shown.silentUntilMs = nowMs + silenceMs
    this.#forgetAnswers()
  }
}

function isSilent({ silentUntilMs }: Shown): boolean {
  return silentUntilMs !== undefined
}

function sayOnceMore(shown: Shown, atMs: number): void {
  shown.left = Math.max(shown.left, 1)
  shown.dueMs = Math.min(shown.dueMs, atMs)
}
