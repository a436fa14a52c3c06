// Whether anything is like a song: every status of the player says so, and looking for it may take a walk through
// the whole library.

import type { ColumnView } from '../columns/view.ts'
import { type Plays, playedWith } from './plays.ts'

/** The last answer counts as long as the view does; each play that is counted brings another one. */
export function hasSimilarIn(view: () => ColumnView, plays: Plays): (songId: number) => boolean {
  let known: { view: ColumnView; songId: number; answer: boolean } | undefined
  return (songId) => {
    const present = view()
    if (known?.songId !== songId || known.view !== present)
      known = { view: present, songId, answer: present.hasSimilar(songId, playedWith(plays.list, songId)) }
    return known.answer
  }
}
