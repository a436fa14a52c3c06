// The ranked search of our own hosts, and with it albums and artists whose names have the words.

import { KnownError } from '../../errors.ts'
import type { ApiAlbum, ApiArtist, ApiSong } from '../../protocol/index.ts'
import type { HostSession } from '../talk/session.ts'
import { albumOfApi, artistOfApi, type Page, type Song, songOfApi } from './items.ts'

/** What `/api/search` answers at most at once: songs, and of albums and artists each. */
const mostHits = 500
const mostGroups = 100
const longestText = 500

interface RankedOptions {
  readonly songCount: number
  /** Without it neither albums nor artists. */
  readonly groupCount?: number
  readonly signal?: AbortSignal | undefined
}

/** Songs alone. The rank has no index of its own: the first `offset + count` hits are asked for and cut. */
export async function rankedSearch(
  session: HostSession,
  text: string,
  {
    offset = 0,
    count = mostHits,
    signal,
  }: Pick<RankedOptions, 'signal'> & { offset?: number; count?: number },
): Promise<Page<Song>> {
  const { songs } = await ranked(session, text, { songCount: offset + Math.max(1, count), signal })
  return { ...songs, offset, items: songs.items.slice(offset, offset + count) }
}

export async function ranked(
  session: HostSession,
  text: string,
  { songCount, groupCount, signal }: RankedOptions,
) {
  const groups =
    groupCount === undefined ? [] : ([['groups', String(Math.min(groupCount, mostGroups))]] as const)
  const query = [
    ['text', text.slice(0, longestText)],
    ['limit', String(Math.min(songCount, mostHits))],
    ...groups,
  ] as const
  const answer = Object(await session.api('search', 'GET', '/api/search', { query, signal }))
  const songs = itemsIn<ApiSong>(answer, 'songs')?.map(songOfApi)
  if (!songs) throw new KnownError('BAD_ANSWER', { problem: 'a search without songs' })
  const total: unknown = answer['total']
  return {
    songs: {
      total: typeof total === 'number' ? total : songs.length,
      offset: 0,
      items: songs,
      letters: [],
    } satisfies Page<Song>,
    albums: itemsIn<ApiAlbum>(answer, 'albums')?.map(albumOfApi),
    artists: itemsIn<ApiArtist>(answer, 'artists')?.map(artistOfApi),
  }
}

/** A field may be left out by an older or newer host: each is read with care. */
function itemsIn<Item>(answer: Readonly<Record<string, unknown>>, key: string): Partial<Item>[] | undefined {
  const items = answer[key]
  return Array.isArray(items) ? items.map((item) => Object(item) as Partial<Item>) : undefined
}
