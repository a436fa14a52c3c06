import type { Library } from '../../library/index.ts'
import type { PlayerState } from '../../player/index.ts'
import { encode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { playStatus } from './play-status.ts'

/**
 * Tells the whole state of the player: at once when the client has another revision, else when it changes.
 *
 * Request GET /ctrl-int/1/playstatusupdate?revision-number=R&session-id=S; 0 and 1 never wait, nor does one
 *         that is stale, negative or beyond ours, however large.
 * Answers `cmst`, always complete; status 500 in it when R is missing or no number.
 * Fails   NO_SESSION when the session ends meanwhile, SHUTTING_DOWN.
 * Source  docs/protocol/dacp-control.md, section 4.
 */
export const playstatusupdate: Endpoint = ({ player, library, query }) => {
  const known = /^\+?(?:0*(\d+)|-\d+)$/.exec(query.get('revision-number') ?? '')
  if (!known) return ['cmst', [['mstt', 500]]]

  const answer = () => ({ dmap: statusBytes(player.state, player.positionMs(), library) })
  const isCurrent = known[1] === String(player.state.revision)
  return isCurrent ? { wait: player.onceChanged, answer } : answer()
}

/** As good as now: remotes show seconds. */
const samePositionMs = 20

const told = new WeakMap<PlayerState, { readonly positionMs: number; readonly bytes: Uint8Array }>()

/** A change is told to all who wait at once: they share its bytes. */
function statusBytes(state: PlayerState, positionMs: number, library: Library): Uint8Array {
  const known = told.get(state)
  if (known && Math.abs(known.positionMs - positionMs) < samePositionMs) return known.bytes
  const bytes = encode(['cmst', playStatus(state, positionMs, library)])
  told.set(state, { positionMs, bytes })
  return bytes
}
