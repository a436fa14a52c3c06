// Who this host is, its owner, and who is paired.

import { Type } from 'typebox'
import type { ApiRoute } from './route.ts'
import { count, hex64, pairing, pairingRequest, revisions, time, visibleName } from './values.ts'

export const ownerRoutes = {
  about: {
    method: 'GET',
    path: '/api/about',
    who: 'anyone',
    purpose: 'Which host this is.',
    answer: Type.Object({
      name: Type.String(),
      version: Type.String(),
      databaseId: hex64,
      port: count,
      macAddresses: Type.Array(Type.String()),
    }),
  },

  makeOwnerLink: {
    method: 'POST',
    path: '/api/owner/links',
    who: 'owner',
    purpose: 'Makes a link to the page that gives its first user the owner token: single use, ten minutes.',
    answer: Type.Object({ code: Type.String(), url: Type.String(), expiresAt: time }),
  },
  exchangeOwnerCode: {
    method: 'POST',
    path: '/api/owner/exchange',
    who: 'anyone',
    purpose: 'Gives the owner token for the code of an owner link.',
    body: Type.Object({ code: Type.String({ maxLength: 200 }) }),
    answer: Type.Object({ token: Type.String() }),
  },

  pairingRequests: {
    method: 'GET',
    path: '/api/pairing-requests',
    who: 'owner',
    purpose: 'Who asks to be paired: remotes on the link and browsers.',
    answer: Type.Object({ requests: Type.Array(pairingRequest) }),
  },
  lookForRemotes: {
    method: 'POST',
    path: '/api/pairing-requests/look',
    who: 'owner',
    purpose:
      'Asks one machine on the link alone whether a remote there asks to be paired: where multicast is swallowed. They join the list for five minutes. REMOTE_ELSEWHERE.',
    body: Type.Object({ address: Type.String({ minLength: 2, maxLength: 64 }) }),
    answer: Type.Object({ requests: Type.Array(pairingRequest) }),
  },
  askToPair: {
    method: 'POST',
    path: '/api/pairing-requests',
    who: 'anyone',
    purpose:
      'A browser asks to be paired; it shows the digits, and the owner types them. Open for five minutes.',
    body: Type.Object({ name: visibleName }),
    answer: Type.Object({ id: Type.String(), digits: Type.String(), secret: Type.String() }),
  },
  pairingRequestState: {
    method: 'GET',
    path: '/api/pairing-requests/{id}',
    who: 'anyone',
    purpose:
      'How the own request stands; needs its secret in the header `Pairing-Secret`. The guid is told once it is accepted.',
    answer: Type.Object({
      state: Type.Union([Type.Literal('waiting'), Type.Literal('accepted')]),
      guid: Type.Optional(hex64),
    }),
  },
  acceptPairing: {
    method: 'POST',
    path: '/api/pairing-requests/{id}/accept',
    who: 'owner',
    purpose: 'Pairs the one who asks, if the digits are those it shows. WRONG_PIN may be tried again.',
    body: Type.Object({ pin: Type.String({ pattern: '^[0-9]{4}$' }) }),
    answer: Type.Object({ pairing, ...revisions.properties }),
  },

  pairings: {
    method: 'GET',
    path: '/api/pairings',
    who: 'owner',
    purpose: 'The paired remotes.',
    answer: Type.Object({ pairings: Type.Array(pairing) }),
  },
  addPairing: {
    method: 'POST',
    path: '/api/pairings',
    who: 'owner',
    purpose: 'Pairs a remote whose guid is known; without a guid the host makes one.',
    body: Type.Object({
      guid: Type.Optional(Type.String({ pattern: '^(0[xX])?[0-9a-fA-F]{1,16}$' })),
      name: Type.Optional(visibleName),
    }),
    answer: Type.Object({ pairing, ...revisions.properties }),
  },
  removePairing: {
    method: 'DELETE',
    path: '/api/pairings/{guid}',
    who: 'owner',
    purpose: 'Revokes a pairing; its sessions and their polls end at once.',
    answer: revisions,
  },
} as const satisfies Record<string, ApiRoute>
