// Finding each other on the local network: multicast DNS and DNS-SD. dns/ is the codec, responder/ announces, browser/ finds,
// links/ has the sockets, wide-area/ asks plain DNS, relay/ joins networks.
// Not for what is announced (service types and keys are in protocol/), and it knows nothing of music.

export { type DiscoveryOptions, openDiscovery } from './discovery.ts'
export { type DnsMessage, decode as decodeDns, encode as encodeDns, isResponse } from './dns/message.ts'
export { labelText, nameKey, nameText, typeName } from './dns/name.ts'
export type { Owner } from './dns/owner-option.ts'
export { codeOf, type DnsRecord, type Question } from './dns/records.ts'
export { txtEntries, txtStrings, txtText } from './dns/txt.ts'
export { isOnLink, isOwnAddress, type Link } from './links/link.ts'
export { broadcastAddresses, sendDatagram } from './links/link-broadcast.ts'
export { hardwareAddressOf } from './links/neighbours.ts'
export { multicastGroups, multicastPort } from './links/network.ts'
export { systemLinks } from './links/system-links.ts'
export { markOf as relayedBy } from './relay/relayed-service.ts'
export type * from './types.ts'
export { systemSearchDomains } from './wide-area/resolv-conf.ts'
export { openWideArea, type WideAreaOptions } from './wide-area/wide-area.ts'
