// Pictures as answers: the box that is asked for, and what is said when there is none.

import type { Artwork, ArtworkBox } from '../../library/index.ts'
import type { Answer, QueryParameters } from '../endpoint.ts'
import type { ClientHabits } from '../quirks.ts'

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

/** In the library a missing picture is a 204; some clients take that badly. */
export function pictureAnswer(artwork: Artwork | undefined, client: ClientHabits): Answer {
  if (artwork !== undefined)
    return { status: 200, headers: { 'Content-Type': artwork.mimeType }, body: artwork.bytes }
  if (client.missingPicture === 200) return { status: 200, headers: {}, body: undefined }
  return 'no content'
}
