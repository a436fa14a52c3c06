// Listening to the host from elsewhere: the addresses under /stream (docs/protocol/page.md, section 5).

import { Type } from 'typebox'
import type { ApiRoute } from './route.ts'
import { revisions, time, visibleName } from './values.ts'

const stream = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: time,
  lastUsedAt: Type.Union([time, Type.Null()]),
  /** Those who listen now, each an output. */
  listeners: Type.Array(
    Type.Object({
      outputId: Type.String(),
      format: Type.Union([
        Type.Literal('mp3'),
        Type.Literal('flac'),
        Type.Literal('opus'),
        Type.Literal('wav'),
      ]),
    }),
  ),
})

export const streamRoutes = {
  streams: {
    method: 'GET',
    path: '/api/streams',
    who: 'session',
    purpose: 'The streams that one made oneself; for the owner all of them.',
    answer: Type.Object({ streams: Type.Array(stream) }),
  },
  makeStream: {
    method: 'POST',
    path: '/api/streams',
    who: 'session',
    purpose:
      'Makes an address to listen at, `/stream/KEY.mp3` (or flac, opus, wav): it needs no session, and opens nothing else. The key is a secret, and told only here.',
    body: Type.Object({ name: visibleName }),
    answer: Type.Object({ id: Type.String(), key: Type.String(), ...revisions.properties }),
  },
  removeStream: {
    method: 'DELETE',
    path: '/api/streams/{id}',
    who: 'session',
    purpose:
      'Takes an address back; who listens there hears no more. NO_SUCH_STREAM, also for those of others.',
    answer: revisions,
  },
} as const satisfies Record<string, ApiRoute>
