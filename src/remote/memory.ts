// The hosts that a remote knows: where they were, what it logs in with, which MACs wake them.

export interface KnownHost {
  /** Instance name of `_touch-able._tcp`, by which a pairing is filed; '' when only its address is known. */
  readonly serviceName: string
  readonly name: string
  /** Where it was last, `192.168.1.20:3689`. */
  readonly address: string
  /** 16 hex digits, a secret; undefined when not paired. */
  readonly guid: string | undefined
  readonly macAddresses: readonly string[]
  /** Unix milliseconds of the last time it answered. */
  readonly lastSeenAtMs?: number | undefined
  /** The way to it from outside, told at home; or met there and held from then on. */
  readonly outside?: OutsideWay | undefined
}

export interface OutsideWay {
  /** `tls://music.example.org:3690`, as a person has typed it; undefined until then. */
  readonly address?: string | undefined
  /** What is held of its certificate: a fingerprint, or 'authority'. */
  readonly certificate: string
}

export interface RemoteMemory {
  /** Of this form; a higher one was written by a newer version. */
  readonly format: 1
  /** The host used last comes first. */
  readonly hosts: readonly KnownHost[]
  /** Unix milliseconds of each wake packet of the last minute: however often one tries, there are few. */
  readonly wakePacketsAtMs?: readonly number[] | undefined
}

const minuteMs = 60_000

export const emptyMemory: RemoteMemory = { format: 1, hosts: [] }
const mostHosts = 200

/** Undefined when this is not ours, or of a newer form. */
export function parseMemory(text: string): RemoteMemory | undefined {
  try {
    const { format, hosts, wakePacketsAtMs } = JSON.parse(text) as Partial<RemoteMemory>
    if (format !== 1 || !Array.isArray(hosts) || !hosts.every(isKnownHost)) return undefined
    return {
      format,
      hosts: hosts.slice(0, mostHosts),
      ...(Array.isArray(wakePacketsAtMs) && { wakePacketsAtMs: wakePacketsAtMs.filter(Number.isFinite) }),
    }
  } catch {
    return undefined
  }
}

function isKnownHost(host: unknown): host is KnownHost {
  if (typeof host !== 'object' || host === null) return false
  const { serviceName, name, address, guid, macAddresses, outside } = host as Record<string, unknown>
  return (
    isOutsideWay(outside) &&
    typeof serviceName === 'string' &&
    typeof name === 'string' &&
    typeof address === 'string' &&
    (guid === undefined || typeof guid === 'string') &&
    Array.isArray(macAddresses)
  )
}

function isOutsideWay(way: unknown): boolean {
  if (way === undefined) return true
  if (typeof way !== 'object' || way === null) return false
  const { address, certificate } = way as Record<string, unknown>
  return typeof certificate === 'string' && (address === undefined || typeof address === 'string')
}

/** Puts a host first. What is new about it wins; a guid stays when none is given. */
export function remembered(memory: RemoteMemory, host: KnownHost): RemoteMemory {
  const former = memory.hosts.find((known) => isSameHost(known, host))
  const lastSeenAtMs = host.lastSeenAtMs ?? former?.lastSeenAtMs
  const outside = host.outside ?? former?.outside
  const merged: KnownHost = {
    serviceName: host.serviceName || (former?.serviceName ?? ''),
    name: host.name || (former?.name ?? ''),
    address: host.address,
    guid: host.guid ?? former?.guid,
    macAddresses: host.macAddresses.length > 0 ? host.macAddresses : (former?.macAddresses ?? []),
    ...(lastSeenAtMs !== undefined && { lastSeenAtMs }),
    ...(outside !== undefined && { outside }),
  }
  const others = memory.hosts.filter((known) => known !== former)
  return { ...memory, hosts: [merged, ...others].slice(0, mostHosts) }
}

/** How many wake packets went out within the last minute. A clock that was set back counts for nothing. */
export function wakePacketsLately({ wakePacketsAtMs = [] }: RemoteMemory, nowMs: number): number {
  return wakePacketsAtMs.filter((atMs) => atMs <= nowMs && nowMs - atMs < minuteMs).length
}

/** `count` more have gone out now. */
export function withWakePackets(memory: RemoteMemory, count: number, nowMs: number): RemoteMemory {
  const lately = (memory.wakePacketsAtMs ?? []).filter((atMs) => atMs <= nowMs && nowMs - atMs < minuteMs)
  return { ...memory, wakePacketsAtMs: [...lately, ...Array<number>(count).fill(nowMs)] }
}

function isSameHost(known: KnownHost, host: KnownHost): boolean {
  if (known.serviceName !== '' && host.serviceName !== '') return known.serviceName === host.serviceName
  return known.address === host.address
}

/** By visible name (without regard to case), service name or address with port. */
export function findKnownHost(memory: RemoteMemory, wanted: string): KnownHost | undefined {
  const folded = wanted.toLowerCase()
  return memory.hosts.find((host) =>
    [host.name, host.serviceName, host.address, host.outside?.address ?? ''].some(
      (text) => text !== '' && text.toLowerCase() === folded,
    ),
  )
}
