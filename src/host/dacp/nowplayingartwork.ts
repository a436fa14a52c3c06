import type { BytesAnswer, Endpoint } from '../endpoint.ts'
import { required } from '../query-parameters.ts'

/**
 * The picture of the song that plays.
 *
 * Request GET /ctrl-int/1/nowplayingartwork?mw=320&mh=320 (pixels of the box it must fit in; 0: no limit)
 * Answers image/jpeg or image/png; 404 without one, or what the client's habits ask for.
 * Fails   BAD_REQUEST without mw or mh.
 * Source  docs/protocol/daap-library.md, section 10.
 */
export const nowplayingartwork: Endpoint = async ({ query, player, library, client }) => {
  const box = { maxWidth: sizeOf(required(query, 'mw')), maxHeight: sizeOf(required(query, 'mh')) }
  const { song } = player.state
  const artwork = song && (await library.songArtwork(song.id, box))
  if (!artwork) return missing(client.missingArtwork)

  return { status: 200, headers: { 'Content-Type': artwork.mimeType }, body: artwork.bytes }
}

function missing(habit: 'standard' | 'empty 200'): BytesAnswer {
  return { status: habit === 'standard' ? 404 : 200, headers: {}, body: undefined }
}

function sizeOf(text: string): number {
  const pixels = Math.trunc(Number(text))
  return pixels > 0 ? pixels : 0
}
