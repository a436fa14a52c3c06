// Addresses at which any player hears what one of our hosts plays. Elsewhere: HOST_REFUSED.

import type { ApiAnswer } from '../../protocol/index.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession } from '../talk/session.ts'

interface StreamOptions {
  readonly signal?: AbortSignal | undefined
}

export interface MadeStream {
  /** The outputs of its listeners begin with `stream:ID.`. */
  readonly id: string
  /** For `/stream/KEY.mp3`, flac, opus or wav: a secret, told only now. */
  readonly key: string
}

export type Stream = ApiAnswer<'streams'>['streams'][number]

export function listening(session: HostSession) {
  return {
    /** `name` is what its listeners are called among the speakers. */
    async makeStream({ name }: { name: string }, options: StreamOptions = {}): Promise<MadeStream> {
      const call = { path: '/api/streams', key: 'key', body: { name } } as const
      const { id, key } = await askOwn(session, 'makeStream', 'POST', { ...call, ...options })
      return { id, key }
    },
    /** One's own; the owner sees all. */
    streams: async (options: StreamOptions = {}): Promise<readonly Stream[]> =>
      (await askOwn(session, 'streams', 'GET', { path: '/api/streams', key: 'streams', ...options })).streams,
    /** Who listens there hears no more. NO_SUCH_STREAM. */
    async removeStream(id: string, options: StreamOptions = {}): Promise<void> {
      const path = `/api/streams/${encodeURIComponent(id)}`
      await askOwn(session, 'removeStream', 'DELETE', { path, key: 'libraryRevision', ...options })
    },
  }
}
