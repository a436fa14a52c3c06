import type { Endpoint } from '../endpoint.ts'
import { filterOf } from './filter.ts'
import { requireMainDatabase } from './path-ids.ts'
import { orderOf, songListAnswer } from './song-list.ts'

/**
 * The songs of the library, or those that a query names.
 *
 * Request GET /databases/1/items?meta=…&query=…&sort=…&include-sort-headers=1&index=…
 * Answers `adbs`; without `meta` every field.
 * Source  docs/protocol/daap-library.md, section 5.
 */
export const items: Endpoint = (context) => {
  const { params, query } = context
  const { view } = context.library
  requireMainDatabase(params['database'])
  const filter = filterOf(query.get('query') ?? query.get('filter'))
  const listing = view.songs({ ...orderOf(query), ...(filter === undefined ? {} : { filter }) })
  return songListAnswer('adbs', view, listing, context)
}
