// What the fields of a DAAP query mean. Source: docs/protocol/daap-library.md, section 8.

export interface QueryField {
  readonly kind: 'text' | 'number' | 'id'
  /** In words, for the inspector and the docs. */
  readonly means: string
}

const text = (means: string): QueryField => ({ kind: 'text', means })
const number = (means: string): QueryField => ({ kind: 'number', means })
/** Up to 64 bits; clients send them signed or unsigned, decimal or hex. */
const id = (means: string): QueryField => ({ kind: 'id', means })

export const queryFields = {
  'dmap.itemname': text('title'),
  'dmap.itemid': id('item id'),
  'dmap.containeritemid': id('entry of a playlist'),
  'dmap.persistentid': id('persistent id'),
  'dmap.itemkind': number('kind of item, 2 for songs'),

  'daap.songalbum': text('album'),
  'daap.songalbumid': id('persistent id of the album'),
  'daap.songartist': text('artist or album artist'),
  'daap.songalbumartist': text('album artist'),
  'daap.songartistid': id('persistent id of the album artist'),
  'daap.songcomment': text('comment'),
  'daap.songcomposer': text('composer'),
  'daap.songdataurl': text('address of a stream'),
  'daap.songdescription': text('description of the format'),
  'daap.songformat': text('file ending'),
  'daap.songgenre': text('genre'),
  'daap.songgrouping': text('grouping'),
  'daap.songkeywords': text('keywords'),

  'daap.songbeatsperminute': number('beats per minute'),
  'daap.songbitrate': number('kbit per second'),
  'daap.songcompilation': number('1 when part of a compilation'),
  'daap.songdatakind': number('0 a file, 1 a stream'),
  'daap.songdateadded': number('when added, Unix seconds'),
  'daap.songdatemodified': number('when modified, Unix seconds'),
  'daap.songdatereleased': number('when released, Unix seconds'),
  'daap.songdateplayed': number('when last played, Unix seconds'),
  'daap.songlastskipdate': number('when last skipped, Unix seconds'),
  'daap.songdisabled': number('1 when unticked'),
  'daap.songdisccount': number('discs of the album'),
  'daap.songdiscnumber': number('disc'),
  'daap.songhasbeenplayed': number('1 when played once'),
  'daap.songsamplerate': number('Hz'),
  'daap.songsize': number('bytes'),
  'daap.songstoptime': number('where to stop, ms'),
  'daap.songtime': number('length, ms'),
  'daap.songtrackcount': number('tracks of the disc'),
  'daap.songtracknumber': number('track'),
  'daap.songuserplaycount': number('times played'),
  'daap.songuserrating': number('rating, 0 to 100'),
  'daap.songuserskipcount': number('times skipped'),
  'daap.songyear': number('year'),

  'com.apple.itunes.mediakind': number('media kind, one byte'),
  'com.apple.itunes.extended-media-kind': number('media kind'),
  'com.apple.itunes.has-video': number('1 when it has a picture that moves'),
  'com.apple.itunes.is-podcast': number('1 when a podcast'),
  'com.apple.itunes.season-num': number('season of a series'),
  'com.apple.itunes.series-name': text('series'),
} as const satisfies Record<string, QueryField>

export type QueryFieldName = keyof typeof queryFields

/** Spellings that real clients send, and what they mean by them. */
const misspelt: Readonly<Record<string, QueryFieldName>> = {
  'com.apple.tunes.has-video': 'com.apple.itunes.has-video',
  'daap.songartst': 'daap.songartist',
  'daap.songsbeatsperminute': 'daap.songbeatsperminute',
  'daap.songcompliation': 'daap.songcompilation',
}

/** The field that a name means, misspelt or not; undefined when nobody knows it. */
export function queryFieldOf(name: string): QueryFieldName | undefined {
  if (Object.hasOwn(queryFields, name)) return name as QueryFieldName
  return Object.hasOwn(misspelt, name) ? misspelt[name] : undefined
}
