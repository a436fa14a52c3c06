// What to play: an album, an artist, a playlist, some songs, a whole queue.

import { KnownError } from '../../errors.ts'
import { printSpec } from '../../protocol/index.ts'
import { orderNames, type SongChoice, type SongOrder } from '../library/browse.ts'
import { idNumber, type Playable, type Song } from '../library/items.ts'
import { equals } from '../library/queries.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession, Query } from '../talk/session.ts'
import type { CommandListener, CommandOptions } from './control.ts'

/** Where in the queue something goes: in its place and playing now, right after this song, or at its end. */
export type QueuePlace = 'now' | 'next' | 'end'

export interface PlayOptions extends CommandOptions {
  readonly place?: QueuePlace
  /** Start in a random order; only with `place: 'now'`. */
  readonly isShuffled?: boolean
}

export interface WholeQueue {
  /** In the order in which they play. */
  readonly songIds: readonly number[]
  /** Which of them is the first to play; from 0. */
  readonly startIndex?: number
  readonly positionMs?: number
  readonly isPaused?: boolean
  /** Where they come from, in words; only our own hosts keep it. */
  readonly from?: string
  /** What was put up next by hand stays, and plays after the first song; only on our own hosts. */
  readonly keepsUpNext?: boolean
}

/** The list that a song stands in: the first that is given; none: all songs. */
export interface SongContext extends Omit<SongChoice, 'songArtist'> {
  readonly playlistId?: number
}

const modeOf = { now: '1', next: '3', end: '0' } as const satisfies Record<QueuePlace, string>
const shuffledMode = '2'
const songsPerRequest = 400

export function playingItems(session: HostSession, afterCommand: CommandListener) {
  return {
    /** Plays an album, artist, playlist or song, or puts it into the queue. A song brings the rest of its album. */
    async playItem(item: Playable, options: PlayOptions = {}): Promise<void> {
      if (session.facts.hasPlayQueue) await session.command('playqueueEdit', addQuery(item, options), options)
      else await cue(session, item, options)
      afterCommand()
    },
    /** A song, and behind it what follows in the list it stands in; with a playlist, its entry there. */
    async playSongOf(
      song: Pick<Song, 'id' | 'playlistEntryId'>,
      within: SongContext,
      { order, signal }: CommandOptions & { order?: SongOrder | undefined } = {},
    ): Promise<void> {
      const isEntry = within.playlistId !== undefined && song.playlistEntryId !== undefined
      const start = isEntry
        ? equals('dmap.containeritemid', song.playlistEntryId)
        : equals('dmap.itemid', song.id)
      const sort: Query = order === undefined ? [] : [['sort', orderNames[order]]]
      const query: Query = [['command', 'add'], ['query', start], ['queuefilter', filterOf(within)], ...sort]
      await session.command('playqueueEdit', [...query, ['mode', modeOf.now]], { signal })
      afterCommand()
    },
    /** Some songs: in the order given on our own hosts, elsewhere as the host sorts them. */
    async playSongs(songIds: readonly number[], options: PlayOptions = {}): Promise<void> {
      const { place = 'now', isShuffled = false, signal } = options
      if (session.facts.quirks.hasApi && place !== 'now') await addOwn(session, songIds, place, signal)
      else if (session.facts.quirks.hasApi && !isShuffled) await setOwn(session, { songIds }, signal)
      else
        for (const request of songRequests(songIds, options))
          await session.command('playqueueEdit', request, { signal })
      afterCommand()
    },
    /** A whole queue at once, in place of what is there; plays, or waits paused. */
    async setQueue(whole: WholeQueue, { signal }: CommandOptions = {}): Promise<void> {
      if (session.facts.quirks.hasApi) await setOwn(session, whole, signal)
      else await setByCommands(session, whole, signal)
      afterCommand()
    },
  }
}

async function addOwn(
  session: HostSession,
  songIds: readonly number[],
  place: 'next' | 'end',
  signal: AbortSignal | undefined,
): Promise<void> {
  const body = { songIds: [...songIds], place }
  await askOwn(session, 'addToQueue', 'POST', { path: '/api/queue/add', key: 'playRevision', body, signal })
}

async function setOwn(
  session: HostSession,
  { songIds, from, ...others }: WholeQueue,
  signal: AbortSignal | undefined,
): Promise<void> {
  const body = { songIds: [...songIds], ...others, ...(from === undefined ? {} : { contextName: from }) }
  await askOwn(session, 'setQueue', 'POST', { path: '/api/queue', key: 'playRevision', body, signal })
}

/** As near as other hosts come to it: for a moment the first song is heard. */
async function setByCommands(
  session: HostSession,
  { songIds, startIndex = 0, positionMs = 0, isPaused = false }: WholeQueue,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const request of songRequests(songIds, {})) await session.command('playqueueEdit', request, { signal })
  const commands: (readonly [name: 'playqueueEdit' | 'setproperty' | 'pause', query: Query])[] = []
  if (startIndex > 0)
    commands.push([
      'playqueueEdit',
      [
        ['command', 'playnow'],
        ['index', String(startIndex)],
      ],
    ])
  if (positionMs > 0) commands.push(['setproperty', [['dacp.playingtime', String(Math.round(positionMs))]]])
  if (isPaused) commands.push(['pause', []])
  for (const [name, query] of commands) await session.command(name, query, { signal })
}

const everything = 'playlist:0'

function filterOf({ playlistId, albumId, artistId, genre, composer }: SongContext): string {
  if (playlistId !== undefined) return `playlist:${playlistId}`
  if (albumId !== undefined) return `album:${idNumber(albumId)}`
  if (artistId !== undefined) return `artist:${idNumber(artistId)}`
  if (genre !== undefined) return `genre:${escaped(genre)}`
  return composer === undefined ? everything : `composer:${escaped(composer)}`
}

function escaped(name: string): string {
  return name.replace(/[\\']/g, '\\$&')
}

function modeFor(place: QueuePlace, isShuffled: boolean): string {
  return place === 'now' && isShuffled ? shuffledMode : modeOf[place]
}

/** As Apple's Remote asks (docs/protocol/dacp-control.md, section 6). */
function addQuery(item: Playable, { place = 'now', isShuffled = false }: PlayOptions): Query {
  const isSongStart = item.kind === 'song' && place === 'now' && item.albumId !== ''
  const filter: Query = isSongStart ? [['queuefilter', `album:${idNumber(item.albumId)}`]] : []
  return [['command', 'add'], ...queryOf(item), ...filter, ['mode', modeFor(place, isShuffled)]]
}

/** Longer queries are refused by hosts: the first request takes the place, the others go behind it. */
function songRequests(
  songIds: readonly number[],
  { place = 'now', isShuffled = false }: PlayOptions,
): Query[] {
  const chunks = Array.from({ length: Math.ceil(songIds.length / songsPerRequest) }, (_, index) =>
    songIds.slice(index * songsPerRequest, (index + 1) * songsPerRequest),
  )
  const requests = chunks.map(
    (ids, index): Query => [
      ['command', 'add'],
      ['query', ids.map((id) => equals('dmap.itemid', id)).join(',')],
      ['mode', modeFor(place === 'now' && index > 0 ? 'end' : place, isShuffled)],
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
