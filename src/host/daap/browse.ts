import { KnownError } from '../../errors.ts'
import type { LibraryView } from '../../library/index.ts'
import type { DmapNames, DmapNode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { filterOf } from './filter.ts'
import { headerNodes, wantedHeaders, windowOf } from './list-window.ts'
import { requireMainDatabase } from './path-ids.ts'

interface Kind {
  readonly field: Parameters<LibraryView['distinct']>[0]
  readonly list: (names: DmapNames) => DmapNode
}

/** "Artists" are the albums' artists, as in OwnTone. */
const kinds: Readonly<Record<string, Kind>> = {
  artists: { field: 'albumArtist', list: (names) => ['abar', names] },
  albums: { field: 'album', list: (names) => ['abal', names] },
  genres: { field: 'genre', list: (names) => ['abgn', names] },
  composers: { field: 'composer', list: (names) => ['abcp', names] },
}

/**
 * The distinct names of a kind, sorted.
 *
 * Request GET /databases/1/browse/artists?filter=…&include-sort-headers=1&index=…; the kind: see above
 * Answers `abro`, whose list holds bare strings.
 * Source  docs/protocol/daap-library.md, section 6.
 */
export const browse: Endpoint = ({ params, query, library }) => {
  requireMainDatabase(params['database'])
  const name = params['kind'] ?? ''
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (kind === undefined) throw new KnownError('BAD_REQUEST', { browse: name })

  const filter = filterOf(query.get('filter') ?? query.get('query'), { artist: 'albumArtist' })
  const listing = library.view.distinct(kind.field, filter)
  const window = windowOf(query.get('index'), listing.length)
  return [
    'abro',
    [
      ['mstt', 200],
      ['mtco', listing.length],
      ['mrco', window.to - window.from],
      kind.list(listing.slice(window.from, window.to).map((text) => ['mlit', text])),
      ...headerNodes(listing, window, wantedHeaders(query)),
    ],
  ]
}
