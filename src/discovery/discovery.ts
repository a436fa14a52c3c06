// Carries packets and time between the network and the two machines of this room, responder and browser.

import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'
import { Browser } from './browser.ts'
import { type DnsMessage, decode, encode, isMulticastDns } from './dns-message.ts'
import { isOnLink, isOwnAddress, type Link, type Sender, sameLink } from './link.ts'
import type { Network, PacketHandler } from './network.ts'
import { type Outgoing, Responder } from './responder.ts'
import { machineLabel } from './system-links.ts'
import { systemNetwork } from './system-network.ts'
import type { Announcement, Discovery } from './types.ts'
import type { Instance } from './unique-names.ts'

export interface DiscoveryOptions {
  /** Names such as `eth0`; all that are up without it. */
  readonly interfaces?: readonly string[]
  readonly log: Log
  readonly clock: Clock
  /** Host name without `.local`; one of the machine's own, stable, without it. */
  readonly hostLabel?: string
}

export interface DiscoveryParts {
  readonly makeNetwork: (onPacket: PacketHandler) => Network
  readonly log: Log
  readonly clock: Clock
  readonly hostLabel: string
  /** 0 to 1. */
  readonly random: () => number
}

/** How often the interfaces are looked at: there is no event for their changes. */
const pollMs = 2000
/** How many of our own packets are remembered, to know their echo. */
const echoes = 64
const tellAgainMs = 600_000

/** Never rejects for want of a network: without one it waits for one. */
export function openDiscovery({ interfaces, log, clock, hostLabel }: DiscoveryOptions): Promise<Discovery> {
  return startDiscovery({
    makeNetwork: (onPacket) => systemNetwork({ interfaces, log, onPacket }),
    log,
    clock,
    hostLabel: hostLabel ?? machineLabel(),
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
  #sleepsUntilMs = Infinity
  #sleep = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #isClosed = false
  #keptOutToldMs = -Infinity

  constructor({ makeNetwork, log, clock, hostLabel, random }: DiscoveryParts) {
    this.#clock = clock
    this.#log = log
    this.#network = makeNetwork((bytes, from) => this.#hear(bytes, from))
    const options = { random, asksForUnicast: this.#network.asksForUnicast }
    this.#responder = new Responder({
      ...options,
      hostLabel,
      onKeptOut: (name) => this.#tellKeptOut(name),
    })
    this.#browser = new Browser(options)
  }

  async start(): Promise<void> {
    await this.#poll()
    this.#running = this.#run()
  }

  announce(
    service: Parameters<Discovery['announce']>[0],
    onRenamed: (name: string) => void,
    resolve: (announcement: Announcement) => void,
    reject: (reason: Error) => void,
  ): void {
    if (this.#isClosed) return reject(new Error('discovery is closed'))
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
        this.#responder.changeTxt(instance, txt, this.#clock.nowMs())
        this.#wake()
      },
      withdraw: () => this.#withdraw(instance),
    }
    const instance = this.#responder.add(service, { onHeld, onRenamed }, this.#clock.nowMs())
    this.#instances.add(instance)
    this.#wake()
  }

  browse(type: string, listener: Parameters<Discovery['browse']>[1]): { close(): void } {
    const watching = this.#browser.browse(type, listener, this.#clock.nowMs())
    this.#wake()
    return watching
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const reject of this.#unfinished) reject(new Error('discovery is closed'))
    for (const instance of this.#instances) this.#send(this.#responder.remove(instance, this.#clock.nowMs()))
    this.#sleep.abort()
    await this.#running
    await this.#network.close()
  }

  async #withdraw(instance: Instance): Promise<void> {
    if (!this.#instances.delete(instance)) return
    this.#send(this.#responder.remove(instance, this.#clock.nowMs()))
    await this.#network.flush()
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      if (this.#clock.nowMs() >= this.#nextPollMs) await this.#poll()
      if (this.#isClosed) return
      const nowMs = this.#clock.nowMs()
      this.#guard(() => this.#send(this.#responder.tick(nowMs)))
      this.#guard(() => this.#send(this.#browser.tick(nowMs)))
      this.#sleep = new AbortController()
      this.#sleepsUntilMs = this.#nextDueMs()
      await this.#clock.until(this.#sleepsUntilMs, this.#sleep.signal).catch(() => undefined)
    }
  }

  #nextDueMs(): number {
    return Math.min(this.#nextPollMs, this.#responder.nextDueMs(), this.#browser.nextDueMs())
  }

  #wake(): void {
    if (this.#nextDueMs() < this.#sleepsUntilMs) this.#sleep.abort()
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
    const nowMs = this.#clock.nowMs()
    this.#guard(() => this.#responder.setLinks(links, nowMs))
    this.#guard(() => this.#browser.setLinks(links, nowMs))
  }

  /** New links wait for `#poll`, which opens their sockets first. */
  #lookAtAddresses(): void {
    const links = this.#network.links()
    const names = (list: readonly Link[]) => list.map(({ name }) => name).join(' ')
    if (names(links) === names(this.#links)) this.#setLinks(links)
  }

  #send(messages: readonly Outgoing[]): void {
    for (const { link, message, to } of messages) {
      const bytes = encode(message)
      if (!to) this.#sent.push(printOf(bytes))
      if (this.#sent.length > echoes) this.#sent.shift()
      this.#network.send(link, bytes, to)
    }
  }

  #hear(bytes: Uint8Array, from: Sender): void {
    if (this.#isClosed) return
    this.#guard(() => {
      const heard = decode(bytes)
      if (!isMulticastDns(heard)) return
      const isOwn = isOwnAddress(this.#links, from.address)
      const isEcho = isOwn && this.#sent.includes(printOf(bytes))
      // Another program of this machine may know of new addresses before our next look.
      if (isOwn && !isEcho) this.#lookAtAddresses()
      for (const link of this.#links)
        if (isOnLink(link, from.address)) this.#deliver(heard, link.name, from, isEcho)
      this.#wake()
    })
  }

  #deliver(heard: DnsMessage, link: string, from: Sender, isEcho: boolean): void {
    const nowMs = this.#clock.nowMs()
    if (!isEcho) this.#send(this.#responder.receive(heard, link, from, nowMs))
    // Our own services are found too; our own questions must not silence us.
    if (!isEcho || (heard.flags & 0x8000) !== 0) this.#browser.receive(heard, link, from, nowMs)
  }

  /** Now and then, for as long as it lasts. */
  #tellKeptOut(name: string): void {
    const nowMs = this.#clock.nowMs()
    if (nowMs - this.#keptOutToldMs < tellAgainMs) return
    this.#keptOutToldMs = nowMs
    this.#log.warn('another machine claims every name that is tried; this one may not be found', { name })
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
