// Asks a large library what remotes will ask, while nobody does, so that the first of them need not wait for the compiler.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { SongFilter } from './questions.ts'
import type { LibraryView } from './types.ts'

/** In smaller libraries nothing takes long enough to be noticed. */
const fewSongs = 5000
/** After the start, which has more urgent work. */
const pauseMs = 700
const rounds = 3

export function warmUpLater(view: () => LibraryView): void {
  setTimeout(() => void warmUp(view), pauseMs).unref()
}

async function warmUp(view: () => LibraryView): Promise<void> {
  if (view().songCount < fewSongs) return
  for (let round = 0; round < rounds; round++)
    for (const ask of questions) {
      ask(view(), round)
      await nextTurn()
    }
}

const letters = 'aeo'
const contains = (value: string): SongFilter => ({ text: 'title', match: 'contains', value })

const questions: readonly ((view: LibraryView, round: number) => unknown)[] = [
  (view, round) => view.search(letters.charAt(round), 50),
  (view, round) => view.search(`${letters.charAt(round)} th`, 50),
  (view, round) => view.songs({ filter: contains(letters.charAt(round)), sort: 'title' }).slice(0, 50),
  (view, round) => view.songs({ filter: contains(`${letters.charAt(round)}n`) }).sortHeaders(),
  (view) => view.songs({ sort: 'title' }).sortHeaders(),
  (view) => view.albums({}).sortHeaders(),
  (view) => view.artists({}).sortHeaders(),
  (view) => view.distinct('genre'),
  (view) => view.playlists(),
]
