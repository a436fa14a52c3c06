// What has played, what plays and what comes next. On our own hosts entries have names that stay with them, so that
// two remotes that edit at once never move the wrong song; elsewhere only their offsets.

import { KnownError } from '../../errors.ts'
import { child, children, type DmapContainer, hex64, unpackItemSpec } from '../../protocol/index.ts'
import type { HostSession, Query } from '../talk/session.ts'
import type { CommandListener, CommandOptions } from './control.ts'
import { editOwnQueue, readOwnQueue } from './own-queue.ts'
import type { PlayQueue, QueueOptions, QueueSong } from './queue-song.ts'

/** A song as it was read from the queue, or its entry alone on our own hosts, or its offset at this moment. */
export type QueuePosition = number | Partial<Pick<QueueSong, 'offset' | 'entryId'>>

const usualSpan = 50
/** In front of up next: the song that plays. */
const top = 0

export function queueing(session: HostSession, afterCommand: CommandListener) {
  const checkQueue = () => {
    if (!session.facts.hasPlayQueue) throw new KnownError('NO_QUEUE', { host: session.facts.name })
  }
  const edit = async (query: Query, { signal }: CommandOptions = {}): Promise<void> => {
    checkQueue()
    await session.command('playqueueEdit', query, { signal })
    afterCommand()
  }
  const own = editOwnQueue(session, afterCommand)

  return {
    /** Up next (or the history, oldest first). NO_QUEUE on hosts that do not tell theirs. */
    async queue({ span = usualSpan, skip = 0, signal }: QueueOptions = {}): Promise<PlayQueue> {
      checkQueue()
      if (session.facts.quirks.hasApi) return readOwnQueue(session, { span, skip, signal })
      const tree = await session.tree('playqueueContents', 'ceQR', {}, [['span', String(span)]], { signal })
      return queueOf(tree)
    },
    /** Plays a song of the queue, or of the history. */
    async playQueueSong(position: QueuePosition, options?: CommandOptions): Promise<void> {
      const entryId = entryIdOf(position)
      if (entryId !== undefined) return own.play(entryId, options)
      const offset = offsetOf(position)
      const isOfHistory: Query = offset < 0 ? [['mode', '-1']] : []
      return edit([['command', 'playnow'], ['index', String(Math.abs(offset))], ...isOfHistory], options)
    },
    /** Puts a song right behind another one; behind 0, the song that plays, it is the next. NOT_FOUND when one has gone. */
    moveQueueSong(position: QueuePosition, behind: QueuePosition, options?: CommandOptions): Promise<void> {
      const entryId = entryIdOf(position)
      const behindEntryId = entryIdOf(behind)
      const isOnTop = typeof behind === 'number' ? behind === top : behind.offset === top
      if (entryId !== undefined && isOnTop) return own.move(entryId, undefined, options)
      if (entryId !== undefined && behindEntryId !== undefined)
        return own.move(entryId, behindEntryId, options)
      const pair = `'edit-param.move-pair:${offsetOf(position)},${offsetOf(behind)}'`
      return edit(
        [
          ['command', 'move'],
          ['edit-params', pair],
        ],
        options,
      )
    },
    /** NOT_FOUND when one of them has gone: then none is taken out. */
    async removeQueueSongs(positions: readonly QueuePosition[], options?: CommandOptions): Promise<void> {
      const entryIds = positions.map(entryIdOf)
      if (entryIds.every((entryId) => entryId !== undefined)) return own.remove(entryIds, options)
      return edit(
        [
          ['command', 'remove'],
          ['items', positions.map(offsetOf).join(',')],
        ],
        options,
      )
    },
    /** Everything but the song that plays. */
    clearQueue: (options?: CommandOptions) => edit([['command', 'clear']], options),
    /** Takes back the last edit of the queue, whoever made it. NOTHING_TO_UNDO; HOST_REFUSED on other hosts. */
    undo: own.undo,
  }
}

function entryIdOf(position: QueuePosition): number | undefined {
  return typeof position === 'number' ? undefined : position.entryId
}

/** BAD_REQUEST when only its entry is known, and another one's is not. */
function offsetOf(position: QueuePosition): number {
  const offset = typeof position === 'number' ? position : position.offset
  if (offset === undefined) throw new KnownError('BAD_REQUEST', { problem: 'an entry without an offset' })
  return offset
}

interface Section {
  readonly kind: QueueSong['section']
  readonly start: number
  readonly length: number
}

const sectionKinds: Readonly<Record<string, QueueSong['section']>> = {
  hist: 'history',
  curr: 'current',
  user: 'user',
  main: 'main',
}

/** Sections say how the offsets after them are to be understood (docs/protocol/dacp-control.md, section 7). */
function queueOf(tree: DmapContainer): PlayQueue {
  const list = child(tree, 'mlcl') ?? []
  const sections: Section[] = []
  let from = ''
  for (const item of children(child(list, 'ceQS') ?? [], 'mlit')) {
    const kind = sectionKinds[child(item, 'ceQk') ?? '']
    if (kind === undefined) continue
    sections.push({ kind, start: (child(item, 'ceQi') ?? 0) | 0, length: child(item, 'ceQm') ?? 0 })
    if (kind === 'main') from = child(item, 'ceQh') ?? ''
  }
  const songs = children(list, 'mlit').map((item) => queueSongOf(item, sections))
  return { from, songs, total: undefined }
}

function queueSongOf(item: DmapContainer, sections: readonly Section[]): QueueSong {
  const offset = (child(item, 'ceQI') ?? 0) | 0 // signed inside an unsigned field
  const ids = child(item, 'ceQs')
  const albumId = child(item, 'asai')
  const section = sections.find(({ start, length }) => offset >= start && offset < start + length)
  return {
    offset,
    entryId: undefined,
    section: section?.kind ?? (offset < 0 ? 'history' : offset === 0 ? 'current' : 'main'),
    title: child(item, 'ceQn') ?? '',
    artist: child(item, 'ceQr') ?? '',
    album: child(item, 'ceQa') ?? '',
    durationMs: child(item, 'astm') ?? 0,
    songId: ids && unpackItemSpec(ids)?.itemId,
    albumId: albumId === undefined ? undefined : hex64(albumId),
  }
}
