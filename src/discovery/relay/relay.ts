// The relay: what is at home on one link is shown on the others, here and where linked relays are (after RFC 8766).

import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Network, PacketHandler } from '../links/network.ts'
import { systemLinks } from '../links/system-links.ts'
import { systemNetwork } from '../links/system-network.ts'
import { type End, type Shown, shownTo } from './exchange.ts'
import { isRoutable, mostServices, type RelayedService } from './relayed-service.ts'
import { openSide, type Side } from './side.ts'

export interface RelayEvent {
  /** `side`: a link of this machine takes part now. */
  readonly event: 'side' | 'shown' | 'gone'
  /** Where it is shown. */
  readonly to: string
  readonly from?: string
  readonly service?: RelayedService
}

export interface RelayOptions {
  /** Names such as `eth0`; all that have an address that a router could lead to, and those that come later, without it. */
  readonly interfaces?: readonly string[]
  /** What is relayed, such as `_touch-able._tcp`; nothing else is. */
  readonly types: readonly string[]
  readonly log: Log
  readonly clock: Clock
  readonly onEvent?: (event: RelayEvent) => void
}

export interface RelayParts extends RelayOptions {
  /** Names of the interfaces there are now. */
  readonly linkNames: () => readonly string[]
  readonly makeNetwork: (link: string, onPacket: PacketHandler) => Network
  /** Who relays: 8 hex digits. Of two relays between the same links, the one with the lesser mark does the work. */
  readonly mark: string
  /** 0 to 1. */
  readonly random: () => number
}

export interface Relay {
  /** Names of the links that take part now. */
  readonly sides: readonly string[]
  /** A linked relay, until `remove`. `onChange` of its offers must be told by `changed`. */
  add(peer: End): void
  changed(): void
  /** Somebody asks there for these of what is shown there, by key: whoever may be gone meanwhile is asked for. */
  asked(by: End, keys: readonly string[]): void
  remove(peer: End): void
  /** Says goodbye on all links. Never rejects. */
  close(): Promise<void>
}

/** Nobody has more links of this kind; each costs some sockets. */
const mostSides = 16
const pollMs = 5000
/** What changes together is shown together. */
const pauseMs = 50
/** What somebody watches is asked for every eight seconds; what is at home elsewhere is not asked as often for that. */
const reconfirmApartMs = 15_000

export function openRelay(options: RelayOptions): Promise<Relay> {
  const { interfaces, log } = options
  return startRelay({
    ...options,
    linkNames: () =>
      systemLinks(interfaces)
        .filter(({ addresses }) => addresses.some(({ address }) => isRoutable(address)))
        .map(({ name }) => name),
    makeNetwork: (link, onPacket) => systemNetwork({ interfaces: [link], log, onPacket }),
    mark: randomBytes(4).toString('hex'),
    random: Math.random,
  })
}

export async function startRelay(parts: RelayParts): Promise<Relay> {
  const relay = new RunningRelay(parts)
  await relay.start()
  return relay
}

class RunningRelay implements Relay {
  readonly #parts: RelayParts
  readonly #sides = new Map<string, Side>()
  readonly #ends = new Set<End>()
  readonly #shown = new Map<End, Map<string, Shown>>()
  /** When it was last known to be there, or asked for. */
  readonly #reconfirmedMs = new WeakMap<RelayedService, number>()
  readonly #ending = new AbortController()
  #isWaiting = false
  #running: Promise<void> = Promise.resolve()
  #isFullTold = false

  constructor(parts: RelayParts) {
    this.#parts = parts
  }

  get sides(): readonly string[] {
    return [...this.#sides.keys()]
  }

  async start(): Promise<void> {
    await this.#openSides()
    this.#running = this.#run()
  }

  add(peer: End): void {
    this.#ends.add(peer)
    this.changed()
  }

  remove(peer: End): void {
    this.#ends.delete(peer)
    this.#tellChange(peer, new Map())
    this.#shown.delete(peer)
    this.changed()
  }

  changed(): void {
    if (this.#isWaiting || this.#ending.signal.aborted) return
    this.#isWaiting = true
    const { clock } = this.#parts
    void clock.until(clock.nowMs() + pauseMs, this.#ending.signal).then(
      () => {
        this.#isWaiting = false
        this.#exchange()
      },
      () => undefined,
    )
  }

  asked(by: End, keys: readonly string[]): void {
    const nowMs = this.#parts.clock.nowMs()
    for (const key of keys) {
      const shown = this.#shown.get(by)?.get(key)
      const lastMs = shown && this.#reconfirmedMs.get(shown.service)
      if (!shown || (lastMs !== undefined && nowMs - lastMs < reconfirmApartMs)) continue
      this.#reconfirmedMs.set(shown.service, nowMs)
      shown.from.reconfirm(shown.service)
    }
  }

  async close(): Promise<void> {
    this.#ending.abort()
    await this.#running
    await Promise.all([...this.#sides.values()].map((side) => side.close()))
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#parts
    while (!this.#ending.signal.aborted) {
      await clock.until(clock.nowMs() + pollMs, this.#ending.signal).catch(() => undefined)
      if (this.#ending.signal.aborted) return
      await this.#openSides().catch((fault: unknown) => log.warn('the interfaces cannot be read', { fault }))
    }
  }

  /** Those that are gone stay: they cost nothing, and are there again when they come back. */
  async #openSides(): Promise<void> {
    const { linkNames, makeNetwork, types, mark, log, clock, random, onEvent } = this.#parts
    for (const name of linkNames()) {
      if (this.#sides.has(name) || this.#sides.size >= mostSides) continue
      const side = await openSide({
        ...{ name, types, mark, log, clock, random },
        makeNetwork: (onPacket) => makeNetwork(name, onPacket),
        onChange: () => this.changed(),
        onAsked: (keys) => this.#askedAt(name, keys),
      })
      this.#sides.set(name, side)
      this.#ends.add(side)
      onEvent?.({ event: 'side', to: name })
      this.changed()
    }
  }

  #askedAt(name: string, keys: readonly string[]): void {
    const side = this.#sides.get(name)
    if (side) this.asked(side, keys)
  }

  #exchange(): void {
    const nowMs = this.#parts.clock.nowMs()
    for (const end of this.#ends) {
      const shown = shownTo(end, this.#ends)
      this.#tellChange(end, shown)
      this.#shown.set(end, shown)
      for (const { service } of shown.values())
        if (!this.#reconfirmedMs.has(service)) this.#reconfirmedMs.set(service, nowMs)
      end.show([...shown.values()].map(({ service }) => service))
    }
  }

  #tellChange(end: End, shown: ReadonlyMap<string, Shown>): void {
    const { onEvent, log } = this.#parts
    const before = this.#shown.get(end) ?? new Map<string, Shown>()
    const tell = (event: 'shown' | 'gone', { service, from }: Shown) =>
      onEvent?.({ event, to: end.name, from: from.name, service })
    for (const [key, one] of before) if (!shown.has(key)) tell('gone', one)
    for (const [key, one] of shown) if (!before.has(key)) tell('shown', one)
    if (shown.size < mostServices || this.#isFullTold) return
    this.#isFullTold = true
    log.warn('there are more services than are relayed', { to: end.name, most: mostServices })
  }
}
