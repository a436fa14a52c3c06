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
}

export interface RemoteMemory {
  /** Of this form; a higher one was written by a newer version. */
  readonly format: 1
  /** The host used last comes first. */
  readonly hosts: readonly KnownHost[]
}

export const emptyMemory: RemoteMemory = { format: 1, hosts: [] }
const mostHosts = 200

/** Undefined when this is not ours, or of a newer form. */
export function parseMemory(text: string): RemoteMemory | undefined {
  try {
    const { format, hosts } = JSON.parse(text) as Partial<RemoteMemory>
    if (format !== 1 || !Array.isArray(hosts) || !hosts.every(isKnownHost)) return undefined
    return { format, hosts: hosts.slice(0, mostHosts) }
  } catch {
    return undefined
  }
}

function isKnownHost(host: unknown): host is KnownHost {
  if (typeof host !== 'object' || host === null) return false
  const { serviceName, name, address, guid, macAddresses } = host as Record<string, unknown>
  return (
    typeof serviceName === 'string' &&
    typeof name === 'string' &&
    typeof address === 'string' &&
    (guid === undefined || typeof guid === 'string') &&
    Array.isArray(macAddresses)
  )
}

/** Puts a host first. What is new about it wins; a guid stays when none is given. */
export function remembered(memory: RemoteMemory, host: KnownHost): RemoteMemory {
  const former = memory.hosts.find((known) => isSameHost(known, host))
  const merged: KnownHost = {
    serviceName: host.serviceName || (former?.serviceName ?? ''),
    name: host.name || (former?.name ?? ''),
    address: host.address,
    guid: host.guid ?? former?.guid,
    macAddresses: host.macAddresses.length > 0 ? host.macAddresses : (former?.macAddresses ?? []),
  }
  const others = memory.hosts.filter((known) => known !== former)
  return { format: 1, hosts: [merged, ...others].slice(0, mostHosts) }
}

function isSameHost(known: KnownHost, host: KnownHost): boolean {
  if (known.serviceName !== '' && host.serviceName !== '') return known.serviceName === host.serviceName
  return known.address === host.address
}

/** By visible name (without regard to case), service name or address with port. */
export function findKnownHost(memory: RemoteMemory, wanted: string): KnownHost | undefined {
  const folded = wanted.toLowerCase()
  return memory.hosts.find((host) =>
    [host.name, host.serviceName, host.address].some((text) => text !== '' && text.toLowerCase() === folded),
  )
}
