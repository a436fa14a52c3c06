// Failed attempts per source, so that nobody can guess at leisure. What is known to be right is never limited.

import { isIPv4 } from 'node:net'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { plainAddress } from './access.ts'

export interface Attempts {
  /** TOO_MANY_ATTEMPTS when this source failed too often within the last minute. */
  check(address: string): void
  /** Counts a failure. */
  fail(address: string): void
}

const windowMs = 60_000
const mostFailures = 20
/** Sources remembered at once; the one quiet longest is forgotten. */
const mostSources = 10_000

export function createAttempts(clock: Clock): Attempts {
  const bySource = new Map<string, { failures: number; sinceMs: number }>()

  function recent(address: string) {
    const entry = bySource.get(sourceOf(address))
    return entry && clock.nowMs() - entry.sinceMs < windowMs ? entry : undefined
  }

  return {
    check(address) {
      if ((recent(address)?.failures ?? 0) >= mostFailures) throw new KnownError('TOO_MANY_ATTEMPTS')
    },
    fail(address) {
      const entry = recent(address) ?? { failures: 0, sinceMs: clock.nowMs() }
      entry.failures += 1
      const source = sourceOf(address)
      bySource.delete(source)
      bySource.set(source, entry)
      const [oldest] = bySource.keys()
      if (bySource.size > mostSources && oldest !== undefined) bySource.delete(oldest)
    },
  }
}

/** An IPv6 caller has a whole /64 of addresses to call from. */
export function sourceOf(address: string): string {
  const plain = plainAddress(address)
  if (isIPv4(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail ? tail.split(':') : [])]
  return `${all.slice(0, 4).join(':')}::/64`
}
