// Carries packets and time between the network and the two machines of this room, responder and browser.

import { randomInt } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'
import { Browser } from './browser/browser.ts'
import { type DnsMessage, decode, encode, isMulticastDns, message } from './dns/message.ts'
import {
  type Arrival,
  isOnLink,
  isOwnAddress,
  type Link,
  type Outgoing,
  type Sender,
  sameLink,
} from './links/link.ts'
import type { Network, PacketHandler } from './links/network.ts'
import { machineLabel } from './links/system-links.ts'
import { systemNetwork } from './links/system-network.ts'
import { checkService, checkTxt } from './responder/check-service.ts'
import { Responder } from './responder/responder.ts'
import type { Instance } from './responder/unique-names.ts'
import { Rounds } from './rounds.ts'
import type { Announcement, Discovery } from './types.ts'

export interface DiscoveryOptions {
  /** Names such as `eth0`; all that are up without it. */
  readonly interfaces?: readonly string[]
  readonly log: Log
  readonly clock: Clock
  /** Host name without `.local`; one of the machine's own, stable, without it. */
  readonly hostLabel?: string
  /** What a conflict made of it before: tried first. */
  readonly lastHostLabel?: string | undefined
  /** Hears of conflicts: keep the label, and give it as `lastHostLabel` at the next start. */
  readonly onHostRenamed?: (label: string) => void
}

export interface DiscoveryParts {
  readonly makeNetwork: (onPacket: PacketHandler) => Network
  readonly log: Log
  readonly clock: Clock
  readonly hostLabel: string
  readonly lastHostLabel?: string | undefined
  readonly onHostRenamed?: ((label: string) => void) | undefined
  /** 0 to 1. */
  readonly random: () => number
}

/** How often the interfaces are looked at: there is no event for their changes. */
const pollMs = 2000
/** How many of our own packets are remembered, to know their echo. */
const echoes = 64
const tellAgainMs = 600_000
/** A gap in time this long means that the machine, or this program, slept. */
const sleepMs = 10_000
/** When we look from outside whether we are heard: after a change of links, then now and then. */
const checkMs = { first: 30_000, between: 600_000 } as const

/** Never rejects for want of a network: without one it waits for one. */
export function openDiscovery(options: DiscoveryOptions): Promise<Discovery> {
  const { interfaces, log, clock, hostLabel, lastHostLabel, onHostRenamed } = options
  return startDiscovery({
    makeNetwork: (onPacket) => systemNetwork({ interfaces, log, onPacket }),
    log,
    clock,
    hostLabel: hostLabel ?? machineLabel(),
    lastHostLabel,
    onHostRenamed,
    random: Math.random,
  })
}

export async function startDiscovery(parts: DiscoveryParts): Promise<Discovery> {
  const engine = new Engine(parts)
  await engine.start()
  return {
    announce: (service, onRenamed = () => undefined) =>
      new Promise((resolve, reject) => {
        engine.announce(service, onRenamed, resolve, reject)
      }),
    browse: (type, listener) => engine.browse(type, listener),
    reconfirm: (service) => engine.reconfirm(service),
    close: () => engine.close(),
  }
}

class Engine {
  readonly #clock: Clock
  readonly #log: Log
  readonly #network: Network
  readonly #responder: Responder
  readonly #browser: Browser
  readonly #instances = new Set<Instance>()
  /** Rejects announcements that are not through when all is closed. */
  readonly #unfinished = new Set<(reason: Error) => void>()
  readonly #sent: string[] = []
  #links: readonly Link[] = []
  #nextPollMs = 0
  readonly #rounds: Rounds
  #isClosed = false
  #awake: { nowMs: number; wallMs: number }
  #checkDueMs = Infinity
  readonly #toldMs = new Map<string, number>()

  constructor(parts: DiscoveryParts) {
    const { makeNetwork, log, clock, hostLabel, lastHostLabel, onHostRenamed = () => {}, random } = parts
    this.#clock = clock
    this.#log = log
    this.#awake = { nowMs: clock.nowMs(), wallMs: clock.wallMs() }
    this.#network = makeNetwork((bytes, from, isUnicast) => this.#hear(bytes, from, isUnicast))
    const options = { random, asksForUnicast: () => this.#network.asksForUnicast() }
    this.#responder = new Responder({
      ...options,
      ...{ hostLabel, lastHostLabel, onHostRenamed },
      onKeptOut: (name) =>
        this.#tell('another machine claims every name that is tried; this one may not be found', { name }),
    })
    this.#browser = new Browser(options)
    this.#rounds = new Rounds(clock, () => this.#nextDueMs())
  }

  async start(): Promise<void> {
    await this.#poll()
    this.#rounds.begin(() => this.#round())
  }

  announce(
    service: Parameters<Discovery['announce']>[0],
    onRenamed: (name: string) => void,
    resolve: (announcement: Announcement) => void,
    reject: (reason: Error) => void,
  ): void {
    if (this.#isClosed) return reject(new Error('discovery is closed'))
    checkService(service)
    this.#unfinished.add(reject)
    const onHeld = () => {
      this.#unfinished.delete(reject)
      resolve(announcement)
    }
    const announcement: Announcement = {
      get name() {
        return instance.label
      },
      updateTxt: (txt) => {
        checkTxt(txt)
        this.#responder.changeTxt(instance, txt, this.#clock.nowMs())
        this.#rounds.wake()
      },
      withdraw: () => this.#withdraw(instance),
    }
    const instance = this.#responder.add(service, { onHeld, onRenamed }, this.#clock.nowMs())
    this.#instances.add(instance)
    this.#rounds.wake()
  }

  browse(type: string, listener: Parameters<Discovery['browse']>[1]): { close(): void } {
    const watching = this.#browser.browse(type, listener, this.#clock.nowMs())
    this.#rounds.wake()
    return watching
  }

  reconfirm(service: Parameters<Discovery['reconfirm']>[0]): void {
    this.#browser.reconfirm(service, this.#clock.nowMs())
    this.#rounds.wake()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const reject of this.#unfinished) reject(new Error('discovery is closed'))
    for (const instance of this.#instances) this.#send(this.#responder.remove(instance))
    await this.#rounds.end()
    await this.#network.close()
  }

  async #withdraw(instance: Instance): Promise<void> {
    if (!this.#instances.delete(instance)) return
    this.#send(this.#responder.remove(instance))
    await this.#network.flush()
  }

  async #round(): Promise<void> {
    const hasSlept = this.#hasSlept()
    if (hasSlept || this.#clock.nowMs() >= this.#nextPollMs) await this.#poll()
    if (this.#isClosed) return
    const nowMs = this.#clock.nowMs()
    if (hasSlept) this.#resume(nowMs)
    if (nowMs >= this.#checkDueMs) void this.#checkThatWeAreHeard(nowMs)
    this.#guard(() => this.#send(this.#responder.tick(nowMs)))
    this.#guard(() => this.#send(this.#browser.tick(nowMs)))
  }

  #nextDueMs(): number {
    return Math.min(
      this.#nextPollMs,
      this.#checkDueMs,
      this.#responder.nextDueMs(),
      this.#browser.nextDueMs(),
    )
  }

  /** Since the last look, which is never far back while we are awake. */
  #hasSlept(): boolean {
    const before = this.#awake
    this.#awake = { nowMs: this.#clock.nowMs(), wallMs: this.#clock.wallMs() }
    const ownMs = this.#awake.nowMs - before.nowMs
    // On most systems the clock that never jumps stands still in sleep, and the other one does not.
    return ownMs > pollMs + sleepMs || this.#awake.wallMs - before.wallMs - ownMs > sleepMs
  }

  #resume(nowMs: number): void {
    this.#log.debug('awake again', {})
    this.#responder.resume(nowMs)
    this.#browser.resume(nowMs)
  }

  /** A group can be lost without a word, when an interface was made anew under its old name. Then all begins anew. */
  async #checkThatWeAreHeard(nowMs: number): Promise<void> {
    this.#checkDueMs = nowMs + checkMs.between
    const asked = this.#responder.ownQuestion()
    if (!asked) return
    const bytes = encode(message({ id: randomInt(1, 0x10000), questions: [asked] }))
    const deaf: string[] = []
    for (const { name } of this.#links) if (!(await this.#network.isHeard(name, bytes))) deaf.push(name)
    if (deaf.length === 0 || this.#isClosed) return
    this.#tell('our own question was not answered; multicast may be blocked on this machine', { links: deaf })
    this.#network.reset()
    await this.#poll()
    this.#resume(this.#clock.nowMs())
    this.#rounds.wake()
  }

  async #poll(): Promise<void> {
    this.#nextPollMs = this.#clock.nowMs() + pollMs
    try {
      const links = this.#network.links()
      // Also when nothing changed: a socket that failed gets its next try.
      await this.#network.follow(links)
      this.#setLinks(links)
    } catch (fault) {
      this.#log.warn('the interfaces cannot be read', { fault })
    }
  }

  #setLinks(links: readonly Link[]): void {
    const isSame =
      links.length === this.#links.length &&
      links.every((link, index) => sameLink(link, this.#links[index] ?? { ...link, name: '' }))
    if (isSame) return
    this.#log.debug('links', { links: links.map(({ name }) => name) })
    this.#links = links
    this.#checkDueMs = this.#clock.nowMs() + checkMs.first
    const nowMs = this.#clock.nowMs()
    this.#guard(() => this.#send(this.#responder.setLinks(links, nowMs)))
    this.#guard(() => this.#browser.setLinks(links, nowMs))
  }

  /** New links wait for `#poll`, which opens their sockets first. */
  #lookAtAddresses(): void {
    const links = this.#network.links()
    const names = (list: readonly Link[]) => list.map(({ name }) => name).join(' ')
    if (names(links) === names(this.#links)) this.#setLinks(links)
  }

  #send(messages: readonly Outgoing[]): void {
    for (const { link, message: sent, to } of messages) {
      const bytes = encode(sent)
      if (!to) this.#sent.push(printOf(bytes))
      if (this.#sent.length > echoes) this.#sent.shift()
      this.#network.send(link, bytes, to)
    }
  }

  #hear(bytes: Uint8Array, from: Sender, isUnicast: boolean): void {
    if (this.#isClosed) return
    this.#guard(() => {
      const heard = decode(bytes)
      if (!isMulticastDns(heard)) return
      const isOwn = isOwnAddress(this.#links, from.address)
      const isEcho = isOwn && this.#sent.includes(printOf(bytes))
      // Another program of this machine may know of new addresses before our next look.
      if (isOwn && !isEcho) this.#lookAtAddresses()
      for (const link of this.#links)
        if (isOnLink(link, from.address)) this.#deliver(heard, { link: link.name, from, isUnicast }, isEcho)
      this.#rounds.wake()
    })
  }

  #deliver(heard: DnsMessage, arrival: Arrival, isEcho: boolean): void {
    const nowMs = this.#clock.nowMs()
    if (!isEcho) this.#send(this.#responder.receive(heard, arrival, nowMs))
    // Our own services are found too; our own questions must not silence us.
    if (!isEcho || (heard.flags & 0x8000) !== 0) this.#browser.receive(heard, arrival, nowMs)
  }

  /** Now and then, for as long as it lasts. */
  #tell(what: string, fields: Record<string, unknown>): void {
    const nowMs = this.#clock.nowMs()
    if (nowMs - (this.#toldMs.get(what) ?? -Infinity) < tellAgainMs) return
    this.#toldMs.set(what, nowMs)
    this.#log.warn(what, fields)
  }

  /** A stranger's packet is never the end of us; a mistake of our own is told whole. */
  #guard(act: () => void): void {
    try {
      act()
    } catch (fault) {
      if (fault instanceof KnownError) this.#log.debug(fault.message, fault.details)
      else this.#log.error('discovery failed', { fault })
    }
  }
}

function printOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
