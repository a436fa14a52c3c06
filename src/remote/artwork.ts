// Pictures: of the song that plays, of a song, of an album or artist.

import { throwIfRefused } from './answer.ts'
import type { Album, Artist, Song } from './items.ts'
import type { HostSession, Query } from './session.ts'

export interface Picture {
  readonly bytes: Uint8Array
  /** `image/jpeg` or `image/png`. */
  readonly mediaType: string
}

export interface ArtworkOptions {
  /** The box that it must fit into, pixels. */
  readonly widthPixels?: number
  readonly heightPixels?: number
  readonly signal?: AbortSignal | undefined
}

const usualPixels = 640
const mostBytes = 32 * 1024 * 1024

export function showingArtwork(session: HostSession) {
  return {
    /** Undefined when there is none. */
    async artwork(
      of: 'now-playing' | Pick<Song, 'kind' | 'id'> | Pick<Album | Artist, 'kind' | 'groupId'>,
      { widthPixels = usualPixels, heightPixels = widthPixels, signal }: ArtworkOptions = {},
    ): Promise<Picture | undefined> {
      const box: Query = [
        ['mw', String(widthPixels)],
        ['mh', String(heightPixels)],
      ]
      // Absent: 204 for items and groups, 404 for now playing, an empty 200 on Apple TV.
      const options = { signal, expects: [404], maxBytes: mostBytes }
      const answer =
        of === 'now-playing'
          ? await session.send('nowplayingartwork', { interface: '1' }, box, options)
          : await artworkOf(session, of, box, options)
      if (answer.status === 404 || (answer.status < 300 && answer.body.length === 0)) return undefined
      throwIfRefused(answer)
      return { bytes: answer.body, mediaType: mediaTypeOf(answer.body) }
    },
  }
}

async function artworkOf(
  session: HostSession,
  of: Pick<Song, 'kind' | 'id'> | Pick<Album | Artist, 'kind' | 'groupId'>,
  box: Query,
  options: { signal: AbortSignal | undefined; expects: number[]; maxBytes: number },
) {
  const database = String((await session.database(options.signal)).id)
  if (of.kind === 'song') return session.send('itemArtwork', { database, item: String(of.id) }, box, options)
  const type: Query = [['group-type', of.kind === 'album' ? 'albums' : 'artists']]
  return session.send('groupArtwork', { database, group: String(of.groupId) }, [...box, ...type], options)
}

/** By its first bytes: hosts are careless with Content-Type. */
function mediaTypeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  return 'application/octet-stream'
}
