// Songs as a DMAP list: what /items and a playlist's /items have in common.

import { systemClock } from '../../clock.ts'
import type { LibraryView, SongListing, SongQuestion, SongTable, SortHeader } from '../../library/index.ts'
import { type ContentCode, encodeAll } from '../../protocol/index.ts'
import type { DmapBytes, EndpointContext, QueryParameters } from '../endpoint.ts'
import type { Eventually } from '../http/http-message.ts'
import { keepLists } from '../listing/kept-lists.ts'
import { encodedList, isShort, shortListBytes } from '../listing/list-answer.ts'
import { listBody } from '../listing/list-body.ts'
import { lengthOfAll, lengthOfSome } from '../listing/list-length.ts'
import type { Run } from '../listing/row-field.ts'
import { countNodes, headerNodes, wantedHeaders, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'
import { playedKey, playedTable } from './played-table.ts'
import { entryCode, type SongEncoder, songEncoder } from './song-encoder.ts'
import { songCodes, sortCodes } from './song-fields.ts'
import { songSortNamed } from './song-sorts.ts'
import { playedCodecs } from './wav-form.ts'

/** The order that `sort=` and `invert-sort-order=` ask for. */
export function orderOf(query: QueryParameters): Pick<SongQuestion, 'sort' | 'isDescending'> {
  const name = query.get('sort') ?? ''
  const sort = songSortNamed(name)
  return {
    ...(sort === undefined ? {} : { sort }),
    ...(query.get('invert-sort-order') === '1' ? { isDescending: true } : {}),
  }
}

const knownCodes: ReadonlySet<ContentCode> = new Set([...songCodes, entryCode])

/** One for the process: what it bounds is the memory of the process. */
const keptLists = keepLists(systemClock)

type ListContext = Pick<EndpointContext, 'query' | 'signal' | 'headers' | 'session' | 'client'>

/**
 * The answer to a request for songs, in `adbs` or `apso`.
 * `usual` is what a request without `meta` gets; everything when left out.
 */
export function songListAnswer(
  root: 'adbs' | 'apso',
  view: LibraryView,
  listing: SongListing,
  context: ListContext,
  usual?: readonly ContentCode[],
): Eventually<DmapBytes> {
  keptLists.nowIs(view.table)
  const table = playedTable(view.table, playedCodecs(context))
  const list = { root, view, listing, usual }
  if (!(table instanceof Promise)) return answerFrom(table, list, context)
  return table.then((made) => answerFrom(made, list, context))
}

interface WantedList {
  readonly root: 'adbs' | 'apso'
  readonly view: LibraryView
  readonly listing: SongListing
  readonly usual: readonly ContentCode[] | undefined
}

function answerFrom(
  table: SongTable,
  { root, view, listing, usual }: WantedList,
  context: ListContext,
): Eventually<DmapBytes> {
  const { query } = context
  const { length } = listing
  const window = windowOf(query.get('index'), length)
  const headers = wantedHeaders(query)
  const encoder = encoderFor(table, listing, {
    ...{ meta: query.get('meta'), usual },
    hasHeaders: headers === 'of the window',
  })
  const run = runOf(listing, window)
  const sortHeaders = () => headersOf(view, listing)
  const before = encodeAll(countNodes(length, window))
  const behind = encodeAll(headerNodes({ length, sortHeaders }, window, headers))
  const parts = { root, encoder, run, before, behind }
  if (isShort(run.count)) return { dmap: shortListBytes(parts) }
  const played = playedKey(playedCodecs(context))
  const form = [root, played, headers, window.from, window.to, ...encoder.fieldOf.keys()].join()
  return lengthOf(encoder, run, table, context).then((rowsBytes) => {
    // A playlist's entries are as its rows are: another order is another array of rows.
    const key = { table: view.table, rows: run.rows, form }
    return { dmap: keptLists.body(key, () => listBody(encodedList({ ...parts, rowsBytes }))) }
  })
}

/** Whoever searches looks at the first page alone: nothing else need be found for it. */
function runOf(listing: SongListing, { from, to }: { readonly from: number; readonly to: number }): Run {
  const isFirstPage = from === 0 && isShort(to)
  return { rows: isFirstPage ? listing.firstRows(to) : listing.rows, from, count: to - from }
}

const headersKnown = new WeakMap<SongTable, WeakMap<Uint32Array, SortHeader[]>>()

/** Counted once for all pages of a list. */
function headersOf({ table }: LibraryView, listing: SongListing): SortHeader[] {
  const known = headersKnown.get(table) ?? new WeakMap<Uint32Array, SortHeader[]>()
  const found = known.get(listing.rows) ?? listing.sortHeaders()
  headersKnown.set(table, known.set(listing.rows, found))
  return found
}

/** Of a long one, measured in several turns. */
function lengthOf(
  encoder: SongEncoder,
  run: Run,
  { count }: SongTable,
  { signal }: Pick<EndpointContext, 'signal'>,
): Promise<number> {
  const isAllSongs =
    run.count === count && run.count === run.rows.length && encoder.entries !== 'of a playlist'
  if (isAllSongs) return lengthOfAll(encoder.fieldOf, run, signal)
  return lengthOfSome(encoder, run, signal)
}

/** What decides which fields a list has. */
interface Choice {
  readonly meta: string | undefined
  readonly hasHeaders: boolean
  /** When there is no meta; everything when undefined. */
  readonly usual: readonly ContentCode[] | undefined
}

const encoders = new WeakMap<SongTable, Map<string, SongEncoder>>()
/** Clients have a handful of metas each. */
const mostEncoders = 64

/** Each choice is thought about once per view. */
function encoderFor(table: SongTable, listing: SongListing, choice: Choice): SongEncoder {
  const known = encoders.get(table) ?? new Map<string, SongEncoder>()
  const key = [choice.hasHeaders, choice.usual, choice.meta].join(' ')
  const found = known.get(key)
  if (found && !(found.entries === 'own' && listing.entryIds())) return found
  const made = makeEncoder(table, listing, choice)
  if (made.entries === 'of a playlist') return made
  if (known.size >= mostEncoders) known.clear()
  encoders.set(table, known.set(key, made))
  return made
}

function makeEncoder(
  table: SongTable,
  listing: SongListing,
  { meta, hasHeaders, usual }: Choice,
): SongEncoder {
  const named = wantedCodes(meta, knownCodes)
  const all = named ?? (meta === undefined && usual ? new Set(usual) : knownCodes)
  const wanted = new Set(hasHeaders ? [...all, ...sortCodes] : all)
  const codes = songCodes.filter((code) => wanted.has(code))
  return songEncoder(table, codes, wanted.has(entryCode) ? (listing.entryIds() ?? 'own') : undefined)
}
