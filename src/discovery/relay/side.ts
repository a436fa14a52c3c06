// One link of this machine, as the relay uses it: hears what is at home there, and speaks there for what is not.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { startDiscovery } from '../discovery.ts'
import { decode, encode, isMulticastDns } from '../dns/message.ts'
import { isOnLink, type Link, type Outgoing, type Sender, sameLink } from '../links/link.ts'
import type { Network, PacketHandler } from '../links/network.ts'
import { Rounds } from '../rounds.ts'
import type { Discovery, FoundService } from '../types.ts'
import { echoFree } from './echo-free.ts'
import type { End } from './exchange.ts'
import { keyOf, markOf, offerOf, type RelayedService } from './relayed-service.ts'
import { Voice } from './voice.ts'

export interface Side extends End {
  readonly kind: 'side'
  /** Goodbye for all that was shown. Never rejects. */
  close(): Promise<void>
}

export interface SideOptions {
  readonly name: string
  /** Such as `_touch-able._tcp`. */
  readonly types: readonly string[]
  /** Who relays: 8 hex digits, another for each relay. */
  readonly mark: string
  readonly makeNetwork: (onPacket: PacketHandler) => Network
  readonly log: Log
  readonly clock: Clock
  /** 0 to 1. */
  readonly random: () => number
  /** `offers` or `taken` changed. */
  readonly onChange: () => void
  /** Somebody here asks for these of what is shown, by key. */
  readonly onAsked: (keys: readonly string[]) => void
}

/** Who is at home here is heard by then; nothing is shown before, since it might be theirs. */
const listeningMs = 3000
/** How often the interface is looked at, as in discovery.ts. */
const pollMs = 2000

export async function openSide(options: SideOptions): Promise<Side> {
  const side = new RunningSide(options)
  await side.start()
  return side
}

class RunningSide implements Side {
  readonly kind = 'side'
  readonly name: string
  readonly offers = new Map<string, RelayedService>()
  readonly taken = new Set<string>()
  readonly #options: SideOptions
  readonly #clock: Clock
  readonly #voice: Voice
  readonly #network: Network
  readonly #startMs: number
  readonly #makeNetwork: SideOptions['makeNetwork']
  #discovery: Discovery | undefined
  #wanted: readonly RelayedService[] = []
  #link: Link | undefined
  #nextPollMs = -Infinity
  #hasListened = false
  readonly #rounds: Rounds
  #isClosed = false

  constructor(options: SideOptions) {
    this.#options = options
    this.name = options.name
    this.#clock = options.clock
    this.#startMs = options.clock.nowMs()
    this.#voice = new Voice({
      link: options.name,
      mark: options.mark,
      random: options.random,
      onAsked: options.onAsked,
    })
    // Discovery asks, the voice answers, and neither is a stranger to the other.
    this.#makeNetwork = echoFree(options.makeNetwork)
    // Before discovery's own: the system hands unicast to the socket that was opened last, and only discovery asks.
    this.#network = this.#makeNetwork((bytes, from, isUnicast) => this.#hear(bytes, from, isUnicast))
    this.#rounds = new Rounds(options.clock, () => this.#nextDueMs())
  }

  async start(): Promise<void> {
    await this.#poll()
    const { log, clock, random, types } = this.#options
    const makeNetwork = this.#makeNetwork
    this.#discovery = await startDiscovery({ makeNetwork, log, clock, random, hostLabel: 'tonearm-relay' })
    for (const type of types)
      this.#discovery.browse(type, {
        onUp: (found) => this.#noteUp(found),
        onDown: (found) => this.#noteDown(found),
      })
    this.#rounds.begin(() => this.#round())
  }

  show(services: readonly RelayedService[]): void {
    this.#wanted = services
    if (!this.#hasListened) return
    this.#voice.show(services, this.#clock.nowMs())
    this.#rounds.wake()
  }

  reconfirm(service: RelayedService): void {
    this.#discovery?.reconfirm(service)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#send(this.#voice.close())
    await this.#rounds.end()
    await this.#discovery?.close()
    await this.#network.close()
  }

  #noteUp(found: FoundService): void {
    const key = keyOf(found)
    const mark = markOf(found.txt)
    const offer = offerOf(found)
    if (offer) this.offers.set(key, offer)
    else this.offers.delete(key)
    // Of two relays that bring the same, the one with the lesser mark goes on.
    if (mark === undefined || mark < this.#options.mark) {
      this.taken.add(key)
      this.#voice.leaveTo(found)
    } else this.taken.delete(key)
    this.#options.onChange()
  }

  #noteDown(found: FoundService): void {
    this.offers.delete(keyOf(found))
    this.taken.delete(keyOf(found))
    this.#options.onChange()
  }

  async #round(): Promise<void> {
    const nowMs = this.#clock.nowMs()
    if (nowMs >= this.#nextPollMs) await this.#poll()
    if (this.#isClosed) return
    if (!this.#hasListened && nowMs >= this.#startMs + listeningMs) {
      this.#hasListened = true
      this.#voice.show(this.#wanted, nowMs)
    }
    this.#guard(() => this.#send(this.#voice.tick(this.#clock.nowMs())))
  }

  #nextDueMs(): number {
    const listenedMs = this.#hasListened ? Infinity : this.#startMs + listeningMs
    return Math.min(this.#nextPollMs, listenedMs, this.#voice.nextDueMs())
  }

  async #poll(): Promise<void> {
    this.#nextPollMs = this.#clock.nowMs() + pollMs
    try {
      const links = this.#network.links()
      await this.#network.follow(links)
      const [link] = links
      const isSame = link && this.#link ? sameLink(link, this.#link) : link === this.#link
      this.#link = link
      // Back, or in another network: who is there must hear of everything again.
      if (!isSame && link) this.#voice.startOver(this.#clock.nowMs())
    } catch (fault) {
      this.#options.log.warn('the interfaces cannot be read', { fault })
    }
  }

  #send(messages: readonly Outgoing[]): void {
    for (const { link, message, to } of messages) this.#network.send(link, encode(message), to)
  }

  /** Nothing is said to those who ask from another link (RFC 6762 11). */
  #hear(bytes: Uint8Array, from: Sender, isUnicast: boolean): void {
    const link = this.#link
    if (this.#isClosed || !link || !isOnLink(link, from.address)) return
    this.#guard(() => {
      const heard = decode(bytes)
      if (!isMulticastDns(heard)) return
      const arrival = { link: this.name, from, isUnicast }
      this.#send(this.#voice.receive(heard, arrival, this.#clock.nowMs()))
      this.#rounds.wake()
    })
  }

  /** A stranger's packet is never the end of us; a mistake of our own is told whole. */
  #guard(act: () => void): void {
    try {
      act()
    } catch (fault) {
      if (fault instanceof KnownError) this.#options.log.debug(fault.message, fault.details)
      else this.#options.log.error('relaying failed', { fault })
    }
  }
}
