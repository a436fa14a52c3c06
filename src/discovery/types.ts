// What the other rooms know of discovery: services announced, services found.

/** TXT data in order of first occurrence; `true` is a key without "=". Keys are compared without regard to case. */
export type TxtEntries = ReadonlyMap<string, Uint8Array | true>

export interface ServiceToAnnounce {
  /** Such as `_touch-able._tcp`; the domain is always `local`. */
  readonly type: string
  /** The instance label: any UTF-8, dots and spaces too, at most 63 bytes. */
  readonly name: string
  readonly port: number
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
}

export interface BrowseListener {
  /** Called once all of SRV, TXT and an address are known, and again whenever one of them changes. */
  onUp(service: FoundService): void
  /** Said goodbye, or its records ran out. */
  onDown(service: FoundService): void
}

export interface Discovery {
  /** Probes, announces, resolves once the name is ours. `onRenamed` hears of conflicts then and later. */
  announce(service: ServiceToAnnounce, onRenamed?: (name: string) => void): Promise<Announcement>
  browse(type: string, listener: BrowseListener): { close(): void }
  /** Goodbye for everything announced; sockets closed. Never rejects. */
  close(): Promise<void>
}
