// The library's side of the talk: one HTTP port for DAAP, DACP, the API and the page; pairing, sessions, access.
// Not here: what music there is (library/), how it plays (player/), how mDNS works (discovery/), reading arguments (cli/).

export type { FolderChoice } from './api/api-parts.ts'
export { type DataDirectory, type Identity, openDataDirectory } from './data/data-directory.ts'
export { type DoorOptions, type FrontDoor, openFrontDoor } from './door/front-door.ts'
export type { Host, HostEvent, HostOptions } from './host.ts'
export { loadHost, openHost } from './open-host.ts'
export { openPairings, type Pairing, type Pairings } from './pairing/pairings.ts'
export { dataDirectoryPath, type RunningHost, readOwnerToken, readRunningHost } from './running-host.ts'
