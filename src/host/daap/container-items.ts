import type { LibraryView } from '../../library/index.ts'
import type { ContentCode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { filterOf } from './filter.ts'
import { requireMainDatabase, requirePlaylist } from './path-ids.ts'
import { orderOf, songListAnswer } from './song-list.ts'

/** What a playlist tells of its songs when nothing is asked for, as OwnTone. */
const usual: readonly ContentCode[] = ['mikd', 'asdk', 'miid', 'minm', 'mcti']

/**
 * The songs of a playlist. Apple's Remote lists the whole library this way, through the base playlist.
 *
 * Request GET /databases/1/containers/2/items?meta=…&query=…&sort=…&index=…; playlist 0 is the base one
 * Answers `apso`, in the playlist's order unless another is asked for.
 * Source  docs/protocol/daap-library.md, section 5.
 */
export const containerItems: Endpoint = (context) => {
  const { params, query, library } = context
  requireMainDatabase(params['database'])
  const { view } = library
  const playlist = requirePlaylist(view, params['container'])
  const filter = filterOf(query.get('query') ?? query.get('filter'), {
    songOfEntry: songsByEntry(view, playlist.id),
  })
  const listing = view.songs({
    playlistId: playlist.id,
    ...orderOf(query),
    ...(filter === undefined ? {} : { filter }),
  })
  return songListAnswer('apso', view, listing, context, usual)
}

/** In the base playlist songs are their own entries. Looked through once, however many entries a query names. */
function songsByEntry(view: LibraryView, playlistId: number): (entryId: bigint) => number | undefined {
  let songs: ReadonlyMap<bigint, number> | 'their own' | undefined
  return (entryId) => {
    songs ??= songIdsOf(view, playlistId)
    return songs === 'their own' ? Number(entryId) : songs.get(entryId)
  }
}

function songIdsOf(view: LibraryView, playlistId: number): ReadonlyMap<bigint, number> | 'their own' {
  const entries = view.songs({ playlistId }).entries()
  if (entries === undefined) return 'their own'
  return new Map(entries.map(({ entryId, songId }) => [BigInt(entryId), songId]))
}
