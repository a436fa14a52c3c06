// A DAAP query in the library's words. What nobody knows matches nothing: never the whole library by mistake.

import type { NumberField, SongFilter, TextField } from '../../library/index.ts'
import {
  parseId,
  parseQuery,
  type QueryClause,
  QueryError,
  type QueryFieldName,
  type QueryNode,
  queryFieldOf,
} from '../../protocol/index.ts'

export interface FilterOptions {
  /**
   * What `daap.songartist` means. Songs: artist or album artist, so that search finds a guest too.
   * Albums and artists: the album artist, by whom they are listed.
   */
  readonly artist?: 'anyArtist' | 'albumArtist'
  /** The song of a playlist's entry, where a playlist is asked for; else entries are songs. */
  readonly songOfEntry?: (entryId: bigint) => number | undefined
}

const none: SongFilter = { none: true }
const all: SongFilter = { all: true }

/**
 * The songs that `query=` or `filter=` names; undefined when it is absent or empty.
 * A query that cannot be read matches nothing.
 *
 * Source  docs/protocol/daap-library.md, section 8.
 */
export function filterOf(text: string | undefined, options: FilterOptions = {}): SongFilter | undefined {
  if (text === undefined || text === '') return undefined
  const query = readQuery(text)
  return query instanceof QueryError ? none : songFilter(query, options)
}

/** Real queries have six; a selection of many songs names each by its id. Bounds the work of one request. */
const mostClauses = 500
/** Those that name no ids are asked of every song: a millisecond each in a large library. */
const mostWideClauses = 24
const idFields: readonly (QueryFieldName | undefined)[] = [
  'dmap.itemid',
  'dmap.containeritemid',
  'dmap.persistentid',
  'daap.songalbumid',
  'daap.songartistid',
]

/** A remote that pages through a list asks with the same words each time. */
const lately = new Map<string, QueryNode | QueryError>()
const mostLately = 32
const longestLately = 500

/** Says why when it cannot be read or asks too much. homebridge-dacp sends a clause without its quotes. */
export function readQuery(text: string): QueryNode | QueryError {
  const known = lately.get(text)
  if (known) return known
  const query = parsedQuery(text)
  if (lately.size >= mostLately) lately.clear()
  if (text.length <= longestLately) lately.set(text, query)
  return query
}

function parsedQuery(text: string): QueryNode | QueryError {
  const isBare = /^[a-z][a-z0-9.-]*!?[:@]/i.test(text)
  try {
    const query = parseQuery(isBare ? `'${text.replace(/\\?'/g, "\\'")}'` : text)
    const clauses = clausesOf(query)
    const wideClauses = clauses.filter(({ field }) => !idFields.includes(queryFieldOf(field)))
    const asksTooMuch = clauses.length > mostClauses || wideClauses.length > mostWideClauses
    return asksTooMuch ? new QueryError(0, 'it has too many clauses') : query
  } catch (error) {
    if (error instanceof QueryError) return error
    throw error
  }
}

function clausesOf(query: QueryNode): readonly QueryClause[] {
  if ('and' in query) return query.and.flatMap(clausesOf)
  if ('or' in query) return query.or.flatMap(clausesOf)
  return [query]
}

export function songFilter(query: QueryNode, options: FilterOptions = {}): SongFilter {
  if ('and' in query) return { and: query.and.map((part) => songFilter(part, options)) }
  if ('or' in query) return { or: query.or.map((part) => songFilter(part, options)) }
  return clauseFilter(query, options)
}

function clauseFilter(clause: QueryClause, options: FilterOptions): SongFilter {
  const name = queryFieldOf(clause.field)
  if (name === undefined) return none
  const meaning = meanings[name](clause, options)
  // "Not equal" to what makes no sense is as senseless: it must not become "everything".
  if (meaning === undefined) return none
  return clause.op === 'ne' ? not(meaning) : meaning
}

function not(filter: SongFilter): SongFilter {
  if ('all' in filter) return none
  if ('none' in filter) return all
  return { not: filter }
}

/** Says what a clause means as if it were "equals"; undefined when its value makes no sense. */
type Meaning = (clause: QueryClause, options: FilterOptions) => SongFilter | undefined

const text =
  (field: TextField): Meaning =>
  ({ match, value }) => ({ text: field, match, value })

const number =
  (field: NumberField): Meaning =>
  (clause) => {
    const equals = numberIn(clause)
    return equals === undefined ? undefined : { number: field, equals }
  }

/** The library has no such field: every song has this one value. */
const always =
  (constant: bigint): Meaning =>
  (clause) => {
    const given = numberIn(clause)
    if (given === undefined) return undefined
    return given === constant ? all : none
  }

/** The library has no such text: it is empty in every song. */
const noText: Meaning = ({ match, value }) => (match === 'empty' || value === '' ? all : none)

/** 1 or 0, for what a number of the library says in passing. */
const flag =
  (isSet: SongFilter): Meaning =>
  (clause) => {
    const given = numberIn(clause)
    if (given === 1n) return isSet
    return given === 0n ? not(isSet) : undefined
  }

const numberOf = (field: NumberField, equals: bigint): SongFilter => ({ number: field, equals })

/** 0 stands for "all albums" and "all artists": no album has it (OwnTone, daap_query). */
const groupId =
  (field: 'albumId' | 'artistId'): Meaning =>
  (clause) => {
    const equals = numberIn(clause)
    if (equals === undefined) return undefined
    const isEveryGroup = equals === 0n && clause.match === 'exact' && clause.op === 'eq'
    return isEveryGroup ? all : numberOf(field, equals)
  }

const entryId: Meaning = (clause, { songOfEntry }) => {
  const entry = numberIn(clause)
  if (entry === undefined) return undefined
  if (songOfEntry === undefined) return numberOf('id', entry)
  const song = songOfEntry(entry)
  return song === undefined ? none : numberOf('id', BigInt(song))
}

/** Modulo 2^64, since clients write ids signed or unsigned. Empty is 0. */
function numberIn({ match, value }: QueryClause): bigint | undefined {
  if (match === 'empty') return 0n
  return match === 'exact' ? parseId(value.trim()) : undefined
}

const meanings: Readonly<Record<QueryFieldName, Meaning>> = {
  'dmap.itemname': text('title'),
  'dmap.itemid': number('id'),
  'dmap.containeritemid': entryId,
  'dmap.persistentid': number('persistentId'),
  'dmap.itemkind': always(2n),

  'daap.songalbum': text('album'),
  'daap.songalbumid': groupId('albumId'),
  'daap.songartist': (clause, { artist = 'anyArtist' }) => text(artist)(clause, {}),
  'daap.songalbumartist': text('albumArtist'),
  'daap.songartistid': groupId('artistId'),
  'daap.songcomment': text('comment'),
  'daap.songcomposer': text('composer'),
  'daap.songdataurl': noText,
  // Words that we make from the codec when a song is listed; nothing is kept to compare with.
  'daap.songdescription': () => undefined,
  'daap.songformat': text('format'),
  'daap.songgenre': text('genre'),
  'daap.songgrouping': text('grouping'),
  'daap.songkeywords': noText,

  'daap.songbeatsperminute': number('bpm'),
  'daap.songbitrate': number('bitrateKbps'),
  'daap.songcompilation': number('isCompilation'),
  'daap.songdatakind': always(0n),
  'daap.songdateadded': number('addedAt'),
  'daap.songdatemodified': number('modifiedAt'),
  'daap.songdatereleased': number('releasedAt'),
  'daap.songdateplayed': number('lastPlayedAt'),
  'daap.songlastskipdate': number('lastSkippedAt'),
  'daap.songdisabled': always(0n),
  'daap.songdisccount': number('discCount'),
  'daap.songdiscnumber': number('discNumber'),
  'daap.songhasbeenplayed': flag(not(numberOf('playCount', 0n))),
  'daap.songsamplerate': number('sampleRateHz'),
  'daap.songsize': number('sizeBytes'),
  'daap.songstoptime': always(0n),
  'daap.songtime': number('durationMs'),
  'daap.songtrackcount': number('trackCount'),
  'daap.songtracknumber': number('trackNumber'),
  'daap.songuserplaycount': number('playCount'),
  'daap.songuserrating': number('ratingPercent'),
  'daap.songuserskipcount': number('skipCount'),
  'daap.songyear': number('year'),

  'com.apple.itunes.mediakind': number('mediaKind'),
  'com.apple.itunes.extended-media-kind': number('mediaKind'),
  'com.apple.itunes.has-video': always(0n),
  'com.apple.itunes.is-podcast': flag(numberOf('mediaKind', 4n)),
  'com.apple.itunes.season-num': always(0n),
  'com.apple.itunes.series-name': noText,
}
