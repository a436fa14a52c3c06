// What is compared: the real queue and the simple one in the same words.

import type { Queue } from '../../src/player/queue/queue.ts'
import type { SimpleQueue } from './simple-queue.ts'

export function pictureOf(queue: Queue) {
  const { current, byHand, context, contextDone, unshuffled, history, isShuffled, repeat, contextName } =
    queue
  const numbers = (list: Queue['context']) => list.map(({ entryId }) => entryId)
  return {
    now: current?.entryId,
    byHand: numbers(byHand),
    context: numbers(context),
    had: contextDone,
    own: numbers(unshuffled ?? context),
    history: numbers(history),
    isShuffled,
    repeat,
    name: contextName,
  }
}

export function pictureOfModel(queue: SimpleQueue): ReturnType<typeof pictureOf> {
  const { now, byHand, order, had, own, history, isShuffled, repeat, name } = queue
  const numbers = (list: SimpleQueue['order']) => list.map(({ number }) => number)
  return {
    now: now?.number,
    byHand: numbers(byHand),
    context: numbers(order),
    had,
    own: numbers(own),
    history: numbers(history),
    isShuffled,
    repeat,
    name,
  }
}
