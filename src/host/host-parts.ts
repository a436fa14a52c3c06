// What every request may need, and is the same for all of them.

import type { Clock } from '../clock.ts'
import type { Library } from '../library/index.ts'
import type { Log } from '../log.ts'
import type { Player } from '../player/index.ts'
import type { Identity } from './data/data-directory.ts'
import type { Pairings } from './pairing/pairings.ts'
import type { Sessions } from './sessions/sessions.ts'

export interface HostParts {
  readonly library: Library
  readonly player: Player
  readonly pairings: Pairings
  readonly sessions: Sessions
  readonly identity: Identity
  readonly clock: Clock
  readonly log: Log
}
