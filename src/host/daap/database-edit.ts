import type { Endpoint } from '../endpoint.ts'
import { editingRefused } from './editing.ts'
import { requireMainDatabase } from './path-ids.ts'

/**
 * Adding and removing playlists: not possible here, and said so.
 *
 * Request GET /databases/1/edit?action=add&edit-params='dmap.itemname:Name'
 * Answers `medc` with status 500 and words.
 * Source  docs/protocol/daap-library.md, section 12.
 */
export const databaseEdit: Endpoint = ({ params }) => {
  requireMainDatabase(params['database'])
  return editingRefused
}
