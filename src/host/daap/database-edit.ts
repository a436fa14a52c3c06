import { KnownError } from '../../errors.ts'
import type { DmapNode } from '../../protocol/index.ts'
import type { Endpoint, EndpointContext } from '../endpoint.ts'
import { required } from '../http/query-parameters.ts'
import { editAnswer, editParams, nameOf, valuesOf } from './editing.ts'
import { idIn, requireMainDatabase } from './path-ids.ts'

/**
 * Makes and deletes playlists.
 *
 * Request GET /databases/1/edit?action=add&edit-params='dmap.itemname:Name'
 *         | action=remove&edit-params='dmap.itemid:100'
 * Answers `medc` with `miid` of the new playlist; it is in the database by then, and `/update` has told it.
 *         `mstt` 500 and words (`msts`) when it cannot be done.
 * Source  docs/protocol/daap-library.md, section 12.
 */
export const databaseEdit: Endpoint = (context) => {
  requireMainDatabase(context.params['database'])
  return editAnswer(() => {
    const action = required(context.query, 'action')
    if (action === 'add') return add(context)
    if (action === 'remove') return remove(context)
    throw new KnownError('BAD_REQUEST', { reason: 'unknown action' })
  })
}

function add({ query, library }: EndpointContext): DmapNode[] {
  return [['miid', library.playlists.make(nameOf(editParams(query)))]]
}

function remove({ query, library }: EndpointContext): DmapNode[] {
  for (const id of valuesOf(editParams(query), 'dmap.itemid')) library.playlists.remove(idIn(id))
  return []
}
