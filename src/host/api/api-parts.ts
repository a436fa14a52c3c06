// What the API works with.

import type { HostParts } from '../host-parts.ts'
import type { NeighbourHosts } from '../network/neighbour-hosts.ts'
import type { OwnExamination } from '../network/own-examination.ts'
import type { OwnerLinks } from '../pairing/owner-links.ts'
import type { PairingRequests } from '../pairing/pairing-requests.ts'
import type { Access } from '../sessions/access.ts'
import type { Attempts } from '../sessions/attempts.ts'
import type { Visitors } from '../sessions/visitors.ts'
import type { Streams } from '../streams/streams.ts'

/** How the music folders are chosen: whoever started the host knows where that is written down. */
export interface FolderChoice {
  /** By flags or the environment: with the next start they are back. */
  readonly areNamedAtStart: boolean
  /** Keeps them, and answers with the absolute paths that hold from now on. FOLDER_MISSING, BAD_SETTING. */
  change(folders: readonly string[]): Promise<readonly string[]>
}

export interface ApiParts extends HostParts {
  readonly access: Access
  readonly visitors: Visitors
  readonly attempts: Attempts
  readonly ownerLinks: OwnerLinks
  readonly pairingRequests: PairingRequests
  readonly neighbours: NeighbourHosts
  readonly streams: Streams
  readonly ownerToken: string
  readonly version: string
  /** Where this host answers. */
  here(): { url: string; port: number }
  /** The way in from outside; undefined while there is none. */
  secure(): { port: number; fingerprint: string; isOwn: boolean } | undefined
  /** Undefined where the music folders cannot be changed. */
  readonly folderChoice: FolderChoice | undefined
  /** NOT_FOUND when nobody can do it here. */
  examination(): Promise<OwnExamination>
  onPaired(name: string): void
}
