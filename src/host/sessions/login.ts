import { KnownError } from '../../errors.ts'
import { encode, parseHex64, sessionHeader } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import type { Visitors } from './visitors.ts'

/**
 * Opens a session: for a paired remote by its guid, for the owner by the token, under --share for a plain player.
 *
 * Request GET /login?pairing-guid=0x00000000000000a1 | /login with Authorization: Bearer or Basic
 * Answers `mlog` with status and session id (unsigned 32-bit), and the id as a header.
 * Fails   NOT_PAIRED (503) when we have not met this guid; PASSWORD_NEEDED (401); NOT_OWNER; TOO_MANY_ATTEMPTS.
 * Source  docs/protocol/pairing-and-login.md, section 4.
 */
export function loginFor(visitors: Visitors, onLogin: () => void): Endpoint {
  return ({ query, headers, remoteAddress, sessions, pairings }) => {
    const text = query.get('pairing-guid')
    const guid = text === undefined ? undefined : parseHex64(text)
    if (text !== undefined && guid === undefined) throw new KnownError('NOT_PAIRED')

    const visitor = visitors.welcome({
      guid,
      authorization: headers['authorization'],
      address: remoteAddress,
    })
    if (visitor.guid !== undefined) pairings.markSeen(visitor.guid)
    const session = sessions.open(visitor)
    onLogin()

    const answer = encode([
      'mlog',
      [
        ['mstt', 200],
        ['mlid', session.id],
      ],
    ])
    return { dmap: answer, headers: { [sessionHeader]: String(session.id) } }
  }
}
