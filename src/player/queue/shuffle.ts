// The context in an order of chance, and back in its own.

import type { QueueEntry } from '../types.ts'
import { type Chance, placeInContext, type Queue } from './queue.ts'

/** On: the song of the context that plays keeps playing, all others follow by chance. Off: its own order again. */
export function setShuffle(queue: Queue, isShuffled: boolean, chance: Chance): Queue {
  if (isShuffled === queue.isShuffled) return queue
  const ofCurrent = placeInContext(queue)
  const place = ofCurrent < 0 ? queue.contextDone - 1 : ofCurrent
  const present = queue.context[place]
  if (!isShuffled) {
    const context = queue.unshuffled ?? queue.context
    const contextDone = present === undefined ? 0 : context.indexOf(present) + 1
    return { ...queue, isShuffled, context, contextDone, unshuffled: undefined }
  }
  const context = shuffled(queue.context, present === undefined ? undefined : place, chance)
  return {
    ...queue,
    isShuffled,
    context,
    contextDone: present === undefined ? 0 : 1,
    unshuffled: queue.context,
  }
}

/** Fisher-Yates; the entry at `firstIndex`, if named, comes first. */
export function shuffled(
  entries: readonly QueueEntry[],
  firstIndex: number | undefined,
  chance: Chance,
): QueueEntry[] {
  const mixed = [...entries]
  const swap = (one: number, other: number) => {
    const [a, b] = [mixed[one], mixed[other]]
    if (a === undefined || b === undefined) return
    mixed[one] = b
    mixed[other] = a
  }
  const from = firstIndex === undefined ? 0 : 1
  if (firstIndex !== undefined) swap(0, firstIndex)
  for (let index = mixed.length - 1; index > from; index -= 1) swap(index, from + chance(index - from + 1))
  return mixed
}
