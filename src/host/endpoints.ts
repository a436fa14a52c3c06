// Every endpoint that this host answers, by its name in protocol/endpoints.ts.

import type { EndpointName } from '../protocol/index.ts'
import { activity } from './activity.ts'
import { daapEndpoints } from './daap/index.ts'
import { dacpEndpoints } from './dacp/index.ts'
import { declinedEndpoints } from './declined.ts'
import type { Endpoint } from './endpoint.ts'
import { loginFor } from './sessions/login.ts'
import { logout } from './sessions/logout.ts'
import type { Visitors } from './sessions/visitors.ts'
import { update } from './update.ts'

/** `onLogin` hears of each session, once it is open. */
export function endpointsFor(
  visitors: Visitors,
  onLogin: () => void,
): Readonly<Partial<Record<EndpointName, Endpoint>>> {
  const library = { ...daapEndpoints, update, activity, login: loginFor(visitors, onLogin), logout }
  return { ...library, ...dacpEndpoints, ...declinedEndpoints }
}
