// Pictures as answers: the box that is asked for, and what is said when there is none.

import { createHash } from 'node:crypto'
import type { Artwork, ArtworkBox } from '../../library/index.ts'
import type { Answer, EndpointContext, QueryParameters } from '../endpoint.ts'

/** Pixels; no screen is larger, and no picture is made larger anyway. */
const largestSide = 10_000

/** `mw` and `mh`: the box to fit into; 0, absent or no number: no limit on that side. */
export function boxIn(query: QueryParameters): ArtworkBox {
  const maxWidth = side(query.get('mw'))
  const maxHeight = side(query.get('mh'))
  return {
    ...(maxWidth === undefined ? {} : { maxWidth }),
    ...(maxHeight === undefined ? {} : { maxHeight }),
  }
}

function side(text: string | undefined): number | undefined {
  const pixels = /^[0-9]{1,6}(\.[0-9]*)?$/.test(text ?? '') ? Math.trunc(Number(text)) : 0
  return pixels === 0 ? undefined : Math.min(pixels, largestSide)
}

/** A page shows the same cover again and again; a new one is seen some minutes after it was put into the folder. */
const keeping = 'private, max-age=300, stale-while-revalidate=604800'

/** In the library a missing picture is a 204; some clients take that badly. */
export function pictureAnswer(
  artwork: Artwork | undefined,
  { client, headers: asked }: Pick<EndpointContext, 'client' | 'headers'>,
): Answer {
  if (artwork !== undefined) {
    const { mimeType, bytes } = artwork
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    const headers = { 'Content-Type': mimeType, 'Cache-Control': keeping, ETag: etag }
    const isKnown = asked['if-none-match'] === etag
    return isKnown ? { status: 304, headers, body: undefined } : { status: 200, headers, body: bytes }
  }
  if (client.missingPicture === 200) return { status: 200, headers: {}, body: undefined }
  return 'no content'
}
