// The list of hosts that a person sees: those that are here, and those that are known and away. A host that is announced
// is held by a lifeline, so that one which died without a goodbye is away as soon as its connection ends.

import { BlockList, isIPv4 } from 'node:net'
import { type Clock, systemClock } from '../../clock.ts'
import type { Discovery } from '../../discovery/index.ts'
import { privateNetworks } from '../../protocol/index.ts'
import type { HostAddress } from '../address.ts'
import type { KnownHost } from '../memory.ts'
import { type Found, findHosts } from './find.ts'
import { holdLifeline, type Lifeline } from './lifeline.ts'
import { isOnLink } from './wake.ts'

export interface ListedHost {
  /** The DNS-SD instance. */
  readonly serviceName: string
  /** For people. */
  readonly name: string
  /** Announced, and it takes our calls. */
  readonly isHere: boolean
  /** As it is announced, or was last. */
  readonly found: Found | undefined
  /** As it is remembered, with what wakes it. */
  readonly known: KnownHost | undefined
  /** Unix milliseconds: when it left, or last answered as far as is remembered. */
  readonly lastSeenAtMs: number | undefined
}

export interface HostList {
  /** Here, or known and away. */
  readonly hosts: readonly ListedHost[]
  /** It did not answer somebody: called anew, and away within two seconds unless it takes the call. */
  doubt(serviceName: string): void
  close(): void
}

export interface HostListOptions {
  readonly discovery: Discovery
  /** Of the remote's memory. */
  readonly known?: readonly KnownHost[]
  readonly clock?: Clock
  /** It came, changed or went. */
  readonly onChange: (host: ListedHost) => void
}

/** However many hosts a link claims to have, so many are called. */
const mostLifelines = 64
/** And at so many of its addresses. */
const mostAddresses = 4

export function listHosts(options: HostListOptions): HostList {
  const entries = new Map<string, Entry>()
  for (const known of options.known ?? [])
    if (known.serviceName !== '') entries.set(known.serviceName, new Entry(options, known.serviceName, known))
  const finding = findHosts(options.discovery, {
    onUp(found) {
      const entry = entries.get(found.serviceName) ?? new Entry(options, found.serviceName, undefined)
      entries.set(found.serviceName, entry)
      const held = [...entries.values()].filter(({ isHeld }) => isHeld).length
      entry.up(found, () => finding.reconfirm(found), held < mostLifelines)
    },
    onDown(found) {
      const entry = entries.get(found.serviceName)
      if (!entry) return
      entry.down(found)
      if (!entry.isAnnounced && !entry.host.known) entries.delete(found.serviceName)
    },
  })
  return {
    get hosts() {
      return [...entries.values()].map(({ host }) => host)
    },
    doubt: (serviceName) => entries.get(serviceName)?.doubt(),
    close() {
      finding.close()
      for (const entry of entries.values()) entry.close()
    },
  }
}

class Entry {
  /** As announced on our links ('') and by each DNS domain. */
  readonly #found = new Map<string, Found>()
  readonly #options: HostListOptions
  readonly #clock: Clock
  #host: ListedHost
  #lifeline: Lifeline | undefined
  /** What the lifeline holds on to. */
  #calledAt = ''
  /** The last call was not taken. */
  #isRefused = false

  constructor(options: HostListOptions, serviceName: string, known: KnownHost | undefined) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    const { name = '', lastSeenAtMs } = known ?? {}
    this.#host = { serviceName, name, isHere: false, found: undefined, known, lastSeenAtMs }
  }

  get host(): ListedHost {
    return this.#host
  }

  get isAnnounced(): boolean {
    return this.#found.size > 0
  }

  get isHeld(): boolean {
    return this.#lifeline !== undefined
  }

  up(found: Found, onRefused: () => void, mayCall: boolean): void {
    this.#found.set(found.domain ?? '', found)
    const addresses = addressesOf(this.#best ?? found)
    const calledAt = JSON.stringify(addresses)
    if (this.#calledAt !== calledAt) this.close()
    if (this.#isRefused) this.#lifeline?.again()
    if (!this.#lifeline && mayCall && addresses.length > 0) this.#call(addresses, onRefused)
    this.#tell()
  }

  down(found: Found): void {
    this.#found.delete(found.domain ?? '')
    if (!this.isAnnounced) this.close()
    this.#tell()
  }

  doubt(): void {
    this.#lifeline?.again()
  }

  close(): void {
    this.#lifeline?.close()
    this.#lifeline = undefined
    this.#isRefused = false
  }

  /** What was heard on a link is newer than what a DNS server knows. */
  get #best(): Found | undefined {
    return this.#found.get('') ?? [...this.#found.values()][0]
  }

  #call(addresses: readonly HostAddress[], onRefused: () => void): void {
    this.#calledAt = JSON.stringify(addresses)
    const heard = (isRefused: boolean) => {
      if (this.#lifeline !== lifeline || this.#isRefused === isRefused) return
      this.#isRefused = isRefused
      if (isRefused) onRefused()
      this.#tell()
    }
    const lifeline = holdLifeline({
      addresses,
      clock: this.#clock,
      onTaken: () => heard(false),
      onRefused: () => heard(true),
    })
    this.#lifeline = lifeline
  }

  #tell(): void {
    const found = this.#best ?? this.#host.found
    const isHere = this.isAnnounced && !this.#isRefused
    const before = this.#host
    const lastSeenAtMs = before.isHere && !isHere ? this.#clock.wallMs() : before.lastSeenAtMs
    const next = { ...before, name: found?.name ?? before.name, isHere, found, lastSeenAtMs }
    if (JSON.stringify(next) === JSON.stringify(before)) return
    this.#host = next
    this.#options.onChange(next)
  }
}

/** Anybody on a link may announce what he likes, and have all who look call a stranger far away: nobody is called there. */
function addressesOf({ addresses, port, domain }: Found): HostAddress[] {
  const near = addresses.filter((host) => domain !== undefined || isPrivate(host) || isOnLink(host))
  return near.slice(0, mostAddresses).map((host) => ({ host, port }))
}

const homes = new BlockList()
for (const [network, prefix, family] of privateNetworks) homes.addSubnet(network, prefix, family)

function isPrivate(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  return homes.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
}
