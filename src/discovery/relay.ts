// The second door of this room: relaying between links, which only `tonearm relay` needs.

export type { CallOptions } from './relay/link-caller.ts'
export { callRelay } from './relay/link-caller.ts'
export { defaultLinkPort, type LinkEvent, type LinkOptions } from './relay/link-join.ts'
export type { LinkKey, LinkKeys } from './relay/link-keys.ts'
export { type LinkPort, openLinkPort } from './relay/link-port.ts'
export { openRelay, type Relay, type RelayEvent } from './relay/relay.ts'
