// Songs as a DMAP list: what /items and a playlist's /items have in common.

import type { Song, SongListing, SongQuestion, SongSort } from '../../library/index.ts'
import type { ContentCode, DmapNode } from '../../protocol/index.ts'
import type { Answer, EndpointContext, QueryParameters } from '../endpoint.ts'
import { countNodes, headerNodes, type ListWindow, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'
import { type SongCode, songCodes, songNodes, sortCodes, writeSong } from './song-fields.ts'
import { type RowList, streamedList } from './streamed-list.ts'
import { type PlayedCodecs, playedCodecs } from './wav-form.ts'

/** How clients name the orders; other names mean the default. */
const sorts: Readonly<Record<string, SongSort>> = {
  name: 'title',
  album: 'album',
  artist: 'artist',
  genre: 'genre',
  composer: 'composer',
  releasedate: 'releasedAt',
  time: 'durationMs',
  rating: 'ratingPercent',
  playcount: 'playCount',
  physical: 'playlist',
}

/** The order that `sort=` and `invert-sort-order=` ask for. */
export function orderOf(query: QueryParameters): Pick<SongQuestion, 'sort' | 'isDescending'> {
  const name = query.get('sort') ?? ''
  const sort = Object.hasOwn(sorts, name) ? sorts[name] : undefined
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(query.get('invert-sort-order') === '1' ? { isDescending: true } : {}),
  }
}

const knownCodes: ReadonlySet<ContentCode> = new Set([...songCodes, 'mcti'])

/** What a list holds of each song. */
interface Wanted {
  readonly codes: readonly SongCode[]
  readonly hasEntryId: boolean
  /** Songs in other codecs are listed as the WAV that is sent of them. */
  readonly played: PlayedCodecs
}

/** Longer lists are made while they are sent. */
const mostRowsAtOnce = 500

/**
 * The answer to a request for songs, in `adbs` or `apso`.
 * `usual` is what a request without `meta` gets; everything when left out.
 */
export function songListAnswer(
  root: 'adbs' | 'apso',
  listing: SongListing,
  context: Pick<EndpointContext, 'query' | 'signal' | 'headers' | 'session' | 'client'>,
  usual?: readonly ContentCode[],
): Answer | Promise<Answer> {
  const { query } = context
  const window = windowOf(query.get('index'), listing.length)
  const hasHeaders = query.get('include-sort-headers') === '1'
  const wanted = { ...wantedOf(query.get('meta'), hasHeaders, usual), played: playedCodecs(context) }
  const before = countNodes(listing.length, window)
  const after = hasHeaders ? headerNodes(listing, window) : []
  const count = window.to - window.from
  const entryIdAt = entryIds(listing, window, wanted)
  if (count <= mostRowsAtOnce) {
    const rows = listing.slice(window.from, window.to)
    const nodes = rows.map((song, at): DmapNode => ['mlit', rowNodes(song, wanted, entryIdAt(song, at))])
    return [root, [...before, ['mlcl', nodes], ...after]]
  }
  const list: RowList<Song> = {
    root,
    before,
    after,
    count,
    rows: (from, to) => listing.slice(window.from + from, window.from + to),
    write(writer, song, at) {
      writeSong(writer, song, wanted.codes, wanted.played)
      if (wanted.hasEntryId) writer.write('mcti', entryIdAt(song, at))
    },
  }
  return streamedList(list, context.signal)
}

function wantedOf(
  meta: string | undefined,
  hasHeaders: boolean,
  usual?: readonly ContentCode[],
): Omit<Wanted, 'played'> {
  const named = wantedCodes(meta, knownCodes)
  const all = named ?? (meta === undefined && usual ? new Set(usual) : knownCodes)
  const wanted = new Set(hasHeaders ? [...all, ...sortCodes] : all)
  return { codes: songCodes.filter((code) => wanted.has(code)), hasEntryId: wanted.has('mcti') }
}

function rowNodes(song: Song, wanted: Wanted, entryId: number): DmapNode[] {
  const nodes = songNodes(song, wanted.codes, wanted.played)
  if (wanted.hasEntryId) nodes.push(['mcti', entryId])
  return nodes
}

/** The entry id of each row of the window. Outside of a playlist a song is its own entry, as in OwnTone. */
function entryIds(listing: SongListing, { from }: ListWindow, wanted: Wanted) {
  const entries = wanted.hasEntryId ? listing.entries() : undefined
  return (song: Song, at: number) => entries?.[from + at]?.entryId ?? song.id
}
