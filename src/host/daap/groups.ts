import type { Album, Artist, Listing } from '../../library/index.ts'
import type { ContentCode, DmapNode } from '../../protocol/index.ts'
import type { Endpoint, QueryParameters } from '../endpoint.ts'
import { filterOf } from './filter.ts'
import { countNodes, headerNodes, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'
import { requireMainDatabase } from './path-ids.ts'

/** What `meta` can choose; the group's id, its count of songs and its artist are always sent (OwnTone). */
const chosen: ReadonlySet<ContentCode> = new Set(['minm', 'mper', 'asri', 'agac', 'astm', 'asyr', 'asco'])

/**
 * Albums or album artists. `miid` serves artwork only; `mper` is what queries carry as songalbumid or songartistid.
 *
 * Request GET /databases/1/groups?group-type=albums&type=music&sort=artist&query=…&include-sort-headers=1&index=…
 * Answers `agal`, or `agar` for group-type=artists.
 * Source  docs/protocol/daap-library.md, section 7.
 */
export const groups: Endpoint = ({ params, query, library }) => {
  requireMainDatabase(params['database'])
  const filter = filterOf(query.get('query') ?? query.get('filter'), { artist: 'albumArtist' })
  const question = filter === undefined ? {} : { filter }
  if (query.get('group-type') === 'artists')
    return ['agar', groupNodes(library.view.artists(question), artistNodes, query)]
  const sort = query.get('sort') === 'artist' ? 'artist' : 'album'
  return ['agal', groupNodes(library.view.albums({ ...question, sort }), albumNodes, query)]
}

function groupNodes<Group>(
  listing: Listing<Group>,
  nodesOf: (group: Group) => DmapNode[],
  query: QueryParameters,
): DmapNode[] {
  const window = windowOf(query.get('index'), listing.length)
  const wanted = wantedCodes(query.get('meta'), chosen) ?? chosen
  const isSent = ([code, value]: DmapNode) =>
    chosen.has(code as ContentCode) ? wanted.has(code as ContentCode) && Boolean(value) : true
  return [
    ...countNodes(listing.length, window),
    [
      'mlcl',
      listing.slice(window.from, window.to).map((group): DmapNode => ['mlit', nodesOf(group).filter(isSent)]),
    ],
    ...(query.get('include-sort-headers') === '1' ? headerNodes(listing, window) : []),
  ]
}

function albumNodes(album: Album): DmapNode[] {
  return [
    ['miid', album.id],
    ['minm', album.name],
    ['mper', album.persistentId],
    ['mimc', album.songCount],
    ['asaa', album.artist],
    ['asri', album.artistId],
    ['astm', album.durationMs],
    ['asyr', album.year],
    ['asco', Number(album.isCompilation)],
  ]
}

function artistNodes(artist: Artist): DmapNode[] {
  return [
    ['miid', artist.id],
    ['minm', artist.name],
    ['mper', artist.persistentId],
    ['mimc', artist.songCount],
    ['asaa', artist.name],
    ['agac', artist.albumCount],
    ['asri', artist.persistentId],
  ]
}
