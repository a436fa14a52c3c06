// Every endpoint that this host answers, by its name in protocol/endpoints.ts.

import type { EndpointName } from '../protocol/index.ts'
import { activity } from './activity.ts'
import { daapEndpoints } from './daap/index.ts'
import { dacpEndpoints } from './dacp/index.ts'
import type { Endpoint } from './endpoint.ts'
import { loginFor } from './login.ts'
import { logout } from './logout.ts'
import { update } from './update.ts'
import type { Visitors } from './visitors.ts'

export function endpointsFor(visitors: Visitors): Readonly<Partial<Record<EndpointName, Endpoint>>> {
  return { ...daapEndpoints, ...dacpEndpoints, login: loginFor(visitors), logout, update, activity }
}
