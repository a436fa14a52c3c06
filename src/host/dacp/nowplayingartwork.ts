import { boxIn } from '../daap/artwork.ts'
import type { BytesAnswer, Endpoint } from '../endpoint.ts'
import { required } from '../http/query-parameters.ts'

/**
 * The picture of the song that plays.
 *
 * Request GET /ctrl-int/1/nowplayingartwork?mw=320&mh=320 (pixels of the box it must fit in; 0: no limit)
 * Answers image/jpeg or image/png; 404 without one, or what the client's habits ask for.
 * Fails   BAD_REQUEST without mw or mh.
 * Source  docs/protocol/daap-library.md, section 10.
 */
export const nowplayingartwork: Endpoint = async ({
  query,
  player,
  library,
  client,
}): Promise<BytesAnswer> => {
  for (const side of ['mw', 'mh']) required(query, side)
  const { song } = player.state
  const artwork = song && (await library.songArtwork(song.id, boxIn(query)))
  if (!artwork) return { status: client.missingNowPlaying, headers: {}, body: undefined }

  return { status: 200, headers: { 'Content-Type': artwork.mimeType }, body: artwork.bytes }
}
