// Pieces of the queue that choosing and editing share.

import type { EntryToQueue, QueueEntry } from '../types.ts'
import { longestHistory, type Queue } from './queue.ts'

/** Songs as entries of the queue, with the next numbers. */
export function numbered(
  queue: Queue,
  songs: readonly EntryToQueue[],
  origin: QueueEntry['origin'],
): QueueEntry[] {
  // One shape for all, made in one go: this is run over 100,000 songs.
  return songs.map(({ songId, playlistId = 0, playlistEntryId = 0 }, index) => ({
    entryId: queue.nextEntryId + index,
    songId,
    origin,
    playlistId,
    playlistEntryId,
  }))
}

/** With the current song in the history. */
export function remembered(queue: Queue): Queue {
  if (queue.current === undefined) return queue
  return { ...queue, history: [...queue.history, queue.current].slice(-longestHistory) }
}

/** `gone` are the queue's own objects; the shuffled and the unshuffled context share theirs. */
export function without(queue: Queue, gone: ReadonlySet<QueueEntry>): Queue {
  const done = leftOf(queue.context.slice(0, queue.contextDone), gone)
  return {
    ...queue,
    byHand: leftOf(queue.byHand, gone),
    context: leftOf(queue.context, gone),
    contextDone: done.length,
    unshuffled: queue.unshuffled && leftOf(queue.unshuffled, gone),
  }
}

/** The same array when nothing of it is gone. */
function leftOf(list: readonly QueueEntry[], gone: ReadonlySet<QueueEntry>): readonly QueueEntry[] {
  if (gone.size > 1) {
    const left = list.filter((entry) => !gone.has(entry))
    return left.length === list.length ? list : left
  }
  const [one] = gone
  const place = one === undefined ? -1 : list.indexOf(one)
  return place < 0 ? list : list.toSpliced(place, 1)
}

export function inserted(list: readonly QueueEntry[], at: number, entry: QueueEntry): QueueEntry[] {
  return list.toSpliced(at, 0, entry)
}
