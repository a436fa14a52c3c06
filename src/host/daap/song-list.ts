// Songs as a DMAP list: what /items and a playlist's /items have in common.

import type { SongListing, SongQuestion, SongSort } from '../../library/index.ts'
import type { ContentCode, DmapNode } from '../../protocol/index.ts'
import type { QueryParameters } from '../endpoint.ts'
import { countNodes, headerNodes, type ListWindow, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'
import { type SongCode, songCodes, songNodes, sortCodes } from './song-fields.ts'

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
}

/** The children of `adbs` or `apso`. `usual` is what a request without `meta` gets; everything when left out. */
export function songListNodes(
  listing: SongListing,
  query: QueryParameters,
  usual?: readonly ContentCode[],
): DmapNode[] {
  const window = windowOf(query.get('index'), listing.length)
  const hasHeaders = query.get('include-sort-headers') === '1'
  const rows = rowNodes(listing, window, wantedOf(query.get('meta'), hasHeaders, usual))
  return [
    ...countNodes(listing.length, window),
    ['mlcl', rows],
    ...(hasHeaders ? headerNodes(listing, window) : []),
  ]
}

function wantedOf(meta: string | undefined, hasHeaders: boolean, usual?: readonly ContentCode[]): Wanted {
  const named = wantedCodes(meta, knownCodes)
  const all = named ?? (meta === undefined && usual ? new Set(usual) : knownCodes)
  const wanted = new Set(hasHeaders ? [...all, ...sortCodes] : all)
  return { codes: songCodes.filter((code) => wanted.has(code)), hasEntryId: wanted.has('mcti') }
}

function rowNodes(listing: SongListing, { from, to }: ListWindow, wanted: Wanted): DmapNode[] {
  const entries = wanted.hasEntryId ? listing.entries() : undefined
  return listing.slice(from, to).map((song, offset): DmapNode => {
    const nodes = songNodes(song, wanted.codes)
    // Outside of a playlist a song is its own entry, as in OwnTone.
    if (wanted.hasEntryId) nodes.push(['mcti', entries?.[from + offset]?.entryId ?? song.id])
    return ['mlit', nodes]
  })
}
