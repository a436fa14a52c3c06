import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daapClient, dmapBytes } from '../../../test/fakes/daap-client.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import type { Song } from '../../library/index.ts'
import {
  type ContentCode,
  child,
  children,
  type DmapContainer,
  type DmapNode,
  encode,
  parseUrlQuery,
} from '../../protocol/index.ts'
import { habitsOf } from '../quirks.ts'
import { filterOf } from './filter.ts'
import { countNodes, headerNodes, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'
import { alwaysSent, type SongCode, type SongField, songCodes, songFields, sortCodes } from './song-fields.ts'
import { orderOf } from './song-list.ts'
import { type PlayedCodecs, wavFormOf } from './wav-form.ts'

const songs = Array.from({ length: 1234 }, (_, index) => ({
  title: `${index % 7 === 0 ? 'Ünder' : 'Over'} ${String(index).padStart(4, '0')}`,
  trackNumber: index % 100_000,
  // Some are longer than the writer's first room, some empty.
  comment: index === 600 ? 'é'.repeat(50_000) : '',
  sizeBytes: index === 3 ? 5_000_000_000 : index,
}))
const titles = songs.map(({ title }) => title)
const library = fakeLibrary({ songs, playlists: [{ name: 'All', titles }] })
const client = daapClient(library)

const inside = (answer: DmapContainer, root: ContentCode) =>
  (child(answer, root) as DmapContainer | undefined) ?? assert.fail()
const rows = (list: DmapContainer) => children(child(list, 'mlcl') ?? [], 'mlit')

test('a long list is the same as its pages, field by field', async () => {
  const url = '/databases/1/items?sort=name&meta=all'
  const whole = inside(await client.get(url), 'adbs')

  const pages: DmapContainer[] = []
  for (let from = 0; from < songs.length; from += 400)
    pages.push(...rows(inside(await client.get(`${url}&index=${from}-${from + 399}`), 'adbs')))

  assert.equal(child(whole, 'mrco'), songs.length)
  assert.deepEqual(rows(whole), pages)
})

test('a long list ends with its letters, and a long playlist has its entries', async () => {
  const list = inside(
    await client.get(
      '/databases/1/containers/20/items?include-sort-headers=1&sort=name&index=100-&meta=dmap.itemname',
    ),
    'apso',
  )
  const entries = inside(
    await client.get('/databases/1/containers/20/items?meta=dmap.containeritemid'),
    'apso',
  )

  assert.deepEqual(
    list.map(([code]) => code),
    ['mstt', 'muty', 'mtco', 'mrco', 'mlcl', 'mshl'],
  )
  assert.equal(child(list, 'mrco'), songs.length - 100)
  assert.deepEqual(
    rows(entries).map((row) => child(row, 'mcti')),
    songs.map((_, index) => index + 1),
  )
})

// --- the same bytes as song by song

const kinds = [1, 1, 1, 4, 8, 2_097_152]
const codecs = ['mpeg', 'aac', 'alac', 'flac', 'opus', 'other'] as const
const names = ['', 'a', 'über', 'Björk & 坂本龍一', '🎺', 'x'.repeat(300), 'ﬁn\0al', 'The  The', 'ab', 'abcd']
const varied = Array.from({ length: 640 }, (_, index) => {
  const name = (step: number) => names[(index * step + (index >> 3)) % names.length] ?? ''
  const number = (most: number) => (index % 5 === 0 ? 0 : (index * 7919) % most)
  return {
    title: `${name(3)}${index % 11 === 0 ? '' : index}`,
    artist: name(1),
    albumArtist: name(7),
    album: `${name(2)} ${index >> 4}`,
    genre: name(9),
    composer: name(4),
    comment: name(5),
    grouping: name(6),
    description: name(8),
    titleSort: name(2),
    composerSort: name(3),
    durationMs: number(5_000_000_000),
    trackNumber: number(90_000),
    trackCount: number(300),
    discNumber: number(4),
    year: number(2030),
    bpm: number(200),
    isCompilation: index % 3 === 0,
    bitrateKbps: number(70_000),
    sampleRateHz: number(192_000),
    sizeBytes: number(9_000_000_000_000),
    format: index % 2 === 0 ? 'mp3' : 'm4a',
    codec: codecs[index % codecs.length] ?? 'other',
    hasArtwork: index % 2 === 0,
    mediaKind: kinds[index % kinds.length] ?? 1,
    addedAt: number(4_000_000_000),
    releasedAt: index % 7 === 0 ? -86_400 * index : number(2_000_000_000),
    playCount: index % 4,
    ratingPercent: number(101),
    lastSkippedAt: number(2_000_000_000),
    leadInSamples: number(3000),
    paddingSamples: number(2000),
    totalSamples: number(6_000_000_000),
    replayGain: index % 3 === 0 ? undefined : { trackGainDb: Math.fround(index % 130) - 64 },
  }
})
const playlistTitles = varied.flatMap(({ title }, at) =>
  at % 7 === 0 ? [title] : [title, title].slice(at % 2),
)
const variedLibrary = fakeLibrary({ songs: varied, playlists: [{ name: 'Twice', titles: playlistTitles }] })
const variedClient = daapClient(variedLibrary)

test('columns give byte for byte what is written song by song', async () => {
  const some = [
    'dmap.itemname',
    'daap.songtime',
    'dmap.containeritemid',
    'daap.sortname,daap.songsize,nonsense',
  ]
  const metas = ['', '&meta=all', ...some.map((names) => `&meta=${names}`), `&meta=${some.join()}`]
  const orders = ['', '&sort=name', '&sort=artist&invert-sort-order=1', '&sort=name&include-sort-headers=1']
  const filters = ['', "&query='daap.songgenre:*a*'", "&query='com.apple.itunes.mediakind:4'"]
  const windows = ['', '&index=30-', '&index=7-56', '&index=5000-', '&index=-3']
  const paths = ['/databases/1/items', '/databases/1/containers/1/items', '/databases/1/containers/20/items']

  for (const path of paths)
    for (const rest of [...crossed(metas, orders), ...crossed(orders, filters, windows)]) {
      const url = `${path}?x${rest}`
      const bytes = dmapBytes(await variedClient.ask(url))
      assert.equal(Buffer.compare(bytes, songBySong(url)), 0, url)
    }
})

test('and so for a player, to which some songs are sent as WAV', async () => {
  const player = daapClient(variedLibrary, { kind: 'player' })
  const url = '/databases/1/items?meta=all&sort=name'

  const bytes = dmapBytes(await player.ask(url))

  assert.equal(Buffer.compare(bytes, songBySong(url, habitsOf(undefined).plays)), 0)
  assert.notEqual(Buffer.compare(bytes, songBySong(url)), 0)
})

function crossed(...parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>((all, part) => all.flatMap((one) => part.map((other) => one + other)), [''])
}

/** The answer as a tree of what each song says of itself. */
function songBySong(url: string, played?: PlayedCodecs): Uint8Array {
  const [path = '', raw = ''] = url.split('?')
  const query = new Map(parseUrlQuery(raw))
  const playlist = /containers\/(\d+)/.exec(path)?.[1]
  const filter = filterOf(query.get('query'))
  const parameters = { get: (name: string) => query.get(name), has: () => false, entries: () => [] }
  const listing = variedLibrary.view.songs({
    ...orderOf(parameters),
    ...(playlist === undefined ? {} : { playlistId: Number(playlist) }),
    ...(filter === undefined ? {} : { filter }),
  })
  const window = windowOf(query.get('index'), listing.length)
  const hasHeaders = query.has('include-sort-headers')
  const known = new Set<ContentCode>([...songCodes, 'mcti'])
  const usual: ContentCode[] = ['mikd', 'asdk', 'miid', 'minm', 'mcti']
  const isUsual = playlist !== undefined && !query.has('meta')
  const wanted = wantedCodes(query.get('meta'), known) ?? (isUsual ? new Set(usual) : known)
  if (hasHeaders) for (const code of sortCodes) wanted.add(code)
  const entries = listing.entries()
  const songs = listing.slice(window.from, window.to).map((song, at): DmapNode => {
    const nodes = songCodes
      .filter((code) => wanted.has(code))
      .flatMap((code) => nodesOf(asSent(song, played), code))
    const entryId = entries?.[window.from + at]?.entryId ?? song.id
    return ['mlit', wanted.has('mcti') ? [...nodes, ['mcti', entryId]] : nodes]
  })
  const inside: DmapNode[] = [
    ...countNodes(listing.length, window),
    ['mlcl', songs],
    ...(hasHeaders ? headerNodes(listing, window, 'of the window') : []),
  ]
  return encode(playlist === undefined ? ['adbs', inside] : ['apso', inside])
}

function asSent(song: Song, played: PlayedCodecs): Song {
  const form = wavFormOf(song, played)
  if (form === undefined) return song
  const { sizeBytes, bitrateKbps } = form
  const nothingToDrop = { leadInSamples: 0, paddingSamples: 0 }
  return { ...song, format: 'wav', codec: 'pcm', sizeBytes, bitrateKbps, ...nothingToDrop }
}

function nodesOf(song: Song, code: SongCode): DmapNode[] {
  const value = valueOf(song, songFields[code])
  return value || alwaysSent.has(code) ? [[code, value] as DmapNode] : []
}

function valueOf(song: Song, field: SongField): string | number | bigint {
  if ('text' in field) return song[field.text]
  if ('id' in field) return song[field.id]
  if ('codec' in field) return field.codec(song.codec)
  if ('same' in field) return field.same
  if ('gain' in field) {
    const gain = song.replayGain?.[field.gain]
    return gain === undefined ? 0 : Math.min(field.as(gain), 0xffff_ffff)
  }
  return (field.as ?? ((value: number) => value))(Number(song[field.number]))
}
