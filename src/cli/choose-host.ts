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
  remembered,
  writeMemory,
} from '../remote/node.ts'
import { withDiscovery } from './network.ts'
import { dataDirectory, type OwnHost, ownHost } from './own-host.ts'

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
    if (last) return connectToKnown(directory, memory, last, signal)
    if (own) return connectToOwn(own, signal)
    throw new KnownError('NO_HOST_CHOSEN')
  }
  if (own && isOwn(own, wanted)) return connectToOwn(own, signal)
  const known = findKnownHost(memory, wanted) ?? findByAddress(memory, wanted)
  if (known) return connectToKnown(directory, memory, known, signal)
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

function findByAddress(memory: RemoteMemory, wanted: string): KnownHost | undefined {
  if (!looksLikeAddress(wanted)) return undefined
  return findKnownHost(memory, addressText(parseAddress(wanted)))
}

/** Where it was last; when it is not there any more, where it says it is now. */
async function connectToKnown(
  directory: string,
  memory: RemoteMemory,
  known: KnownHost,
  signal: AbortSignal,
): Promise<Remote> {
  try {
    const remote = await connectRemote({ address: known.address, guid: known.guid, signal })
    remember(directory, memory, known, remote)
    return remote
  } catch (error) {
    const mayHaveMoved =
      error instanceof KnownError && (error.code === 'HOST_GONE' || error.code === 'NOT_PAIRED')
    if (!mayHaveMoved || known.serviceName === '') throw error
    const address = await whereNow(known, signal)
    if (!address || address === known.address) throw error
    const moved = { ...known, address }
    const remote = await connectRemote({ address, guid: known.guid, signal })
    remember(directory, memory, moved, remote)
    return remote
  }
}

async function whereNow(known: KnownHost, signal: AbortSignal): Promise<string | undefined> {
  try {
    const found = await withDiscovery((discovery) => findHost(discovery, known.serviceName, { signal }))
    return addressText(addressOf(found))
  } catch (error) {
    if (error instanceof KnownError) return undefined
    throw error
  }
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
  const remote = await connectRemote({ address, guid: known?.guid, signal })
  remember(directory, memory, { ...(known ?? stranger), address: addressText(address) }, remote)
  return remote
}

const stranger: KnownHost = { serviceName: '', name: '', address: '', guid: undefined, macAddresses: [] }

async function connectByName(
  directory: string,
  memory: RemoteMemory,
  name: string,
  signal: AbortSignal,
): Promise<Remote> {
  const found = await withDiscovery((discovery) => findHost(discovery, name, { signal }))
  const known = findKnownHost(memory, found.serviceName)
  const address = addressOf(found)
  const remote = await connectRemote({ address, guid: known?.guid, signal })
  const host = { ...(known ?? stranger), serviceName: found.serviceName, address: addressText(address) }
  remember(directory, memory, host, remote)
  return remote
}

function remember(directory: string, memory: RemoteMemory, host: KnownHost, remote: Remote): void {
  const { name, macAddresses } = remote.host
  const next = remembered(memory, { ...host, name, macAddresses })
  if (JSON.stringify(next) === JSON.stringify(memory)) return
  try {
    writeMemory(directory, next)
  } catch (error) {
    // Where nothing may be written one can still use a remote; only `pair` insists.
    if (!(error instanceof KnownError)) throw error
  }
}
