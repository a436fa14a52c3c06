// Which host a remote command means: the one named, else the one used last, else the one that runs here.

import { KnownError } from '../errors.ts'
import {
  addressOf,
  addressText,
  connectRemote,
  findHost,
  findKnownHost,
  type HostAddress,
  type KnownHost,
  lookAtHost,
  looksLikeAddress,
  parseAddress,
  type Remote,
  type RemoteMemory,
  readMemory,
} from '../remote/node.ts'
import { withDiscovery } from './network.ts'
import { connectFromOutside } from './outside.ts'
import { dataDirectory, type OwnHost, ownHost } from './own-host.ts'
import { connectAt, connectToKnown } from './reach-host.ts'

/** Connects, works, logs out; a host other than our own is remembered as the one used last. */
export async function withRemote(
  { options, signal }: { options: { data?: string; host?: string }; signal: AbortSignal },
  work: (remote: Remote) => Promise<void>,
): Promise<void> {
  const remote = await connect(dataDirectory(options.data), options.host, signal)
  try {
    await work(remote)
  } finally {
    await remote.close()
  }
}

async function connect(directory: string, wanted: string | undefined, signal: AbortSignal): Promise<Remote> {
  const memory = readMemory(directory)
  const own = ownHost(directory)
  if (wanted === undefined) {
    const last = memory.hosts[0]
    if (last) return connectToKnown(directory, last, signal)
    if (own) return connectToOwn(own, signal)
    throw new KnownError('NO_HOST_CHOSEN')
  }
  if (own && isOwn(own, wanted)) return connectToOwn(own, signal)
  if (/^tls:/i.test(wanted)) return connectFromOutside(directory, parseAddress(wanted), signal)
  const known = knownHost(memory, wanted)
  if (known) return connectToKnown(directory, known, signal)
  if (looksLikeAddress(wanted)) return connectByAddress(directory, memory, parseAddress(wanted), signal)
  return connectByName(directory, memory, wanted, signal)
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
async function connectByAddress(
  directory: string,
  memory: RemoteMemory,
  address: HostAddress,
  signal: AbortSignal,
): Promise<Remote> {
  const { name } = await lookAtHost({ address, signal })
  // A guid is a secret between two: it is shown only where it may belong.
  const known =
    memory.hosts.find(
      (host) => host.guid !== undefined && parseAddress(host.address).host === address.host,
    ) ?? memory.hosts.find((host) => host.guid !== undefined && host.name === name)
  return connectAt(directory, known ?? stranger, addressText(address), signal)
}

const stranger: KnownHost = { serviceName: '', name: '', address: '', guid: undefined, macAddresses: [] }

async function connectByName(
  directory: string,
  memory: RemoteMemory,
  name: string,
  signal: AbortSignal,
): Promise<Remote> {
  const found = await withDiscovery((discovery) => findHost(discovery, name, { signal }))
  const known = findKnownHost(memory, found.serviceName) ?? stranger
  const host = { ...known, serviceName: found.serviceName, macAddresses: found.macAddresses }
  return connectAt(directory, host, addressText(addressOf(found)), signal)
}
