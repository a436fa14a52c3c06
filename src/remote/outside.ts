// Beyond the network of a host of ours: the way to it from outside, and its neighbours that sleep.

import { KnownError } from '../errors.ts'
import { askOwn } from './talk/own-api.ts'
import type { HostSession } from './talk/session.ts'

export interface SecureWay {
  readonly port: number
  readonly fingerprint: string
  /** Its key stays, so its fingerprint can be held. */
  readonly isOwn: boolean
}

interface Options {
  readonly signal?: AbortSignal | undefined
}

export function reachingBeyond(session: HostSession) {
  return {
    /** The port for TLS and its certificate; undefined while the host lets nobody in from outside, or cannot. */
    wayFromOutside: async (options: Options = {}): Promise<SecureWay | undefined> => {
      if (!session.facts.quirks.hasApi) return undefined
      try {
        const call = { ...options, path: '/api/outside', key: 'secure' } as const
        return (await askOwn(session, 'outside', 'GET', call)).secure ?? undefined
      } catch (error) {
        // A host of an older version.
        if (error instanceof KnownError && error.code === 'NOT_FOUND') return undefined
        throw error
      }
    },
    /** Hosts on its link that it can wake. */
    neighbours: async (options: Options = {}) =>
      (await askOwn(session, 'neighbours', 'GET', { ...options, path: '/api/neighbours', key: 'hosts' }))
        .hosts,
    /** By name. NO_HARDWARE_ADDRESS when it has never seen it, WOKEN_LATELY. */
    wakeNeighbour: (host: string, options: Options = {}) =>
      askOwn(session, 'wakeNeighbour', 'POST', {
        ...options,
        path: '/api/neighbours/wake',
        body: { host },
        key: 'packets',
      }),
  }
}
