// What people do to the queue. Each edit is kept, so that it can be taken back.

import { KnownError } from '../../errors.ts'
import type { PlayerCore } from '../core.ts'
import type { StartOptions } from '../playback/playback.ts'
import * as queues from '../queue/index.ts'
import type { Queue } from '../queue/queue.ts'
import { takenBack } from '../queue/undo.ts'
import type { EntryToQueue, Player } from '../types.ts'

type QueueCommands = Pick<
  Player,
  | 'playNow'
  | 'setQueue'
  | 'add'
  | 'playAt'
  | 'playEntry'
  | 'move'
  | 'moveAll'
  | 'moveEntry'
  | 'remove'
  | 'removeEntries'
  | 'clear'
  | 'undo'
  | 'setShuffle'
  | 'toggleShuffle'
  | 'setRepeat'
>

export function queueCommands(core: PlayerCore): QueueCommands {
  /** An edit that leaves the current song alone. */
  function edit(words: string, cause: string, next: (queue: Queue) => Queue | undefined): Promise<void> {
    return core.turns.take(() => {
      const queue = next(core.queue)
      if (queue === undefined) throw new KnownError('NOT_FOUND')
      return change(words, queue, cause)
    })
  }

  async function change(words: string, after: Queue, cause: string): Promise<void> {
    if (after !== core.queue) core.edits.add({ words, before: moment(), after, isChoice: false })
    await core.playback.setQueue(after, cause)
  }

  /** An edit that also chooses the song to play. */
  async function choose(
    words: string,
    after: Queue,
    cause: string,
    options: StartOptions = {},
  ): Promise<void> {
    core.edits.add({ words, before: moment(), after, isChoice: true })
    await core.playback.start(after, cause, options)
  }

  function playAt(offset: number, cause: string): Promise<void> {
    const queue = offset === 0 ? core.queue : queues.jump(core.queue, offset)
    if (queue?.current === undefined) throw new KnownError('NOT_FOUND', { offset })
    if (offset > 0) core.playback.countSkip()
    if (offset > 1) return choose('pass over songs', queue, cause)
    return core.playback.start(queue, cause)
  }

  async function clearAll(cause: string): Promise<void> {
    const after = queues.clear(core.queue, 'all')
    core.edits.add({ words: 'clear the queue', before: moment(), after, isChoice: true })
    await core.playback.stopWith(after, cause)
  }

  function moment() {
    const { state } = core.playback
    return { queue: core.queue, state, ...core.playback.present() }
  }

  return {
    setShuffle(isShuffled, cause) {
      return edit(isShuffled ? 'shuffle' : 'shuffle off', cause, (queue) =>
        queues.setShuffle(queue, isShuffled, core.chance),
      )
    },

    toggleShuffle(cause) {
      return edit('shuffle', cause, (queue) => queues.setShuffle(queue, !queue.isShuffled, core.chance))
    },

    setRepeat(repeat, cause) {
      return core.turns.take(() => core.playback.setQueue(queues.setRepeat(core.queue, repeat), cause))
    },

    playNow(entries, options, cause) {
      return core.transport(cause, () => {
        const { contextName, positionMs } = options
        if (entries.length === 0) throw new KnownError('NOTHING_TO_PLAY')
        const isShuffled = options.isShuffled ?? core.queue.isShuffled
        const index = options.startIndex ?? (isShuffled ? core.chance(entries.length) : 0)
        needIndex(index, entries)
        const byHand = options.isInPlaceOfAll ? [] : core.queue.byHand
        const before = { ...core.queue, isShuffled, byHand }
        const queue = queues.playNow(before, entries, index, core.chance, contextName)
        return choose(`play ${nameOf(contextName, entries)}`, queue, cause, startOptions(positionMs))
      })
    },

    setQueue(whole, cause) {
      return core.transport(cause, () => {
        const { entries, startIndex, positionMs, isPaused = false, contextName } = whole
        if (entries.length === 0) throw new KnownError('NOTHING_TO_PLAY')
        needIndex(startIndex, entries)
        const queue = queues.setWhole(core.queue, entries, startIndex, contextName)
        const words = `set the queue to ${nameOf(contextName, entries)}`
        return choose(words, queue, cause, { ...startOptions(positionMs), isPaused })
      })
    },

    add(entries, place, cause) {
      if (entries.length === 0) return Promise.resolve()
      return core.turns.take(async () => {
        const words = `add ${songsIn(entries.length)}`
        const queue = queues.add(core.queue, entries, place)
        if (core.playback.state !== 'stopped') return change(words, queue, cause)
        await choose(words, queues.advance(queue, 'asked', core.chance), cause)
      })
    },

    playAt(offset, cause) {
      return core.transport(cause, () => playAt(offset, cause))
    },

    playEntry(entryId, cause) {
      return core.transport(cause, () => {
        const { current, history } = core.queue
        if (current?.entryId === entryId) return playAt(0, cause)
        const played = history.findLastIndex((entry) => entry.entryId === entryId)
        const offset = queues.offsetsOf(core.queue, [entryId])?.[0] ?? played - history.length
        if (offset < -history.length) throw new KnownError('NOT_FOUND', { entryId })
        return playAt(offset, cause)
      })
    },

    move(fromOffset, afterOffset, cause) {
      return edit('move a song', cause, (queue) => queues.move(queue, fromOffset, afterOffset))
    },

    moveAll(moves, cause) {
      return edit(`move ${songsIn(moves.length)}`, cause, (queue) => {
        let moved: Queue | undefined = queue
        for (const [from, after] of moves) moved = moved && queues.move(moved, from, after)
        return moved
      })
    },

    moveEntry(entryId, afterEntryId, cause) {
      return edit('move a song', cause, (queue) => {
        const [from] = queues.offsetsOf(queue, [entryId]) ?? []
        const [after] = afterEntryId === undefined ? [0] : (queues.offsetsOf(queue, [afterEntryId]) ?? [])
        return from === undefined || after === undefined ? undefined : queues.move(queue, from, after)
      })
    },

    remove(offsets, cause) {
      return edit(`remove ${songsIn(new Set(offsets).size)}`, cause, (queue) => queues.remove(queue, offsets))
    },

    removeEntries(entryIds, cause) {
      return edit(`remove ${songsIn(new Set(entryIds).size)}`, cause, (queue) => {
        const offsets = queues.offsetsOf(queue, entryIds)
        return offsets && queues.remove(queue, offsets)
      })
    },

    clear(what, cause) {
      if (what === 'all') return core.transport(cause, () => clearAll(cause))
      const words = what === 'history' ? 'clear the history' : 'clear up next'
      return edit(words, cause, (queue) => queues.clear(queue, what))
    },

    undo(cause) {
      return core.turns.take(async () => {
        const edit = core.edits.takeLast()
        if (edit === undefined) throw new KnownError('NOTHING_TO_UNDO')
        const queue = takenBack(edit, core.queue)
        if (!edit.isChoice) return core.playback.setQueue(queue, cause)
        const { state, positionMs, jumpedOverMs } = edit.before
        const isPaused = state !== 'playing' || core.playback.state !== 'playing'
        core.winder.end()
        if (state === 'stopped') await core.playback.stopWith(queue, cause)
        else await core.playback.start(queue, cause, { positionMs, jumpedOverMs, isPaused })
      })
    },
  }
}

/** What lies before was not heard here. */
function startOptions(positionMs = 0): StartOptions {
  return { positionMs, jumpedOverMs: positionMs }
}

function needIndex(index: number, entries: readonly EntryToQueue[]): void {
  if (!Number.isInteger(index) || index < 0 || index >= entries.length)
    throw new KnownError('NOT_FOUND', { index })
}

function nameOf(contextName: string | undefined, entries: readonly EntryToQueue[]): string {
  return contextName === undefined ? songsIn(entries.length) : `“${contextName}”`
}

function songsIn(count: number): string {
  return count === 1 ? '1 song' : `${count} songs`
}
