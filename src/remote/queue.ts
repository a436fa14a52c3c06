// What has played, what plays and what comes next.

import { KnownError } from '../errors.ts'
import { child, children, type DmapContainer, hex64, unpackItemSpec } from '../protocol/index.ts'
import type { CommandListener, CommandOptions } from './control.ts'
import type { HostSession } from './session.ts'

export interface QueueSong {
  /** 0 is now playing, 1 the next, -1 the one before. */
  readonly offset: number
  /** 'user': put up next by hand; 'main': from the album or playlist that was started. */
  readonly section: 'history' | 'current' | 'user' | 'main'
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly durationMs: number
  readonly songId: number | undefined
  /** 16 hex digits. */
  readonly albumId: string | undefined
}

export interface PlayQueue {
  /** Where the queue comes from in the host's words, such as "Blue"; '' when it does not say. */
  readonly from: string
  readonly songs: readonly QueueSong[]
}

export interface QueueOptions extends CommandOptions {
  /** So many songs from the next on; negative: of the history. Remotes ask for 50. */
  readonly span?: number
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
const usualSpan = 50

export function queueing(session: HostSession, afterCommand: CommandListener) {
  const edit = async (
    query: readonly (readonly [string, string])[],
    { signal }: CommandOptions = {},
  ): Promise<void> => {
    if (!session.facts.hasPlayQueue) throw new KnownError('NO_QUEUE', { host: session.facts.name })
    await session.command('playqueueEdit', query, { signal })
    afterCommand()
  }

  return {
    /** Up next (or the history). NO_QUEUE on hosts that do not tell theirs. */
    async queue({ span = usualSpan, signal }: QueueOptions = {}): Promise<PlayQueue> {
      if (!session.facts.hasPlayQueue) throw new KnownError('NO_QUEUE', { host: session.facts.name })
      const tree = await session.tree('playqueueContents', 'ceQR', {}, [['span', String(span)]], { signal })
      return queueOf(tree)
    },
    /** Plays the song at an offset of the queue, or of the history when negative. */
    playQueueSong: (offset: number, options?: CommandOptions) =>
      edit(
        [
          ['command', 'playnow'],
          ['index', String(Math.abs(offset))],
          ...(offset < 0 ? ([['mode', '-1']] as const) : []),
        ],
        options,
      ),
    /** Puts the song at `offset` right behind the one at `afterOffset`; 0 is the song that plays. */
    moveQueueSong: (offset: number, afterOffset: number, options?: CommandOptions) =>
      edit(
        [
          ['command', 'move'],
          ['edit-params', `'edit-param.move-pair:${offset},${afterOffset}'`],
        ],
        options,
      ),
    removeQueueSongs: (offsets: readonly number[], options?: CommandOptions) =>
      edit(
        [
          ['command', 'remove'],
          ['items', offsets.join(',')],
        ],
        options,
      ),
    /** Everything but the song that plays. */
    clearQueue: (options?: CommandOptions) => edit([['command', 'clear']], options),
  }
}

/** Sections say how the offsets after them are to be understood (docs/protocol/dacp-control, section 7). */
export function queueOf(tree: DmapContainer): PlayQueue {
  const list = child(tree, 'mlcl') ?? []
  const sections: Section[] = []
  let from = ''
  for (const item of children(child(list, 'ceQS') ?? [], 'mlit')) {
    const kind = sectionKinds[child(item, 'ceQk') ?? '']
    if (kind === undefined) continue
    sections.push({ kind, start: (child(item, 'ceQi') ?? 0) | 0, length: child(item, 'ceQm') ?? 0 })
    if (kind === 'main') from = child(item, 'ceQh') ?? ''
  }
  return { from, songs: children(list, 'mlit').map((item) => queueSongOf(item, sections)) }
}

function queueSongOf(item: DmapContainer, sections: readonly Section[]): QueueSong {
  const offset = (child(item, 'ceQI') ?? 0) | 0 // signed inside an unsigned field
  const ids = child(item, 'ceQs')
  const albumId = child(item, 'asai')
  const section = sections.find(({ start, length }) => offset >= start && offset < start + length)
  return {
    offset,
    section: section?.kind ?? (offset < 0 ? 'history' : offset === 0 ? 'current' : 'main'),
    title: child(item, 'ceQn') ?? '',
    artist: child(item, 'ceQr') ?? '',
    album: child(item, 'ceQa') ?? '',
    durationMs: child(item, 'astm') ?? 0,
    songId: ids && unpackItemSpec(ids)?.itemId,
    albumId: albumId === undefined ? undefined : hex64(albumId),
  }
}
