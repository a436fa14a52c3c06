import type { Endpoint } from '../endpoint.ts'
import { editingRefused } from './editing.ts'
import { requireMainDatabase, requirePlaylist } from './path-ids.ts'

/**
 * Editing a playlist: not possible here, and said so.
 *
 * Request GET /databases/1/containers/20/edit?action=add&edit-params='dmap.itemid:11'
 * Answers `medc` with status 500 and words; NOT_FOUND for a playlist that is not there.
 * Source  docs/protocol/daap-library.md, section 12.
 */
export const containerEdit: Endpoint = ({ params, library }) => {
  requireMainDatabase(params['database'])
  requirePlaylist(library.view, params['container'])
  return editingRefused
}
