// `cacr`, the answer of cue and playqueue-edit.

import { KnownError } from '../../errors.ts'
import type { PlayerState } from '../../player/index.ts'
import type { DmapNode } from '../../protocol/index.ts'
import { refusalText } from '../http/refusal-text.ts'

/** Without a state: nothing plays any more. */
export function cueAnswer(state?: PlayerState): DmapNode {
  return [
    'cacr',
    [
      ['mstt', 200],
      ['miid', state?.song?.id ?? 0],
    ],
  ]
}

export function refusedCue(reason: string): DmapNode {
  return [
    'cacr',
    [
      ['mstt', 500],
      ['msts', reason],
    ],
  ]
}

/** A query that makes no sense is refused in the answer itself, as OwnTone does; other errors go on. */
export function answerBadQuery(error: unknown): DmapNode {
  if (!(error instanceof KnownError) || error.code !== 'BAD_QUERY') throw error
  return refusedCue(refusalText(error))
}
