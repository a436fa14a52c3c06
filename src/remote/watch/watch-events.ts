// What a watch tells, and what it needs to know.

import type { KnownError } from '../../errors.ts'
import type { ApiPairingRequest, ApiScanProgress } from '../../protocol/index.ts'
import type { NewestStatus, Status } from '../playing/status.ts'
import type { HostSession } from '../talk/session.ts'
import type { CommandCounter } from './command-counter.ts'

export type RemoteEvent =
  /** Logged in and following; also after each time the host was gone. */
  | { readonly event: 'connected'; readonly host: string }
  /** Tried again after `retryInMs`. */
  | { readonly event: 'gone'; readonly error: KnownError; readonly retryInMs: number }
  /** What plays, how, or how loud. `cause` is in words; '' where the host does not say. */
  | { readonly event: 'status'; readonly status: Status; readonly cause: string }
  /** The queue, or the speakers, are to be read again. */
  | { readonly event: 'queue' | 'speakers'; readonly cause: string }
  /** Lists are to be read again. */
  | { readonly event: 'library'; readonly revision: number; readonly cause: string }
  /** Our own hosts only. */
  | { readonly event: 'scan'; readonly progress: ApiScanProgress }
  /** Our own hosts, to the owner only. */
  | { readonly event: 'pairing-requests'; readonly requests: readonly ApiPairingRequest[] }

export interface Watched {
  readonly session: HostSession
  readonly newest: NewestStatus
  /** This remote's own commands: after some of them a host says nothing by itself. */
  readonly commands: CommandCounter
}
