// The queue as a value: every change makes a new one. The model in words: docs/queue.md.
// Arrays that did not change are the same arrays, so the store writes only what changed.

import type { EntryToQueue, QueueEntry, RepeatMode } from './types.ts'

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

function upNextCount({ byHand, context, contextDone }: Queue): number {
  return byHand.length + context.length - contextDone
}

/** By offset into up next, from 1. */
function upNextAt({ byHand, context, contextDone }: Queue, offset: number): QueueEntry | undefined {
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

/** What stands before the current song in the context; of one that is not of it, the context's last song. */
function beforeInContext(queue: Queue): QueueEntry | undefined {
  if (queue.current === undefined) return undefined
  const place = placeInContext(queue)
  return queue.context[(place < 0 ? queue.contextDone : place) - 1]
}

/** Of the current song; -1 when it is not of the context. */
function placeInContext({ current, context, contextDone }: Queue): number {
  if (current === undefined) return -1
  const isLast = context[contextDone - 1]?.entryId === current.entryId
  return isLast ? contextDone - 1 : context.findIndex(({ entryId }) => entryId === current.entryId)
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

// --- pieces

function numbered(queue: Queue, songs: readonly EntryToQueue[], origin: QueueEntry['origin']): QueueEntry[] {
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
function remembered(queue: Queue): Queue {
  if (queue.current === undefined) return queue
  return { ...queue, history: [...queue.history, queue.current].slice(-longestHistory) }
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

function isUpNext({ byHand, context, contextDone }: Queue, { entryId }: QueueEntry): boolean {
  for (let place = contextDone; place < context.length; place += 1)
    if (context[place]?.entryId === entryId) return true
  return byHand.some((entry) => entry.entryId === entryId)
}

/** `gone` are the queue's own objects; the shuffled and the unshuffled context share theirs. */
function without(queue: Queue, gone: ReadonlySet<QueueEntry>): Queue {
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

function inserted(list: readonly QueueEntry[], at: number, entry: QueueEntry): QueueEntry[] {
  return list.toSpliced(at, 0, entry)
}

/** Where an entry moved within a shuffled context stands in the unshuffled order: where it stood, else at the end. */
function ownPlace({ unshuffled = [] }: Queue, entry: QueueEntry): number {
  const place = unshuffled.indexOf(entry)
  return place < 0 ? unshuffled.length : place
}

/** Fisher-Yates; the entry at `firstIndex`, if named, comes first. */
function shuffled(
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
