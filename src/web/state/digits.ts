// How this page gets in the first time: four digits that the owner types. Most are in already, and do not load this.

import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { askToPair, fetchConnection, type OpenPairingRequest } from '../../remote/index.ts'
import { address } from './door.ts'
import { keepInTab, keptInTab } from './kept.ts'
import type { Key } from './keys-kept.ts'
import { ownName } from './own-name.ts'

/** Shows digits until the owner has typed them; asks anew when they have run out. */
export async function pairByDigits(
  onDigits: (digits: string, request: OpenPairingRequest) => void,
  signal: AbortSignal,
): Promise<Key> {
  for (;;) {
    try {
      const { guid } = await askToPair({
        connection: fetchConnection(address()),
        name: ownName(),
        clock: systemClock,
        former: formerRequest(),
        signal,
        onDigits(digits, _hostName, request) {
          keepInTab('request', request)
          onDigits(digits, request)
        },
      })
      keepInTab('request', undefined)
      return { guid }
    } catch (error) {
      const hasRunOut = error instanceof KnownError && error.code === 'NO_SUCH_PAIRING_REQUEST'
      if (!hasRunOut) throw error
    }
  }
}

/** What was shown before the page was loaded again. */
function formerRequest(): OpenPairingRequest | undefined {
  const value = Object(keptInTab('request')) as Record<string, unknown>
  const { id, digits, secret } = value
  const isWhole = typeof id === 'string' && typeof digits === 'string' && typeof secret === 'string'
  return isWhole ? { id, digits, secret } : undefined
}
