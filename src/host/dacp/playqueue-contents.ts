import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Library } from '../../library/index.ts'
import type { PlayerState, QueueEntry } from '../../player/index.ts'
import { type DmapNode, packItemSpec } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { wholeNumber } from '../http/query-parameters.ts'
import { mainDatabase, musicKind, nextEnabled, repeatNumber } from './play-status.ts'

/** As Remote asks for. */
const ordinarySpan = 50
/**
 * Rows at once; a queue may hold the whole library. Remotes ask for 50. A client that sends such requests in a row and
 * never reads is given this many times what a connection may have in flight.
 */
const mostRows = 2000
/** A millisecond or two between two looks at other requests. */
const rowsPerTurn = 200
/** What songs are from when they are from no album, playlist or the like. */
const wholeLibrary = 'Music'
/** Where the section of songs played begins, and its length. */
const historyLength = 200

/**
 * Lists the queue: what comes next (span > 0) or what was played (span < 0). 0 is the song that plays, 1 the next,
 * -1 the one before; the song that plays is not repeated in the list.
 *
 * Request GET /ctrl-int/1/playqueue-contents?span=50
 * Answers `ceQR`: sections (`ceQS`), then one `mlit` a song.
 * Source  docs/protocol/dacp-control.md, section 7. Negative indices are inferred from ceQi -200.
 */
export const playqueueContents: Endpoint = async ({ query, player, library, signal }) => {
  const { state } = player
  const span = wholeNumber(query, 'span') ?? ordinarySpan
  const count = Math.min(Math.abs(span), mostRows)
  const places = span < 0 ? placesPlayed(state, count) : placesToCome(state, count)
  const songs = await songsAt(places, library, signal)
  const sections = sectionsOf(state).map((section): DmapNode => ['mlit', section])

  return [
    'ceQR',
    [
      ['mstt', 200],
      ['mtco', Math.abs(span)],
      ['mrco', songs.length],
      ['ceQu', 0],
      ['mlcl', [['ceQS', sections], ...songs]],
      ['apsm', state.isShuffled ? 1 : 0],
      ['aprm', repeatNumber[state.repeat]],
    ],
  ]
}

type Place = readonly [entry: QueueEntry, index: number]

function placesToCome({ upNext }: PlayerState, count: number): Place[] {
  return upNext.slice(0, count).map((entry, at) => [entry, at + 1])
}

function placesPlayed({ history }: PlayerState, count: number): Place[] {
  const last = history.slice(-Math.min(count, historyLength))
  return last.map((entry, at) => [entry, at - last.length])
}

async function songsAt(places: readonly Place[], library: Library, signal: AbortSignal): Promise<DmapNode[]> {
  const songs: DmapNode[] = []
  for (const [at, [entry, index]] of places.entries()) {
    songs.push(...listed(entry, index, library))
    if (at % rowsPerTurn !== rowsPerTurn - 1) continue
    await nextTurn()
    signal.throwIfAborted()
  }
  return songs
}

/** A song belongs to the section with start ≤ index < start + count. */
function sectionsOf({ nowPlaying, upNext, contextName }: PlayerState): DmapNode[][] {
  const sections = [section('hist', -historyLength, historyLength, 'Previously Played')]
  if (nowPlaying) sections.push(section('curr', 0, 1))
  const firstOfContext = upNext.findIndex(({ origin }) => origin === 'context')
  const byHand = firstOfContext === -1 ? upNext.length : firstOfContext
  if (byHand > 0) sections.push(section('user', 1, byHand, 'Up Next'))
  if (nowPlaying || upNext.length > byHand)
    sections.push([
      ...section('main', 1 + byHand, upNext.length - byHand, 'Up Next'),
      ['ceQh', `from ${contextName ?? wholeLibrary}`],
    ])
  return sections
}

function section(kind: 'hist' | 'curr' | 'user' | 'main', start: number, count: number, title?: string) {
  const nodes: DmapNode[] = [
    ['ceQk', kind],
    ['ceQi', signed32(start)],
    ['ceQm', count],
  ]
  if (title !== undefined) nodes.push(['ceQl', title])
  return nodes
}

function listed(entry: QueueEntry, index: number, library: Library): DmapNode[] {
  const song = library.view.song(entry.songId)
  if (!song) return []
  const ids = { databaseId: mainDatabase, containerId: entry.playlistId, containerItemId: 0, itemId: song.id }
  const nodes: DmapNode[] = [
    ['ceQs', packItemSpec(ids)],
    ['ceQn', song.title],
    ['ceQr', song.artist],
    ['ceQa', song.album],
    ['ceQg', song.genre],
    ['asai', song.albumId],
    ['cmmk', musicKind],
    ['casa', 1],
    ['astm', song.durationMs],
    ['casc', 1],
    ['caks', nextEnabled],
    ['ceQI', signed32(index)],
  ]
  return [['mlit', nodes]]
}

/** The table has these codes as unsigned; negative ones travel in two's complement. */
function signed32(number: number): number {
  return number >>> 0
}
