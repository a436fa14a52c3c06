import type { Endpoint } from '../endpoint.ts'

/**
 * Ends the session and its polls.
 *
 * Request GET /logout?session-id=S
 * Answers 204.
 * Source  docs/protocol/pairing-and-login.md, section 5.
 */
export const logout: Endpoint = ({ session, sessions }) => {
  if (session) sessions.end(session)
  return 'no content'
}
