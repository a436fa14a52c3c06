// The SDK on a machine of one's own: the same remote, and what needs sockets and files: finding, pairing, remembering.

import { nodeConnection } from './node/http-connection.ts'
import {
  connectRemote as connectAnywhere,
  lookAtHost as lookFromAnywhere,
  type Remote,
  type RemoteOptions,
} from './remote.ts'
import type { HostFacts } from './talk/host-facts.ts'

export * from './index.ts'
export {
  emptyMemory,
  findKnownHost,
  type KnownHost,
  type OutsideWay,
  type RemoteMemory,
  remembered,
  wakePacketsLately,
  withWakePackets,
} from './memory.ts'
export { addressOf, type FindListener, type Found, type FoundKind, findHost, findHosts } from './node/find.ts'
export { type HostList, type HostListOptions, type ListedHost, listHosts } from './node/host-list.ts'
export { nodeConnection } from './node/http-connection.ts'
export { readMemory, writeMemory } from './node/memory-file.ts'
export { type PairedHost, type PairingOptions, type PairingWindow, startPairing } from './node/pairing.ts'
export { lookAtCertificate } from './node/secure-socket.ts'
export {
  canBeReached,
  isOnLink,
  isSilence,
  learnedMacAddresses,
  type WakeOptions,
  waitUntilAwake,
  wakeHost,
} from './node/wake.ts'
export { byAuthority, type ShownCertificate, toHold } from './talk/certificate.ts'

/** As everywhere, but by Node's own HTTP: it waits without a limit and reaches link-local IPv6 addresses. */
export function connectRemote(options: RemoteOptions): Promise<Remote> {
  return connectAnywhere({ connect: nodeConnection, ...options })
}

export function lookAtHost(
  options: Pick<RemoteOptions, 'address' | 'signal' | 'connect'>,
): Promise<HostFacts> {
  return lookFromAnywhere({ connect: nodeConnection, ...options })
}
