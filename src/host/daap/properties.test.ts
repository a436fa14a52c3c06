// What must hold for any library, any query and any window: checked with random ones against the plainest way to say it.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import * as fc from 'fast-check'
import { type DaapClient, daapClient, listIn } from '../../../test/fakes/daap-client.ts'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { fold } from '../../library/fold.ts'
import type { Library, Song } from '../../library/index.ts'
import {
  type ContentCode,
  child,
  children,
  encodeUrlQuery,
  printQuery,
  type QueryClause,
  type QueryNode,
} from '../../protocol/index.ts'

// --- libraries: few words, so that they meet; each with its trap

const words = [
  '',
  'Blue',
  'blue',
  'BLÜE',
  'The Blue',
  'blues',
  '2 Blue',
  "It's *blue*",
  'a\\b',
  'straße',
  'STRASSE',
  '青い',
  'Ø',
]
const word = fc.constantFrom(...words)
const named = word.filter((text) => text !== '')
const song = fc.record({
  title: named,
  artist: word,
  albumArtist: word,
  album: named,
  composer: word,
  genre: word,
  comment: word,
  year: fc.constantFrom('', '1969', '2020'),
  track: fc.constantFrom('', '1', '2/9'),
})
const rating = fc.constantFrom(0, 20, 100)
const libraries = fc.sample(fc.array(fc.tuple(song, rating), { minLength: 1, maxLength: 40 }), {
  numRuns: 4,
  seed: 1964,
})

async function openLibrary(t: TestContext, songs: (typeof libraries)[number]): Promise<Library> {
  const folder = musicFolder(t)
  for (const [number, [tags]] of songs.entries())
    folder.add(
      `${number}.mp3`,
      mp3(Object.fromEntries(Object.entries(tags).filter(([, text]) => text !== ''))),
    )
  const library = await folder.open()
  await library.scan()
  for (const [at, one] of allOf(library).entries()) library.setRating(one.id, songs[at]?.[1] ?? 0)
  return library
}

function allOf({ view }: Library): Song[] {
  return view.songs({}).slice(0, view.songCount)
}

// --- queries: the AST, and the plain filter that it means

const textFields: Readonly<Record<string, (song: Song) => readonly string[]>> = {
  'dmap.itemname': (one) => [one.title],
  'daap.songalbum': (one) => [one.album],
  'daap.songartist': (one) => [one.artist, one.albumArtist],
  'daap.songalbumartist': (one) => [one.albumArtist],
  'daap.songcomposer': (one) => [one.composer],
  'daap.songgenre': (one) => [one.genre],
  'daap.songcomment': (one) => [one.comment],
  'daap.songformat': (one) => [one.format],
}
const numberFields: Readonly<Record<string, (song: Song) => number | bigint>> = {
  'dmap.itemid': (one) => one.id,
  'dmap.persistentid': (one) => one.persistentId,
  'daap.songalbumid': (one) => one.albumId,
  'daap.songartistid': (one) => one.artistId,
  'daap.songyear': (one) => one.year,
  'daap.songtracknumber': (one) => one.trackNumber,
  'daap.songtrackcount': (one) => one.trackCount,
  'daap.songuserrating': (one) => one.ratingPercent,
  'daap.songcompilation': (one) => Number(one.isCompilation),
  'daap.songtime': (one) => one.durationMs,
  'com.apple.itunes.extended-media-kind': (one) => one.mediaKind,
}

function passes(node: QueryNode, one: Song): boolean {
  if ('and' in node) return node.and.every((part) => passes(part, one))
  if ('or' in node) return node.or.some((part) => passes(part, one))
  const isMet = meets(node, one)
  if (isMet === undefined) return false
  return node.op === 'eq' ? isMet : !isMet
}

/** Undefined: nobody knows what it means, so nothing passes, not even with "not". */
function meets({ field, match, value }: QueryClause, one: Song): boolean | undefined {
  const texts = textFields[field]?.(one).map(fold)
  if (texts !== undefined) {
    const wanted = fold(value)
    if (match === 'empty') return texts.every((text) => text === '')
    if (match === 'exact') return texts.includes(wanted)
    if (match === 'contains') return texts.some((text) => text.includes(wanted))
    return texts.some((text) => (match === 'startsWith' ? text.startsWith(wanted) : text.endsWith(wanted)))
  }
  const number = numberFields[field]?.(one)
  if (number === undefined || (match !== 'exact' && match !== 'empty')) return undefined
  if (match === 'exact' && !/^(?:-?\d+|0x[0-9a-f]+)$/i.test(value)) return undefined
  const wanted = BigInt.asUintN(64, value.startsWith('-') ? -BigInt(value.slice(1)) : BigInt(value))
  return BigInt.asUintN(64, BigInt(number)) === wanted
}

const anyValue = fc.oneof(
  named.map((value) => ({ match: 'exact' as const, value })),
  fc.record({
    match: fc.constantFrom('contains' as const, 'startsWith' as const, 'endsWith' as const),
    value: fc.constantFrom('b', 'BLU', 'ü', 'e', '*', 'ss', 'ß', "'", '\\', '青', 'nothing'),
  }),
  fc.constant({ match: 'empty' as const, value: '' }),
)

/** Queries for this library: ids and numbers that it has, and some that it has not. */
function queriesFor(songs: readonly Song[]) {
  const textClause = fc.tuple(fc.constantFrom(...Object.keys(textFields), 'no.such.field'), anyValue)
  const numberClause = fc
    .tuple(fc.constantFrom(...Object.keys(numberFields)), fc.constantFrom(...songs), fc.nat(9))
    .map(([field, one, kind]) => {
      const number = BigInt(numberFields[field]?.(one) ?? 0)
      const value = [`${number}`, `0x${number.toString(16)}`, '7', 'seven'][kind] ?? `${number}`
      return [field, { match: 'exact' as const, value }] as const
    })
    // 0 means every album and every artist, as it does to OwnTone.
    .filter(([field, { value }]) => !/(?:album|artist)id$/.test(field) || !/^0(?:x0)?$/.test(value))
  const clause = fc
    .tuple(fc.oneof(textClause, numberClause), fc.constantFrom('eq' as const, 'ne' as const))
    .map(([[field, { match, value }], op]): QueryNode => ({ field, op, match, value }))
  const { query } = fc.letrec<{ query: QueryNode }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      clause,
      fc.record({ and: fc.array(tie('query'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('query'), { minLength: 2, maxLength: 3 }) }),
    ),
  }))
  return query.filter((node) => clausesIn(node) <= mostClauses)
}

/** More are refused (filter.ts). */
const mostClauses = 24

function clausesIn(node: QueryNode): number {
  const parts = 'and' in node ? node.and : 'or' in node ? node.or : []
  return parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + clausesIn(part), 0)
}

test('any query gives the songs that a plain filter over all songs gives', async (t) => {
  for (const songs of libraries) {
    const library = await openLibrary(t, songs)
    const client = daapClient(library)
    const all = allOf(library)

    await fc.assert(
      fc.asyncProperty(queriesFor(all), async (query) => {
        const parameters = encodeUrlQuery([
          ['meta', 'dmap.itemid'],
          ['query', printQuery(query)],
        ])
        const found = await rowsOf(client, `/databases/1/items?${parameters}`, 'adbs')

        assert.deepEqual(
          found.map((row) => child(row as never, 'miid')).toSorted(),
          all
            .filter((one) => passes(query, one))
            .map(({ id }) => id)
            .toSorted(),
          printQuery(query),
        )
      }),
      { numRuns: 250 },
    )
  }
})

// --- windows

const lists: readonly (readonly [path: string, root: ContentCode])[] = [
  ['/databases/1/items?meta=all&sort=name', 'adbs'],
  ['/databases/1/items?sort=artist&invert-sort-order=1', 'adbs'],
  ["/databases/1/containers/1/items?sort=rating&query='dmap.itemname:*b*'", 'apso'],
  ['/databases/1/containers/2/items?meta=dmap.itemname,dmap.containeritemid', 'apso'],
  ['/databases/1/groups?group-type=albums&sort=artist', 'agal'],
  ['/databases/1/groups?group-type=artists', 'agar'],
  ['/databases/1/browse/artists?x=1', 'abro'],
  ['/databases/1/browse/genres?x=1', 'abro'],
]

test('any windows joined are the list in one piece', async (t) => {
  const library = await openLibrary(t, libraries.toSorted((one, other) => other.length - one.length)[0] ?? [])
  const client = daapClient(library)

  for (const [path, root] of lists) {
    const whole = await rowsOf(client, path, root)
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(whole.length), { maxLength: 6 }), async (cuts) => {
        const starts = [0, ...cuts.filter((cut) => cut > 0)].toSorted((one, other) => one - other)
        const joined: unknown[] = []
        for (const [at, start] of starts.entries()) {
          const end = starts[at + 1]
          const index = end === undefined ? `${start}-` : `${start}-${end - 1}`
          joined.push(...(await rowsOf(client, `${path}&index=${index}`, root)))
        }
        assert.deepEqual(joined, whole, path)
      }),
      { numRuns: 25 },
    )
  }
})

async function rowsOf(client: DaapClient, path: string, root: ContentCode): Promise<readonly unknown[]> {
  const nodes = listIn(await client.get(path), root)
  const list = nodes.find(([code]) => ['mlcl', 'abar', 'abgn'].includes(code))
  const rows = children((list?.[1] as never) ?? [], 'mlit')
  assert.equal(rows.length, child(nodes, 'mrco'))
  return rows
}
