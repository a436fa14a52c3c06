// Makes the lists that remotes begin with, and throws them away, while nobody asks yet: so the first of them waits
// neither for the compiler nor for lengths that are the same for all who ask.

import { setTimeout as pause } from 'node:timers/promises'
import type { LibraryView } from '../../library/index.ts'
import type { Log } from '../../log.ts'
import type { DmapBytes } from '../endpoint.ts'
import type { Eventually } from '../http/http-message.ts'
import { isLargeBody } from '../http/large-body.ts'
import { parametersOf } from '../http/query-parameters.ts'
import { habitsOf } from '../quirks.ts'
import { filterOf } from './filter.ts'
import { groupListAnswer } from './group-list.ts'
import { songListAnswer } from './song-list.ts'

/** In smaller libraries nothing takes long enough to be noticed. */
const fewSongs = 5000
/** After the start, which has more urgent work. */
const afterMs = 1000
/** Of a list; by then the compiler has done its work. */
const piecesMade = 40
/** Between two pieces: others come first. */
const pauseMs = 2

export function warmUpListsLater(view: () => LibraryView, log: Log, signal: AbortSignal): void {
  warmUp(view, signal).catch((error: unknown) => {
    if (!signal.aborted) log.error('the lists could not be made beforehand', { error })
  })
}

async function warmUp(view: () => LibraryView, signal: AbortSignal): Promise<void> {
  await pause(afterMs, undefined, { signal, ref: false })
  if (view().songCount < fewSongs) return
  for (const make of lists)
    for (const _ of piecesOf(await make(view(), signal)))
      await pause(pauseMs, undefined, { signal, ref: false })
}

function* piecesOf({ dmap }: DmapBytes): Generator<void> {
  if (!isLargeBody(dmap)) return
  for (let at = 0; at < Math.min(dmap.pieceCount, piecesMade); at++) yield dmap.piece(at).release()
}

const ofMusic = "('com.apple.itunes.extended-media-kind:1','com.apple.itunes.extended-media-kind:32')"
const withLetters = parametersOf('include-sort-headers=1')
/** A remote that was paired: it gets the songs as they are. For players some are listed as WAV, in columns of their own. */
const client = { ...habitsOf(undefined), plays: undefined }

const lists: readonly ((view: LibraryView, signal: AbortSignal) => Eventually<DmapBytes>)[] = [
  (view, signal) => {
    const filter = filterOf(`('daap.songartist!:'+${ofMusic})`, { artist: 'albumArtist' })
    const listing = view.albums({ sort: 'artist', ...(filter && { filter }) })
    return groupListAnswer('agal', listing, { query: withLetters, signal })
  },
  (view, signal) => groupListAnswer('agar', view.artists({}), { query: withLetters, signal }),
  (view, signal) => {
    // Another order: this must not count as somebody who has asked already (kept-lists.ts).
    const listing = view.songs({ isDescending: true })
    const context = { query: parametersOf(''), headers: {}, session: undefined, client, signal }
    return songListAnswer('adbs', view, listing, context)
  },
]
