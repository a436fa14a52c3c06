// Which host a remote command means: the one named, else the one used last, else the one that runs here.

import { KnownError } from '../../errors.ts'
import {
  addressOf,
  addressText,
  connectRemote,
  type Found,
  findKnownHost,
  type HostAddress,
  type KnownHost,
  lookAtHost,
  looksLikeAddress,
  parseAddress,
  type Remote,
  type RemoteMemory,
  readMemory,
} from '../../remote/node.ts'
import { dataDirectory, type OwnHost, ownHost } from '../host/own-host.ts'
import { withDiscovery } from './network.ts'
import { connectFromOutside } from './outside.ts'
import { connectAt, connectToKnown, type Seeker } from './reach-host.ts'
import { findNamed, typedAddress } from './typed-host.ts'

/** Connects, works, logs out; a host other than our own is remembered as the one used last. */
export async function withRemote(
  {
    options,
    signal,
  }: { options: { data?: string; host?: string; domain?: readonly string[] }; signal: AbortSignal },
  work: (remote: Remote) => Promise<void>,
): Promise<void> {
  const seeker = { directory: dataDirectory(options.data), domains: options.domain, signal }
  const remote = await connect(seeker, options.host)
  try {
    await work(remote)
  } finally {
    await remote.close()
  }
}

async function connect(seeker: Seeker, wanted: string | undefined): Promise<Remote> {
  const { directory, signal } = seeker
  const memory = readMemory(directory)
  const own = ownHost(directory)
  if (wanted === undefined) {
    const last = memory.hosts[0]
    if (last) return connectToKnown(seeker, last)
    if (own) return connectToOwn(own, signal)
    throw new KnownError('NO_HOST_CHOSEN')
  }
  if (own && isOwn(own, wanted)) return connectToOwn(own, signal)
  if (/^tls:/i.test(wanted)) return connectFromOutside(seeker, parseAddress(wanted))
  const known = knownHost(memory, wanted)
  if (known) return connectToKnown(seeker, known)
  const address = typedAddress(wanted)
  if (address) return connectByAddress(seeker, memory, address)
  return connectByName(seeker, memory, wanted)
}

function isOwn(own: OwnHost, wanted: string): boolean {
  if (own.name.toLowerCase() === wanted.toLowerCase()) return true
  if (!looksLikeAddress(wanted)) return false
  const { host, port } = parseAddress(wanted)
  return port === own.port && ['127.0.0.1', '::1', 'localhost', own.address.host].includes(host)
}

async function connectToOwn(own: OwnHost, signal: AbortSignal): Promise<Remote> {
  return connectRemote({ address: own.address, ownerToken: own.ownerToken, signal })
}

/** By name, service name, or an address as people write it. */
export function knownHost(memory: RemoteMemory, wanted: string): KnownHost | undefined {
  const found = findKnownHost(memory, wanted)
  if (found || !looksLikeAddress(wanted)) return found
  return findKnownHost(memory, addressText(parseAddress(wanted)))
}

/** A typed address that we have never been at: perhaps a library that we know from another address. */
async function connectByAddress(seeker: Seeker, memory: RemoteMemory, address: HostAddress): Promise<Remote> {
  const { name } = await lookAtHost({ address, signal: seeker.signal })
  // A guid is a secret between two: it is shown only where it may belong.
  const known =
    memory.hosts.find(
      (host) => host.guid !== undefined && parseAddress(host.address).host === address.host,
    ) ?? memory.hosts.find((host) => host.guid !== undefined && host.name === name)
  return connectAt(seeker, known ?? stranger, addressText(address))
}

const stranger: KnownHost = { serviceName: '', name: '', address: '', guid: undefined, macAddresses: [] }

async function connectByName(seeker: Seeker, memory: RemoteMemory, name: string): Promise<Remote> {
  const found = await findTyped(seeker, name)
  if ('host' in found) return connectByAddress(seeker, memory, found)
  const known = findKnownHost(memory, found.serviceName) ?? stranger
  const host = { ...known, serviceName: found.serviceName, macAddresses: found.macAddresses }
  return connectAt(seeker, host, addressText(addressOf(found)))
}

function findTyped({ domains, signal }: Seeker, name: string): Promise<Found | HostAddress> {
  return withDiscovery((discovery) => findNamed(discovery, name, signal), { domains })
}
