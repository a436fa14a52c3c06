// What comes next, edited by hand; the song that plays stays, unless all is cleared.

import type { EntryToQueue, QueueEntry, RepeatMode } from '../types.ts'
import { inserted, numbered, remembered, without } from './entries.ts'
import { hasUpNext, type Queue, upNextAt, upNextCount } from './queue.ts'

/** Right after the current song, or behind all that was put up by hand. With nothing to play they become the context. */
export function add(queue: Queue, songs: readonly EntryToQueue[], place: 'next' | 'end'): Queue {
  const nextEntryId = queue.nextEntryId + songs.length
  if (queue.current === undefined && !hasUpNext(queue)) {
    const context = numbered(queue, songs, 'context')
    return {
      ...queue,
      context,
      contextName: undefined,
      contextDone: 0,
      unshuffled: queue.isShuffled ? context : undefined,
      nextEntryId,
    }
  }
  const entries = numbered(queue, songs, 'user')
  const byHand = place === 'next' ? entries.concat(queue.byHand) : queue.byHand.concat(entries)
  return { ...queue, byHand, nextEntryId }
}

/** Offsets into up next from 1; after 0 is right after the current song. undefined when there is no such entry. */
export function move(queue: Queue, from: number, after: number): Queue | undefined {
  const moved = upNextAt(queue, from)
  const isPlace = Number.isInteger(after) && after >= 0 && after <= upNextCount(queue)
  if (moved === undefined || !isPlace) return undefined
  if (after === from || after === from - 1) return queue
  // Its place among those by hand makes it one of them; an empty list by hand takes nobody in.
  const isByHand = queue.byHand.length > 0 && after <= queue.byHand.length
  const rest = without(queue, new Set([moved]))
  const place = after > from ? after - 1 : after
  if (isByHand) return { ...rest, byHand: inserted(rest.byHand, place, { ...moved, origin: 'user' }) }
  const entry = { ...moved, origin: 'context' as const }
  const at = rest.contextDone + place - rest.byHand.length
  return {
    ...rest,
    context: inserted(rest.context, at, entry),
    unshuffled: rest.unshuffled && inserted(rest.unshuffled, ownPlace(queue, moved), entry),
  }
}

/** Where an entry moved within a shuffled context stands in the unshuffled order: where it stood, else at the end. */
function ownPlace({ unshuffled = [] }: Queue, entry: QueueEntry): number {
  const place = unshuffled.indexOf(entry)
  return place < 0 ? unshuffled.length : place
}

export function remove(queue: Queue, offsets: readonly number[]): Queue | undefined {
  const gone = new Set<QueueEntry>()
  for (const offset of offsets) {
    const entry = upNextAt(queue, offset)
    if (entry === undefined) return undefined
    gone.add(entry)
  }
  return gone.size === 0 ? queue : without(queue, gone)
}

export function clear(queue: Queue, what: 'upNext' | 'history' | 'all'): Queue {
  if (what === 'history') return queue.history.length === 0 ? queue : { ...queue, history: [] }
  if (what === 'all') return { ...clear(remembered(queue), 'upNext'), current: undefined }
  const isEmpty = queue.byHand.length + queue.context.length === 0 && queue.contextName === undefined
  if (isEmpty) return queue
  return {
    ...queue,
    byHand: [],
    context: [],
    contextName: undefined,
    contextDone: 0,
    unshuffled: queue.isShuffled ? [] : undefined,
  }
}

export function setRepeat(queue: Queue, repeat: RepeatMode): Queue {
  return repeat === queue.repeat ? queue : { ...queue, repeat }
}

/** Without the entries of songs that are gone. */
export function keepOnly(queue: Queue, isThere: (songId: number) => boolean): Queue {
  const all = [...queue.byHand, ...queue.context]
  const gone = new Set(all.filter(({ songId }) => !isThere(songId)))
  const history = queue.history.filter(({ songId }) => isThere(songId))
  const isCurrentThere = queue.current !== undefined && isThere(queue.current.songId)
  return {
    ...(gone.size === 0 ? queue : without(queue, gone)),
    history: history.length === queue.history.length ? queue.history : history,
    current: isCurrentThere ? queue.current : undefined,
  }
}
