// Finding each other on the local network: multicast DNS and DNS-SD, announcing, browsing, the DNS codec.
// Not for what is announced (service types and keys are in protocol/), and it knows nothing of music.

export { type DiscoveryOptions, openDiscovery } from './discovery.ts'
export { type DnsMessage, decode as decodeDns, encode as encodeDns, isResponse } from './dns-message.ts'
export { labelText, nameKey, nameText, typeName } from './dns-name.ts'
export { codeOf, type DnsRecord, type Question } from './dns-records.ts'
export { isOnLink, isOwnAddress, type Link } from './link.ts'
export { broadcastAddresses, sendDatagram } from './link-broadcast.ts'
export { hardwareAddressOf } from './neighbours.ts'
export { multicastGroups, multicastPort } from './network.ts'
export type { Owner } from './owner-option.ts'
export { markOf as relayedBy } from './relay/relayed-service.ts'
export { systemSearchDomains } from './resolv-conf.ts'
export { systemLinks } from './system-links.ts'
export { txtEntries, txtStrings, txtText } from './txt.ts'
export type * from './types.ts'
export { openWideArea, type WideAreaOptions } from './wide-area.ts'
