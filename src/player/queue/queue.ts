// The queue as a value: every change makes a new one. The model in words: docs/queue.md.
// Arrays that did not change are the same arrays, so the store writes only what changed.

import type { QueueEntry, RepeatMode } from '../types.ts'

export interface Queue {
  readonly current: QueueEntry | undefined
  /** Put up next by hand; comes before the context. */
  readonly byHand: readonly QueueEntry[]
  /** The album, playlist … that was started, in the order in which it plays. */
  readonly context: readonly QueueEntry[]
  /** What it was started from, for people. */
  readonly contextName: string | undefined
  /** How many entries of the context have had their turn, the current one included. */
  readonly contextDone: number
  /** The context in its own order while it is shuffled, else undefined. */
  readonly unshuffled: readonly QueueEntry[] | undefined
  /** What was heard, newest last. */
  readonly history: readonly QueueEntry[]
  readonly isShuffled: boolean
  readonly repeat: RepeatMode
  readonly nextEntryId: number
}

/** From 0 up to, but without, `below`; random in life, chosen in tests. */
export type Chance = (below: number) => number

export const longestHistory = 200

export const emptyQueue: Queue = {
  current: undefined,
  byHand: [],
  context: [],
  contextName: undefined,
  contextDone: 0,
  unshuffled: undefined,
  history: [],
  isShuffled: false,
  repeat: 'off',
  nextEntryId: 1,
}

export function upNext(queue: Queue): readonly QueueEntry[] {
  const fromContext = queue.contextDone === 0 ? queue.context : queue.context.slice(queue.contextDone)
  return queue.byHand.length === 0 ? fromContext : queue.byHand.concat(fromContext)
}

export function upNextCount({ byHand, context, contextDone }: Queue): number {
  return byHand.length + context.length - contextDone
}

/** By offset into up next, from 1. */
export function upNextAt({ byHand, context, contextDone }: Queue, offset: number): QueueEntry | undefined {
  if (offset < 1) return undefined
  return offset <= byHand.length ? byHand[offset - 1] : context[contextDone + offset - 1 - byHand.length]
}

/** Offsets into up next by entry; undefined when one of them is not there. */
export function offsetsOf(queue: Queue, entryIds: readonly number[]): number[] | undefined {
  const wanted = new Set(entryIds)
  const offsets: number[] = []
  const look = (list: readonly QueueEntry[], from: number, firstOffset: number) => {
    for (let index = from; index < list.length && offsets.length < wanted.size; index += 1)
      if (wanted.has(list[index]?.entryId ?? 0)) offsets.push(firstOffset + index - from)
  }
  look(queue.byHand, 0, 1)
  look(queue.context, queue.contextDone, queue.byHand.length + 1)
  return offsets.length === wanted.size ? offsets : undefined
}

export function hasUpNext(queue: Queue): boolean {
  return upNextCount(queue) > 0
}

/** How many distinct entries could ever play: no search among them needs to look further. */
export function playableCount(queue: Queue): number {
  return queue.byHand.length + queue.context.length + (queue.current === undefined ? 0 : 1)
}

export function isUpNext({ byHand, context, contextDone }: Queue, { entryId }: QueueEntry): boolean {
  for (let place = contextDone; place < context.length; place += 1)
    if (context[place]?.entryId === entryId) return true
  return byHand.some((entry) => entry.entryId === entryId)
}

/** Of the current song; -1 when it is not of the context. */
export function placeInContext({ current, context, contextDone }: Queue): number {
  if (current === undefined) return -1
  const isLast = context[contextDone - 1]?.entryId === current.entryId
  return isLast ? contextDone - 1 : context.findIndex(({ entryId }) => entryId === current.entryId)
}
