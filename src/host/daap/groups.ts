import type { Endpoint } from '../endpoint.ts'
import { filterOf } from './filter.ts'
import { groupListAnswer } from './group-list.ts'
import { requireMainDatabase } from './path-ids.ts'

/**
 * Albums or album artists. `miid` serves artwork only; `mper` is what queries carry as songalbumid or songartistid.
 *
 * Request GET /databases/1/groups?group-type=albums&type=music&sort=artist&query=…&include-sort-headers=1&index=…
 * Answers `agal`, or `agar` for group-type=artists.
 * Source  docs/protocol/daap-library.md, section 7.
 */
export const groups: Endpoint = (context) => {
  const { params, query, library } = context
  requireMainDatabase(params['database'])
  const filter = filterOf(query.get('query') ?? query.get('filter'), { artist: 'albumArtist' })
  const question = filter === undefined ? {} : { filter }
  if (query.get('group-type') === 'artists')
    return groupListAnswer('agar', library.view.artists(question), context)
  const sort = query.get('sort') === 'artist' ? 'artist' : 'album'
  return groupListAnswer('agal', library.view.albums({ ...question, sort }), context)
}
