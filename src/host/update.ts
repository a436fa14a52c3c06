import { parseId } from '../protocol/index.ts'
import type { Endpoint } from './endpoint.ts'

/**
 * Tells the library's revision: at once when the client has another one, else when it changes.
 *
 * Request GET /update?revision-number=R&session-id=S; R absent, 0 or 1 never waits, nor does a stale or future one.
 * Answers `mupd` with the revision now (`musr`).
 * Fails   NO_SESSION when the session ends meanwhile, SHUTTING_DOWN.
 * Source  docs/protocol/pairing-and-login.md, section 6.
 */
export const update: Endpoint = async (context) => {
  const { library, query } = context
  const known = parseId(query.get('revision-number') ?? '')
  const isCurrent = known === BigInt(library.view.revision)
  const view = isCurrent ? await library.changedSince(library.view.revision, context.signal) : library.view

  return [
    'mupd',
    [
      ['mstt', 200],
      ['musr', view.revision],
    ],
  ]
}
