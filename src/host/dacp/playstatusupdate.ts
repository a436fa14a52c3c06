import type { PlayerState } from '../../player/index.ts'
import { encode, parseId } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { playStatus } from './play-status.ts'

/**
 * Tells the whole state of the player: at once when the client has another revision, else when it changes.
 *
 * Request GET /ctrl-int/1/playstatusupdate?revision-number=R&session-id=S; 0 and 1 never wait, nor does a stale one.
 * Answers `cmst`, always complete; status 500 in it when R is missing or no number.
 * Fails   NO_SESSION when the session ends meanwhile, SHUTTING_DOWN.
 * Source  docs/protocol/dacp-control.md, section 4.
 */
export const playstatusupdate: Endpoint = async (context) => {
  const { player, query } = context
  const known = parseId(query.get('revision-number') ?? '')
  if (known === undefined) return ['cmst', [['mstt', 500]]]

  const isCurrent = known === BigInt(player.state.revision)
  const state = isCurrent ? await player.changedSince(player.state.revision, context.signal) : player.state

  return { dmap: statusBytes(state, player.positionMs()) }
}

/** As good as now: remotes show seconds. */
const samePositionMs = 20

const told = new WeakMap<PlayerState, { readonly positionMs: number; readonly bytes: Uint8Array }>()

/** A change is told to all who wait at once: they share its bytes. */
function statusBytes(state: PlayerState, positionMs: number): Uint8Array {
  const known = told.get(state)
  if (known && Math.abs(known.positionMs - positionMs) < samePositionMs) return known.bytes
  const bytes = encode(['cmst', playStatus(state, positionMs)])
  told.set(state, { positionMs, bytes })
  return bytes
}
