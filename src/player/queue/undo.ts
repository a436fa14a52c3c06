// Edits of the queue, kept so that they can be taken back. The rule in words: docs/queue.md, "Undo".

import type { PlayState, QueueEntry } from '../types.ts'
import * as queues from './index.ts'
import type { Queue } from './queue.ts'

/** What an edit found. */
export interface Moment {
  readonly queue: Queue
  readonly positionMs: number
  readonly jumpedOverMs: number
  readonly state: PlayState
}

export interface Edit {
  /** "remove 2 songs". */
  readonly words: string
  readonly before: Moment
  /** The queue that it made. */
  readonly after: Queue
  /** It also chose the song that plays. */
  readonly isChoice: boolean
}

const mostEdits = 20
/** In all edits together: each may hold on to 100,000 entries that nobody else needs. */
const mostEntries = 300_000

/** The last edits, newest last. They do not survive a restart. */
export class Edits {
  #edits: readonly Edit[] = []

  get last(): Edit | undefined {
    return this.#edits.at(-1)
  }

  add(edit: Edit): void {
    let edits = [...this.#edits, edit].slice(-mostEdits)
    while (edits.length > 1 && sizeOf(edits) > mostEntries) edits = edits.slice(1)
    this.#edits = edits
  }

  takeLast(): Edit | undefined {
    const { last } = this
    this.#edits = this.#edits.slice(0, -1)
    return last
  }
}

function sizeOf(edits: readonly Edit[]): number {
  return edits.reduce((sum, { before: { queue } }) => sum + queue.byHand.length + queue.context.length, 0)
}

/** The queue without the edit. What played since has had its turn, and what plays plays on, unless the edit chose it. */
export function takenBack({ before: { queue: before }, after, isChoice }: Edit, now: Queue): Queue {
  const { repeat, nextEntryId } = now
  if (isChoice) return { ...before, repeat, nextEntryId }
  const history = before.history === after.history ? now.history : joinedHistory(before, now)
  const restored = { ...before, repeat, nextEntryId, history, current: now.current }
  const isAsAfter =
    after.current === now.current &&
    after.byHand === now.byHand &&
    after.context === now.context &&
    after.contextDone === now.contextDone
  if (isAsAfter) return restored
  return withTurnsSince(restored, before, after, now)
}

/** The lists of before, without those that have left up next since the edit, and with those that came back. */
function withTurnsSince(restored: Queue, before: Queue, after: Queue, now: Queue): Queue {
  const upAfter = idsOf(queues.upNext(after))
  const upNow = idsOf(queues.upNext(now))
  const playing = now.current?.entryId
  const hadTurn = ({ entryId }: QueueEntry) =>
    entryId === playing || (upAfter.has(entryId) && !upNow.has(entryId))
  const cameBack = ({ entryId }: QueueEntry) => upNow.has(entryId) && !upAfter.has(entryId)

  const done: QueueEntry[] = []
  const rest: QueueEntry[] = []
  let present: QueueEntry | undefined
  for (const [place, entry] of before.context.entries()) {
    const wasDone = place < before.contextDone
    if (entry.entryId === playing) present = entry
    else if (hadTurn(entry) || (wasDone && !cameBack(entry))) done.push(entry)
    else rest.push(entry)
  }
  if (present !== undefined) done.push(present)
  const known = idsOf(before.context.concat(before.byHand))
  const putBack = now.byHand.filter((entry) => cameBack(entry) && !known.has(entry.entryId))
  return {
    ...restored,
    byHand: [...putBack, ...before.byHand.filter((entry) => !hadTurn(entry))],
    context: [...done, ...rest],
    contextDone: done.length,
  }
}

function joinedHistory(before: Queue, now: Queue): readonly QueueEntry[] {
  return [...before.history, ...now.history].slice(-queues.longestHistory)
}

function idsOf(entries: readonly QueueEntry[]): ReadonlySet<number> {
  return new Set(entries.map(({ entryId }) => entryId))
}
