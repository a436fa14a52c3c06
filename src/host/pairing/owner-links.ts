// One-time links by which the owner's browser gets the owner token. The code is a URL's fragment, so no log has it.

import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'

export interface OwnerLinks {
  make(): { code: string; expiresAtMs: number }
  /** Takes the code, so that it works once. OWNER_LINK_USED when it was used, ran out or never was. */
  use(code: string): void
}

const validMs = 10 * 60 * 1000
/** Open at once; the oldest makes room. */
const mostLinks = 20

export function createOwnerLinks(clock: Clock): OwnerLinks {
  // Looked up by the whole code in a Map: 128 random bits leave nothing to guess by time.
  const deadlines = new Map<string, number>()

  return {
    make() {
      const [oldest] = deadlines.keys()
      if (deadlines.size >= mostLinks && oldest !== undefined) deadlines.delete(oldest)
      const code = randomBytes(16).toString('base64url')
      deadlines.set(code, clock.nowMs() + validMs)
      return { code, expiresAtMs: clock.wallMs() + validMs }
    },
    use(code) {
      const deadline = deadlines.get(code)
      deadlines.delete(code)
      if (deadline === undefined || clock.nowMs() > deadline) throw new KnownError('OWNER_LINK_USED')
    },
  }
}
