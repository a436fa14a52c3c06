// What the other rooms know of discovery: services announced, services found.

import type { Owner } from './dns/owner-option.ts'

/** TXT data in order of first occurrence; `true` is a key without "=". Keys are compared without regard to case. */
export type TxtEntries = ReadonlyMap<string, Uint8Array | true>

export interface ServiceToAnnounce {
  /** Such as `_touch-able._tcp`; the domain is always `local`. */
  readonly type: string
  /** The instance label: any UTF-8, dots and spaces too; cut at 63 bytes, control characters are left out. */
  readonly name: string
  /** What a conflict made of the name when it was announced last: tried first (RFC 6762 9). */
  readonly lastName?: string
  readonly port: number
  /** Labels by which a part of the type can be browsed (RFC 6763 7.1), such as `_printer`. */
  readonly subtypes?: readonly string[]
  /** Sent in this order. */
  readonly txt: Readonly<Record<string, string | Uint8Array>>
}

export interface Announcement {
  /** The name in use: another one than asked for after a conflict ("Name (2)"). */
  readonly name: string
  updateTxt(txt: ServiceToAnnounce['txt']): void
  /** Says goodbye for this service. */
  withdraw(): Promise<void>
}

export interface FoundService {
  readonly type: string
  readonly name: string
  /** SRV target without the last dot, such as `studio.local`. */
  readonly hostName: string
  readonly port: number
  readonly txt: TxtEntries
  /** Textual, best first; IPv6 link-local ones carry their scope (`fe80::1%eth0`). */
  readonly addresses: readonly string[]
  readonly interfaceName: string
  /** Where plain DNS lists it; without it, it was heard on a link. */
  readonly domain?: string
  /** By hardware address, where the host or its sleep proxy tells it: for waking it. */
  readonly owner?: Owner
}

export interface BrowseListener {
  /** Called once all of SRV, TXT and an address are known, and again whenever one of them changes. */
  onUp(service: FoundService): void
  /** Said goodbye, or its records ran out. */
  onDown(service: FoundService): void
}

export interface Discovery {
  /**
   * Probes, announces, resolves once the name is ours. `onRenamed` hears of conflicts then and later: keep the name, and
   * give it as `lastName` at the next start. Rejects with a TypeError for what no network could carry.
   */
  announce(service: ServiceToAnnounce, onRenamed?: (name: string) => void): Promise<Announcement>
  /** A type such as `_http._tcp`, or a part of it: `_printer._sub._http._tcp`. */
  browse(type: string, listener: BrowseListener): { close(): void }
  /** Could not be reached: asked for again, and down within 2 s unless it answers (RFC 6762 10.4). */
  reconfirm(service: Pick<FoundService, 'type' | 'name'>): void
  /** Goodbye for everything announced; sockets closed. Never rejects. */
  close(): Promise<void>
}
