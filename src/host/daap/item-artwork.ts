import type { Endpoint } from '../endpoint.ts'
import { boxIn, pictureAnswer } from './artwork.ts'
import { idIn, requireMainDatabase } from './path-ids.ts'

/**
 * The picture of a song.
 *
 * Request GET /databases/1/items/11/extra_data/artwork?mw=320&mh=320
 * Answers a JPEG or PNG within the box, never enlarged; 204 when there is none.
 * Source  docs/protocol/daap-library.md, section 10.
 */
export const itemArtwork: Endpoint = async (context) => {
  const { params, query, library } = context
  requireMainDatabase(params['database'])
  return pictureAnswer(await library.songArtwork(idIn(params['item']), boxIn(query)), context)
}
