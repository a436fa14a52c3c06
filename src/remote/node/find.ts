// Hosts, remotes that ask to be paired, and speakers, as they come and go on the network.

import type { Discovery, FoundService } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { services } from '../../protocol/index.ts'
import { type HostAddress, isIpv6 } from '../address.ts'

export type FoundKind = 'host' | 'remote' | 'speaker'

export interface Found {
  readonly kind: FoundKind
  /** For people. */
  readonly name: string
  /** The DNS-SD instance: for a host the name by which pairings are filed. */
  readonly serviceName: string
  /** Best first. */
  readonly addresses: readonly string[]
  readonly port: number
  readonly hostName: string
  readonly interfaceName: string
  /** Hardware addresses that it, or its sleep proxy, tells of itself. */
  readonly macAddresses: readonly string[]
  /** Where plain DNS lists it; without it, it was heard on a link. */
  readonly domain?: string
}

export interface FindListener {
  /** Also when something about it changed. */
  onUp(found: Found): void
  onDown(found: Found): void
}

export interface Finding {
  /** It could not be reached: `onDown` within two seconds unless it answers. */
  reconfirm(found: Found): void
  close(): void
}

const kinds: readonly (readonly [FoundKind, string, nameKey: string])[] = [
  ['host', services.touchAble.type, 'CtlN'],
  ['remote', services.touchRemote.type, 'DvNm'],
  ['speaker', services.raop.type, ''],
]

/** A live list: everything there already is comes first. */
export function findHosts(
  discovery: Discovery,
  listener: FindListener,
  wanted: readonly FoundKind[] = ['host'],
): Finding {
  const browsers = kinds
    .filter(([kind]) => wanted.includes(kind))
    .map(([kind, type, nameKey]) =>
      discovery.browse(type, {
        onUp: (service) => listener.onUp(foundOf(kind, nameKey, service)),
        onDown: (service) => listener.onDown(foundOf(kind, nameKey, service)),
      }),
    )
  return {
    reconfirm({ kind, serviceName }) {
      const [, type] = kinds.find(([one]) => one === kind) ?? []
      if (type !== undefined) discovery.reconfirm({ type, name: serviceName })
    },
    close() {
      for (const browser of browsers) browser.close()
    },
  }
}

/** The first host of this visible name or service name, or on the machine of this name. HOST_NOT_FOUND when none shows up in time. */
export async function findHost(
  discovery: Discovery,
  wanted: string,
  { timeoutMs = 5000, signal }: { timeoutMs?: number; signal?: AbortSignal | undefined } = {},
): Promise<Found> {
  signal?.throwIfAborted()
  const folded = wanted.toLowerCase()
  const { promise, resolve, reject } = Promise.withResolvers<Found>()
  const stop = () => reject(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const timer = setTimeout(() => reject(new KnownError('HOST_NOT_FOUND', { host: wanted })), timeoutMs)
  const browser = findHosts(discovery, {
    onUp(found) {
      const names = [found.name, found.serviceName, found.hostName.replace(/\.$/, '')]
      if (names.some((text) => text.toLowerCase() === folded)) resolve(found)
    },
    onDown() {},
  })
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
    browser.close()
  }
}

/** Where to reach it; `.local` names are not for the system's resolver, so the addresses are taken. */
export function addressOf(found: Found): HostAddress {
  const host = found.addresses.find((address) => !isIpv6(address)) ?? found.addresses[0] ?? found.hostName
  return { host, port: found.port }
}

function foundOf(kind: FoundKind, nameKey: string, service: FoundService): Found {
  return {
    kind,
    name: visibleName(kind, nameKey, service),
    serviceName: service.name,
    addresses: service.addresses,
    port: service.port,
    hostName: service.hostName,
    interfaceName: service.interfaceName,
    macAddresses: service.owner ? [service.owner.wakeAddress] : [],
    ...(service.domain !== undefined && { domain: service.domain }),
  }
}

function visibleName(kind: FoundKind, nameKey: string, service: FoundService): string {
  // `<MAC>@<name>`
  if (kind === 'speaker') return service.name.replace(/^[0-9a-f]{12}@/i, '')
  for (const [key, value] of service.txt)
    if (key.toLowerCase() === nameKey.toLowerCase() && value !== true && value.length > 0)
      return new TextDecoder().decode(value)
  return service.name
}
