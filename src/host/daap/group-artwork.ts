import type { Endpoint } from '../endpoint.ts'
import { boxIn, pictureAnswer } from './artwork.ts'
import { idIn, requireMainDatabase } from './path-ids.ts'

/**
 * The picture of an album or an artist; the group's `miid` names it.
 *
 * Request GET /databases/1/groups/5/extra_data/artwork?mw=320&mh=320&group-type=albums
 * Answers a JPEG or PNG within the box, never enlarged; 204 when there is none.
 * Source  docs/protocol/daap-library.md, section 10.
 */
export const groupArtwork: Endpoint = async (context) => {
  const { params, query, library } = context
  requireMainDatabase(params['database'])
  const id = idIn(params['group'])
  const box = boxIn(query)
  const isArtist = query.get('group-type') === 'artists'
  const artwork = await (isArtist ? library.artistArtwork(id, box) : library.albumArtwork(id, box))
  return pictureAnswer(artwork, context)
}
