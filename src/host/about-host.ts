// Who this host is, for anybody: the API says it, and the page has it within.

import type { ApiAnswer } from '../protocol/api.ts'
import type { ApiParts } from './api/api-parts.ts'

export function aboutHost({
  identity,
  version,
  here,
}: Pick<ApiParts, 'identity' | 'version' | 'here'>): ApiAnswer<'about'> {
  return {
    name: identity.name,
    version,
    databaseId: identity.databaseIdHex,
    port: here().port,
    macAddresses: [...identity.macAddresses],
  }
}
