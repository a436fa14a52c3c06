// The names that must be ours alone: one for the host, one for each service instance; and their state of claim.

import { instanceName, labelText, type Name, nameOf, properLabel } from '../dns/name.ts'
import type { DnsRecord } from '../dns/records.ts'
import type { Link } from '../links/link.ts'
import type { ServiceToAnnounce } from '../types.ts'
import {
  type Claim,
  crowd,
  defer,
  hostAttempt,
  hostLabel,
  instanceAttempt,
  instanceLabel,
  isCrowded,
  settled,
  startAfterCrowd,
  startProbing,
} from './claim.ts'
import { addressRecords, hostNsec, instanceNsec, instanceRecords, pointerRecords } from './zone.ts'

/** Without a conflict for this long, whoever took every name is gone. */
const peaceMs = 60_000
/** Who probes for a name longer than this never means to hold it. */
const mostDeferrals = 5

export abstract class UniqueName {
  claim: Claim = settled
  /** Won by probing: from then on we answer for it, while it is probed again on a new link too. */
  isHeld = false
  /** Where the claim is made, by name; on all links without it. */
  links: ReadonlySet<string> | undefined
  announcedMs = -Infinity
  #attempt: number
  #deferrals = 0
  #conflictsMs: number[] = []
  #isCrowded = false
  readonly #random: () => number

  constructor(random: () => number, attempt = 1) {
    this.#random = random
    this.#attempt = attempt
  }

  get attempt(): number {
    return this.#attempt
  }

  abstract get name(): Name
  /** What is probed for: the unique records. */
  abstract proposals(link: Link): DnsRecord[]
  /** What is announced, and answered with. */
  abstract records(link: Link): DnsRecord[]
  abstract denial(link: Link): DnsRecord

  hold(): void {
    this.isHeld = true
    this.#deferrals = 0
  }

  letGo(): void {
    this.isHeld = false
    this.claim = settled
  }

  probe(nowMs: number, links?: ReadonlySet<string>): void {
    this.links = links
    this.claim = startProbing(nowMs, this.#random)
  }

  /** Somebody takes every name we try, and we wait before the next one. */
  isKeptOut(): boolean {
    return this.#isCrowded && this.claim.phase === 'probing' && this.claim.sent === 0
  }

  /** Someone else probes for it and has the better claim: most often it has the name a second later, and says so. */
  defer(nowMs: number): void {
    this.#deferrals += 1
    if (this.#deferrals > mostDeferrals) this.giveUp(nowMs)
    else this.claim = defer(nowMs)
  }

  /** Someone else has it: the next name, probed for in its turn. */
  giveUp(nowMs: number): void {
    this.#attempt += 1
    this.#deferrals = 0
    this.contest(nowMs)
  }

  /** Someone else says it is theirs: probed for again, to see (RFC 6762 9). */
  contest(nowMs: number): void {
    const lastMs = this.#conflictsMs.at(-1) ?? -Infinity
    this.isHeld = false
    this.links = undefined
    this.#conflictsMs = [...this.#conflictsMs.slice(1 - crowd.conflicts), nowMs]
    const isStill = this.#isCrowded && nowMs - lastMs < peaceMs
    this.#isCrowded = isStill || isCrowded(this.#conflictsMs, nowMs)
    this.claim = this.#isCrowded ? startAfterCrowd(nowMs) : startProbing(nowMs, this.#random)
  }
}

export interface HostNaming {
  /** Without `.local`. */
  readonly hostLabel: string
  /** What a conflict made of it when it was last ours: tried first (RFC 6762 9). */
  readonly lastHostLabel?: string | undefined
  /** Another label is ours than the one asked for, or than the last one. */
  readonly onHostRenamed: (label: string) => void
}

export class HostName extends UniqueName {
  readonly #wanted: string
  readonly #onRenamed: (label: string) => void
  #lastLabel: string

  constructor(
    { hostLabel: wanted, lastHostLabel = wanted, onHostRenamed }: HostNaming,
    random: () => number,
  ) {
    super(random, hostAttempt(wanted, lastHostLabel))
    this.#wanted = wanted
    this.#onRenamed = onHostRenamed
    this.#lastLabel = this.label
  }

  get label(): string {
    return hostLabel(this.#wanted, this.attempt)
  }

  get name(): Name {
    return nameOf(`${this.label}.local`)
  }

  proposals(link: Link): DnsRecord[] {
    return addressRecords(this.name, link)
  }

  records(link: Link): DnsRecord[] {
    return addressRecords(this.name, link)
  }

  denial(link: Link): DnsRecord {
    return hostNsec(this.name, link)
  }

  override hold(): void {
    super.hold()
    if (this.label !== this.#lastLabel) this.#onRenamed(this.label)
    this.#lastLabel = this.label
  }
}

export interface InstanceEvents {
  /** The name is ours, for the first time or again. */
  onHeld(): void
  /** Ours is another name than the one asked for, or than the last one. */
  onRenamed(name: string): void
}

export class Instance extends UniqueName {
  txt: ServiceToAnnounce['txt']
  readonly events: InstanceEvents
  readonly #wanted: ServiceToAnnounce
  readonly #host: HostName
  #lastLabel: string

  constructor(wanted: ServiceToAnnounce, host: HostName, events: InstanceEvents, random: () => number) {
    const label = properLabel(wanted.name)
    super(random, instanceAttempt(label, wanted.lastName ?? label))
    this.#wanted = { ...wanted, name: label }
    this.#lastLabel = instanceLabel(label, this.attempt)
    this.txt = wanted.txt
    this.#host = host
    this.events = events
  }

  get service(): ServiceToAnnounce {
    return { ...this.#wanted, name: instanceLabel(this.#wanted.name, this.attempt), txt: this.txt }
  }

  get name(): Name {
    return instanceName(this.service.name, this.#wanted.type)
  }

  get label(): string {
    return labelText(this.name[0] ?? new Uint8Array())
  }

  proposals(): DnsRecord[] {
    return instanceRecords(this.service, this.#host.name)
  }

  records(): DnsRecord[] {
    return [...pointerRecords(this.service), ...this.proposals()]
  }

  denial(): DnsRecord {
    return instanceNsec(this.service)
  }

  override hold(): void {
    super.hold()
    if (this.label !== this.#lastLabel) this.events.onRenamed(this.label)
    this.#lastLabel = this.label
    this.events.onHeld()
  }
}
