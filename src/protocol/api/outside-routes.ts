// Beyond this network: the way in from outside, and hosts that sleep nearby.

import { Type } from 'typebox'
import type { ApiRoute } from './route.ts'
import { count, time } from './values.ts'

const secureWay = Type.Object({
  port: count,
  /** SHA-256 of the certificate's public key, as ssh writes it. */
  fingerprint: Type.String(),
  /** Its key stays; else it is one of an authority, which changes with every renewal. */
  isOwn: Type.Boolean(),
})

const neighbour = Type.Object({
  serviceName: Type.String(),
  name: Type.String(),
  address: Type.String(),
  port: count,
  /** Of one that has gone, when it went. */
  seenAt: time,
  /** Announces itself now. */
  isHere: Type.Boolean(),
})

export const outsideRoutes = {
  outside: {
    method: 'GET',
    path: '/api/outside',
    who: 'session',
    purpose:
      'The way in from outside: the port for TLS and the certificate that is shown there, for remotes to hold. Null while there is none.',
    answer: Type.Object({ secure: Type.Union([secureWay, Type.Null()]) }),
  },
  neighbours: {
    method: 'GET',
    path: '/api/neighbours',
    who: 'session',
    purpose: 'Other hosts that this one has seen on its link and can wake.',
    answer: Type.Object({ hosts: Type.Array(neighbour) }),
  },
  wakeNeighbour: {
    method: 'POST',
    path: '/api/neighbours/wake',
    who: 'session',
    purpose:
      'Wakes one of them, by service name or name; answers once the first packet is out. Only addresses that this host has learned itself, and few packets a minute: NO_HARDWARE_ADDRESS, WOKEN_LATELY, NOT_ON_LINK.',
    body: Type.Object({ host: Type.String({ minLength: 1, maxLength: 255 }) }),
    answer: Type.Object({ host: neighbour, packets: count }),
  },
} as const satisfies Record<string, ApiRoute>
