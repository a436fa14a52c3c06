// Which song plays: another one by itself or by a person's choice, and the queue around it.

import type { EntryToQueue, QueueEntry } from '../types.ts'
import { inserted, numbered, remembered } from './entries.ts'
import { type Chance, isUpNext, placeInContext, type Queue } from './queue.ts'
import { shuffled } from './shuffle.ts'

/** A new context, played from `startIndex`; what was put up next by hand stays. */
export function playNow(
  queue: Queue,
  songs: readonly EntryToQueue[],
  startIndex: number,
  chance: Chance,
  contextName?: string,
): Queue {
  const own = numbered(queue, songs, 'context')
  const context = queue.isShuffled ? shuffled(own, startIndex, chance) : own
  const contextDone = queue.isShuffled ? 1 : startIndex + 1
  return {
    ...remembered(queue),
    current: context[contextDone - 1],
    context,
    contextName,
    contextDone,
    unshuffled: queue.isShuffled ? own : undefined,
    nextEntryId: queue.nextEntryId + songs.length,
  }
}

/** A queue as a whole, in its own order also while shuffled; of what was up next nothing stays. */
export function setWhole(
  queue: Queue,
  songs: readonly EntryToQueue[],
  startIndex: number,
  contextName?: string,
): Queue {
  const context = numbered(queue, songs, 'context')
  return {
    ...remembered(queue),
    current: context[startIndex],
    byHand: [],
    context,
    contextName,
    contextDone: startIndex + 1,
    unshuffled: queue.isShuffled ? context : undefined,
    nextEntryId: queue.nextEntryId + songs.length,
  }
}

/**
 * Goes on to the next song: by itself (`ended`, when repeating one song counts) or because somebody asked.
 * At the end of the queue `current` is undefined.
 */
export function advance(queue: Queue, why: 'ended' | 'asked', chance: Chance): Queue {
  if (why === 'ended' && queue.repeat === 'song' && queue.current !== undefined) return queue
  const [first] = queue.byHand
  if (first !== undefined) return { ...remembered(queue), current: first, byHand: queue.byHand.slice(1) }
  const following = queue.context[queue.contextDone]
  if (following !== undefined)
    return { ...remembered(queue), current: following, contextDone: queue.contextDone + 1 }
  if (queue.repeat === 'all' && queue.context.length > 0) return restart(remembered(queue), chance)
  return { ...remembered(queue), current: undefined }
}

/** Behind its last song, when nothing of it can be played. */
export function atEnd(queue: Queue): Queue {
  return { ...queue, current: undefined, byHand: [], contextDone: queue.context.length }
}

/** The context from its first song; shuffled anew when shuffled. */
export function restart(queue: Queue, chance: Chance): Queue {
  const context =
    queue.unshuffled === undefined ? queue.context : shuffled(queue.unshuffled, undefined, chance)
  return { ...queue, context, contextDone: Math.min(1, context.length), current: context[0] }
}

/** The song heard before; else the one before it in the context; else undefined. The current one is next again. */
export function goBack(queue: Queue): Queue | undefined {
  const back = putBack(queue)
  const heard = queue.history.at(-1)
  if (heard !== undefined) {
    const history = queue.history.slice(0, -1)
    const isListed = isUpNext(back, heard)
    if (!isListed) return { ...back, history, current: heard }
    // Still up next as well (the context was started over): it gets a number of its own.
    const current = { ...heard, entryId: back.nextEntryId }
    return { ...back, history, current, nextEntryId: back.nextEntryId + 1 }
  }
  const before = beforeInContext(queue)
  return before && { ...back, current: before }
}

/** The current song back in front of what comes next. */
function putBack(queue: Queue): Queue {
  const { current, nextEntryId } = queue
  if (current === undefined) return queue
  const place = placeInContext(queue)
  if (place >= 0 && place === queue.contextDone - 1) return { ...queue, contextDone: place }
  const entry = { ...current, origin: 'user' as const }
  if (place < 0) return { ...queue, byHand: inserted(queue.byHand, 0, entry) }
  // The context keeps it, for when it begins again or is shuffled.
  const again = { ...entry, entryId: nextEntryId }
  return { ...queue, byHand: inserted(queue.byHand, 0, again), nextEntryId: nextEntryId + 1 }
}

/** What stands before the current song in the context; of one that is not of it, the context's last song. */
function beforeInContext(queue: Queue): QueueEntry | undefined {
  if (queue.current === undefined) return undefined
  const place = placeInContext(queue)
  return queue.context[(place < 0 ? queue.contextDone : place) - 1]
}

/** Plays an entry of up next (from 1) or of the history (from -1); what lies above is passed over. */
export function jump(queue: Queue, offset: number): Queue | undefined {
  if (!Number.isInteger(offset)) return undefined
  if (offset < 0) {
    const heard = queue.history.at(offset)
    if (heard === undefined) return undefined
    const current = { ...heard, entryId: queue.nextEntryId, origin: 'user' as const }
    return { ...remembered(queue), current, nextEntryId: queue.nextEntryId + 1 }
  }
  const index = offset - 1
  if (index < queue.byHand.length) {
    const current = queue.byHand[index]
    return current && { ...remembered(queue), current, byHand: queue.byHand.slice(index + 1) }
  }
  const place = queue.contextDone + index - queue.byHand.length
  const current = queue.context[place]
  return current && { ...remembered(queue), current, byHand: [], contextDone: place + 1 }
}
