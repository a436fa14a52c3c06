// Pictures: of the song that plays, of a song, of an album or artist.

import type { EndpointName } from '../../protocol/index.ts'
import { throwIfRefused } from '../talk/answer.ts'
import type { HostSession, Query } from '../talk/session.ts'
import type { Album, Artist, Song } from './items.ts'

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

/** A song, an album or an artist. */
type Pictured = Pick<Song, 'kind' | 'id'> | Pick<Album | Artist, 'kind' | 'groupId'>

export function showingArtwork(session: HostSession) {
  return {
    /** Undefined when there is none. */
    async artwork(
      of: 'now-playing' | Pictured,
      { widthPixels = usualPixels, heightPixels = widthPixels, signal }: ArtworkOptions = {},
    ): Promise<Picture | undefined> {
      const box = boxOf(widthPixels, heightPixels)
      // Absent: 204 for items and groups, 404 for now playing, an empty 200 on Apple TV.
      const options = { signal, expects: [404], maxBytes: mostBytes }
      const answer =
        of === 'now-playing'
          ? await session.send('nowplayingartwork', { interface: '1' }, box, options)
          : await session.send(...pictureOf(of, await databaseOf(session, signal), box), options)
      if (answer.status === 404 || (answer.status < 300 && answer.body.length === 0)) return undefined
      throwIfRefused(answer)
      return { bytes: answer.body, mediaType: mediaTypeOf(answer.body) }
    },

    /**
     * How a page's `<img>` finds pictures: gives the path of each on the host, at a width in pixels. The session is
     * in it, so it is made anew for each showing and never kept. No picture: it loads nothing.
     */
    async artworkPaths(
      options: { signal?: AbortSignal | undefined } = {},
    ): Promise<(of: Pictured, widthPixels: number) => string> {
      const database = await databaseOf(session, options.signal)
      return (of, widthPixels) =>
        session.targetOf(...pictureOf(of, database, boxOf(widthPixels, widthPixels)))
    },
  }
}

async function databaseOf(session: HostSession, signal: AbortSignal | undefined): Promise<string> {
  return String((await session.libraryIds(signal)).id)
}

function boxOf(widthPixels: number, heightPixels: number): Query {
  return [
    ['mw', String(widthPixels)],
    ['mh', String(heightPixels)],
  ]
}

function pictureOf(
  of: Pictured,
  database: string,
  box: Query,
): [name: EndpointName, params: Readonly<Record<string, string>>, query: Query] {
  if (of.kind === 'song') return ['itemArtwork', { database, item: String(of.id) }, box]
  const type: Query = [['group-type', of.kind === 'album' ? 'albums' : 'artists']]
  return ['groupArtwork', { database, group: String(of.groupId) }, [...box, ...type]]
}

/** By its first bytes: hosts are careless with Content-Type. */
function mediaTypeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  return 'application/octet-stream'
}
