// Commands: play, pause, seek, volume … and what to play.

import { KnownError } from '../errors.ts'
import { child, type EndpointName, printSpec } from '../protocol/index.ts'
import { idNumber, type Playable } from './items.ts'
import { type RepeatMode, repeatModes } from './now-playing.ts'
import { equals } from './queries.ts'
import type { HostSession, Query } from './session.ts'

export interface CommandOptions {
  readonly signal?: AbortSignal | undefined
}

/** Where in the queue something goes: in its place and playing now, right after this song, or at its end. */
export type QueuePlace = 'now' | 'next' | 'end'

export interface PlayOptions extends CommandOptions {
  readonly place?: QueuePlace
  /** Start in a random order; only with `place: 'now'`. */
  readonly isShuffled?: boolean
}

const modeOf = { now: '1', next: '3', end: '0' } as const satisfies Record<QueuePlace, string>
const shuffledMode = '2'
const songsPerRequest = 400

/** What the watcher wants to know of: after these some hosts say nothing by themselves. */
export type CommandListener = () => void

/** Every command resolves when the host has answered it. */
export function controlling(session: HostSession, afterCommand: CommandListener) {
  const command =
    (name: EndpointName) =>
    async ({ signal }: CommandOptions = {}): Promise<void> => {
      await session.command(name, [], { signal })
      afterCommand()
    }
  const setProperty = async (query: Query, { signal }: CommandOptions = {}): Promise<void> => {
    await session.command('setproperty', query, { signal })
    afterCommand()
  }

  return {
    /** Plays or goes on playing. NOTHING_TO_PLAY or HOST_REFUSED with an empty queue. */
    play: command('play'),
    /** Pauses; a paused host stays paused. */
    async pause(options: CommandOptions = {}): Promise<void> {
      // OwnTone takes discrete-pause for a toggle; `pause` pauses everywhere.
      await session.command('pause', [], options)
      afterCommand()
    },
    toggle: command('playpause'),
    stop: command('stop'),
    next: command('nextitem'),
    /** The song before, or this one from its start when it has played for a while. */
    previous: command('previtem'),
    /** In ms from the start of the song. */
    seek: (positionMs: number, options?: CommandOptions) =>
      setProperty([['dacp.playingtime', String(Math.max(0, Math.round(positionMs)))]], options),
    /** Of the whole, 0 to 100. */
    setVolume: (percent: number, options?: CommandOptions) =>
      setProperty([['dmcp.volume', String(clippedPercent(percent))]], options),
    /** Of the whole, 0 to 100. */
    async volume({ signal }: CommandOptions = {}): Promise<number> {
      const tree = await session.tree('getproperty', 'cmgt', {}, [['properties', 'dmcp.volume']], { signal })
      return child(tree, 'cmvo') ?? 0
    },
    setShuffle: (isShuffled: boolean, options?: CommandOptions) =>
      setProperty([['dacp.shufflestate', isShuffled ? '1' : '0']], options),
    setRepeat: (repeat: RepeatMode, options?: CommandOptions) =>
      setProperty([['dacp.repeatstate', String(repeatModes.indexOf(repeat))]], options),
    /** 0 takes the rating away; 20 is a star. */
    async rate(songId: number, percent: number, options?: CommandOptions): Promise<void> {
      const { persistentId } = await session.database(options?.signal)
      await setProperty(
        [
          ['dacp.userrating', String(clippedPercent(percent))],
          ['database-spec', printSpec({ field: 'dmap.persistentid', id: persistentId })],
          ['item-spec', printSpec({ field: 'dmap.itemid', id: BigInt(songId) })],
        ],
        options,
      )
    },

    /** Plays an album, artist, playlist or song, or puts it into the queue. A song brings the rest of its album. */
    async playItem(item: Playable, options: PlayOptions = {}): Promise<void> {
      if (session.facts.hasPlayQueue) await session.command('playqueueEdit', addQuery(item, options), options)
      else await cue(session, item, options)
      afterCommand()
    },
    /** Some songs, in the order in which the host sorts them. */
    async playSongs(songIds: readonly number[], options: PlayOptions = {}): Promise<void> {
      for (const request of songRequests(songIds, options))
        await session.command('playqueueEdit', request, options)
      afterCommand()
    },
  }
}

function clippedPercent(percent: number): number {
  return Math.min(100, Math.max(0, Math.round(percent)))
}

/** As Apple's Remote asks (docs/protocol/dacp-control, section 6). */
export function addQuery(item: Playable, { place = 'now', isShuffled = false }: PlayOptions): Query {
  const mode = place === 'now' && isShuffled ? shuffledMode : modeOf[place]
  const isSongStart = item.kind === 'song' && place === 'now' && item.albumId !== ''
  const filter: Query = isSongStart ? [['queuefilter', `album:${idNumber(item.albumId)}`]] : []
  return [['command', 'add'], ...queryOf(item), ...filter, ['mode', mode]]
}

/** Longer queries are refused by hosts: the first request takes the place, the others go behind it. */
function songRequests(songIds: readonly number[], { place = 'now' }: PlayOptions): Query[] {
  const chunks = Array.from({ length: Math.ceil(songIds.length / songsPerRequest) }, (_, index) =>
    songIds.slice(index * songsPerRequest, (index + 1) * songsPerRequest),
  )
  const requests = chunks.map(
    (ids, index): Query => [
      ['command', 'add'],
      ['query', ids.map((id) => equals('dmap.itemid', id)).join(',')],
      ['mode', modeOf[place === 'now' && index > 0 ? 'end' : place]],
    ],
  )
  // What goes right after this song ends up in front of what went there before.
  return place === 'next' ? requests.toReversed() : requests
}

function queryOf(item: Playable): Query {
  switch (item.kind) {
    case 'album':
      return [
        ['query', equals('daap.songalbumid', idNumber(item.id))],
        ['sort', 'album'],
      ]
    case 'artist':
      return [
        ['query', equals('daap.songartistid', idNumber(item.id))],
        ['sort', 'album'],
      ]
    case 'playlist':
      return [
        ['query', equals('dmap.itemid', item.id)],
        ['query-modifier', 'containers'],
      ]
    case 'song':
      return [
        ['query', equals('dmap.itemid', item.id)],
        ['sort', 'album'],
      ]
  }
}

/** Hosts from before the play queue: replace and play, or append; nothing goes right after this song. */
async function cue(
  session: HostSession,
  item: Playable,
  { place = 'now', isShuffled = false, signal }: PlayOptions,
): Promise<void> {
  if (item.kind === 'playlist') return playSpec(session, item.id, isShuffled, signal)
  if (place === 'next') throw new KnownError('HOST_REFUSED', { problem: 'this host can only add at the end' })
  const shuffle: Query = isShuffled ? [['dacp.shufflestate', '1']] : []
  if (place === 'end') {
    await session.command('cue', [['command', 'add'], ...queryOf(item)], { signal })
    return
  }
  await session.command('cue', [['command', 'clear']], { signal })
  await session.command('cue', [['command', 'play'], ...queryOf(item), ['index', '0'], ...shuffle], {
    signal,
  })
}

async function playSpec(
  session: HostSession,
  playlistId: number,
  isShuffled: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { persistentId } = await session.database(signal)
  await session.command(
    'playspec',
    [
      ['database-spec', printSpec({ field: 'dmap.persistentid', id: persistentId })],
      ['container-spec', printSpec({ field: 'dmap.itemid', id: BigInt(playlistId) })],
      ...(isShuffled ? ([['dacp.shufflestate', '1']] as const) : []),
    ],
    { signal },
  )
}
