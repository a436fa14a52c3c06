import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { flac, mp3, type Tags, wav } from '../../test/fakes/music-files.ts'
import { type MusicFolder, musicFolder } from '../../test/fakes/music-folder.ts'
import type { SongFilter, SongQuestion } from './questions.ts'
import type { LibraryView } from './types.ts'

/** Adds one MP3 for each, with sounds of their own. */
function addAll(music: MusicFolder, all: readonly Tags[]): void {
  for (const [seed, tags] of all.entries()) music.add(`${seed}.mp3`, mp3(tags, { seed, seconds: 0.2 }))
}

const records: readonly Tags[] = [
  { title: 'The End', artist: 'The Beatles', album: 'Abbey Road', track: '16', genre: 'Rock', year: '1969' },
  {
    title: 'Come Together',
    artist: 'The Beatles',
    album: 'Abbey Road',
    track: '1',
    genre: 'Rock',
    year: '1969',
  },
  { title: 'Blue', artist: 'Joni Mitchell', album: 'Blue', track: '1', genre: 'Folk', year: '1971' },
  { title: 'Jóga', artist: 'Björk', album: 'Homogenic', track: '2', genre: 'Electronic', year: '1997' },
  {
    title: '1979',
    artist: 'The Smashing Pumpkins',
    album: 'Mellon Collie',
    genre: 'Rock',
    composer: 'Corgan',
  },
  { title: 'Высота', artist: 'Высоцкий', album: 'Песни', genre: 'Folk' },
  { title: 'Ångström', artist: 'Nobody', genre: 'Electronic' },
]

async function openRecords(t: Parameters<typeof musicFolder>[0]): Promise<LibraryView> {
  const music = musicFolder(t)
  addAll(music, records)
  const library = await music.open()
  await library.scan()
  return library.view
}

function titles(view: LibraryView, question: SongQuestion): string[] {
  return view
    .songs(question)
    .slice(0, 100)
    .map(({ title }) => title)
}

test('songs are sorted without articles, letters first, and headed by letter', async (t) => {
  const view = await openRecords(t)

  const listing = view.songs({ sort: 'title' })

  assert.deepEqual(titles(view, { sort: 'title' }), [
    'Ångström',
    'Blue',
    'Come Together',
    'The End',
    'Jóga',
    '1979',
    'Высота',
  ])
  assert.deepEqual(listing.sortHeaders(), [
    { letter: 'A', index: 0, count: 1 },
    { letter: 'B', index: 1, count: 1 },
    { letter: 'C', index: 2, count: 1 },
    { letter: 'E', index: 3, count: 1 },
    { letter: 'J', index: 4, count: 1 },
    { letter: '0', index: 5, count: 2 },
  ])
  assert.deepEqual(titles(view, { sort: 'title', isDescending: true }).at(-1), 'Ångström')
  assert.deepEqual(
    [...listing.ids()],
    listing.slice(0, 99).map(({ id }) => id),
  )
  assert.deepEqual(
    [listing.slice(5, 99).length, listing.slice(-3, 1).length, listing.slice(9, 2).length],
    [2, 1, 0],
  )
})

test('album order is artist, album, disc, track', async (t) => {
  const view = await openRecords(t)

  assert.deepEqual(titles(view, {}), [
    'Come Together',
    'The End',
    'Jóga',
    'Blue',
    'Ångström',
    '1979',
    'Высота',
  ])
})

test('filters compare by folded case and accents, whole, in part, or not at all', async (t) => {
  const view = await openRecords(t)
  const found = (filter: SongFilter) => titles(view, { filter, sort: 'title' })
  const artist = (match: 'exact' | 'contains' | 'startsWith' | 'endsWith', value: string) =>
    found({ text: 'anyArtist', match, value })

  assert.deepEqual(artist('exact', 'BJORK'), ['Jóga'])
  assert.deepEqual(artist('contains', 'beat'), ['Come Together', 'The End'])
  assert.deepEqual(artist('startsWith', 'the '), ['Come Together', 'The End', '1979'])
  assert.deepEqual(artist('endsWith', 'chell'), ['Blue'])
  assert.deepEqual(artist('exact', 'beat'), [])
  assert.deepEqual(found({ text: 'album', match: 'empty', value: '' }), ['Ångström'])
  assert.deepEqual(found({ text: 'title', match: 'contains', value: 'высо' }), ['Высота'])
  const folk: SongFilter = { text: 'genre', match: 'exact', value: 'folk' }
  assert.deepEqual(found({ and: [folk, { not: { number: 'year', equals: 1971n } }] }), ['Высота'])
  assert.deepEqual(found({ or: [folk, { number: 'year', equals: 1997n }] }), ['Blue', 'Jóga', 'Высота'])
  assert.deepEqual(found({ none: true }), [])
  assert.deepEqual(found({ not: { none: true } }).length, 7)
  assert.deepEqual(found({ number: 'year', equals: -1n }), [])
  assert.deepEqual(found({ number: 'persistentId', equals: 2n ** 64n - 1n }), [])
})

test('ids find their song, album and artist', async (t) => {
  const view = await openRecords(t)
  const [song] = view.songs({ filter: { text: 'title', match: 'exact', value: 'The End' } }).slice(0, 1)
  assert.ok(song)

  assert.equal(view.song(song.id)?.title, 'The End')
  assert.equal(view.songByPersistentId(song.persistentId)?.id, song.id)
  assert.equal(view.song(999_999), undefined)
  assert.equal(view.songByPersistentId(1n), undefined)
  assert.deepEqual(titles(view, { filter: { number: 'id', equals: BigInt(song.id) } }), ['The End'])
  assert.deepEqual(titles(view, { filter: { number: 'albumId', equals: song.albumId } }), [
    'Come Together',
    'The End',
  ])
  assert.deepEqual(titles(view, { filter: { number: 'artistId', equals: song.artistId } }), [
    'Come Together',
    'The End',
  ])
  assert.ok(song.persistentId < 2n ** 53n && song.persistentId > 0n)
  assert.equal(song.titleSort, 'End')
  assert.equal(song.path.endsWith('0.mp3'), true)
})

test('albums and artists carry the counts of the songs that pass', async (t) => {
  const view = await openRecords(t)
  const rock: SongFilter = { text: 'title', match: 'exact', value: 'The End' }

  const albums = view.albums({})
  assert.deepEqual(
    albums.slice(0, 9).map(({ name, artist, songCount }) => [name, artist, songCount]),
    [
      ['Abbey Road', 'The Beatles', 2],
      ['Blue', 'Joni Mitchell', 1],
      ['Homogenic', 'Björk', 1],
      ['Mellon Collie', 'The Smashing Pumpkins', 1],
      ['Песни', 'Высоцкий', 1],
    ],
    'the nameless album is left out',
  )
  assert.deepEqual(
    view
      .albums({ sort: 'artist' })
      .slice(0, 2)
      .map(({ name }) => name),
    ['Abbey Road', 'Homogenic'],
  )
  assert.deepEqual(
    view
      .albums({ filter: rock })
      .slice(0, 9)
      .map(({ songCount }) => songCount),
    [1],
  )
  assert.deepEqual(
    view
      .artists({})
      .slice(0, 9)
      .map(({ name, albumCount }) => [name, albumCount]),
    [
      ['The Beatles', 1],
      ['Björk', 1],
      ['Joni Mitchell', 1],
      ['Nobody', 0],
      ['The Smashing Pumpkins', 1],
      ['Высоцкий', 1],
    ],
  )
  const [first] = albums.slice(0, 1)
  assert.equal(view.album(first?.id ?? 0)?.songCount, 2)
  assert.equal(view.artist(99_999), undefined)
  assert.deepEqual(view.distinct('genre').slice(0, 9), ['Electronic', 'Folk', 'Rock'])
  assert.deepEqual(view.distinct('composer').slice(0, 9), ['Corgan'])
})

test('search takes words by their beginning, anywhere, best first', async (t) => {
  const view = await openRecords(t)
  const found = (text: string) => view.search(text, 10).songs.map(({ title }) => title)

  assert.deepEqual(found('blu'), ['Blue'])
  assert.deepEqual(found('end beat'), ['The End'])
  assert.deepEqual(found('JOGA bjork'), ['Jóga'])
  assert.deepEqual(found('выс'), ['Высота'])
  assert.deepEqual(found('oga'), [], 'not the middle of a word')
  assert.deepEqual(found(' ,.- '), [])
  assert.deepEqual(view.search('the', 2), { songs: view.search('the', 2).songs, total: 3 })
  assert.equal(found('the')[0], 'The End', 'a title counts more than an artist')
})

test('the built-in playlists are there, podcasts only when there are any', async (t) => {
  const music = musicFolder(t)
  addAll(music, [{ title: 'Song' }, { title: 'Talk', genre: 'Podcast' }])
  const library = await music.open()
  assert.deepEqual(
    library.view.playlists().map(({ name }) => name),
    ['Library', 'Music'],
  )

  await library.scan()

  const { view } = library
  assert.deepEqual(
    view
      .playlists()
      .map(({ id, name, kind, specialNumber, songCount }) => [id, name, kind, specialNumber, songCount]),
    [
      [1, 'Library', 'base', 0, 2],
      [2, 'Music', 'special', 6, 1],
      [3, 'Podcasts', 'special', 1, 1],
      [100, 'Recently Added', 'smart', 0, 2],
    ],
  )
  assert.deepEqual(titles(view, { playlistId: 2 }), ['Song'])
  assert.deepEqual(view.songs({ playlistId: 2 }).entries()?.length, 1)
  assert.equal(view.songs({}).entries(), undefined)
  assert.equal(view.songs({ playlistId: 77 }).length, 0)
})

test('a rating and a play are kept, shown in a new view, and the old view stays as it was', async (t) => {
  const music = musicFolder(t)
  addAll(music, [{ title: 'Song', popm: 196 }])
  const library = await music.open()
  await library.scan()
  const before = library.view
  const [song] = before.songs({}).slice(0, 1)
  assert.ok(song)
  assert.equal(song.ratingPercent, 80, 'four stars from the tag')
  const told = library.changedSince(before.revision, AbortSignal.timeout(5000))

  library.setRating(song.id, 40)
  library.setLiked(song.id, 2)
  library.countPlay(song.id)
  library.countSkip(song.id)

  assert.ok((await told).revision > before.revision)
  assert.equal(song.ratingPercent, 80)
  await library.close()
  const { view } = await music.open()
  const again = view.song(song.id)
  assert.deepEqual([again?.ratingPercent, again?.playCount, again?.skipCount], [40, 1, 1])
  assert.deepEqual([song.likedState, again?.likedState], [0, 2])
  assert.ok((again?.lastPlayedAt ?? 0) > 1_600_000_000)
  assert.equal(view.revision, library.view.revision)
  assert.throws(() => library.setRating(999, 20), { code: 'NOT_FOUND' })
})

test('tags: AC/DC stays whole, a compilation is one album, untagged files speak by their place', async (t) => {
  const music = musicFolder(t)
  music.add(
    'a.mp3',
    mp3({ title: 'T.N.T.', artist: 'AC/DC', composer: 'Young/Scott', disc: '2/3', comment: 'loud' }),
  )
  music.add('b.mp3', mp3({ title: 'One', artist: 'X', album: 'Hits', isCompilation: true }, { seed: 2 }))
  music.add('c.flac', flac({ title: 'Two', artist: 'Y', album: 'Hits', isCompilation: true }, { seed: 3 }))
  music.add('Some Band/Some Record/CD 2/07 - A_Song.wav', wav())
  const library = await music.open()

  await library.scan()

  const byTitle = new Map(
    library.view
      .songs({})
      .slice(0, 9)
      .map((song) => [song.title, song]),
  )
  const loud = byTitle.get('T.N.T.')
  assert.deepEqual(
    [loud?.artist, loud?.composer, loud?.discNumber, loud?.discCount, loud?.comment],
    ['AC/DC', 'Young/Scott', 2, 3, 'loud'],
  )
  assert.equal(byTitle.get('One')?.albumArtist, 'Various Artists')
  assert.equal(byTitle.get('One')?.albumId, byTitle.get('Two')?.albumId)
  const untagged = byTitle.get('A Song')
  assert.deepEqual(
    [untagged?.artist, untagged?.album, untagged?.trackNumber, untagged?.discNumber],
    ['Some Band', 'Some Record', 7, 2],
  )
})

test('articles of the chosen language are the ones ignored', async (t) => {
  const music = musicFolder(t)
  addAll(music, [{ title: 'Die Moldau' }, { title: 'Moldau' }, { title: 'The Moldau' }])
  const german = await music.open({ language: 'de' })
  await german.scan()

  assert.deepEqual(titles(german.view, { sort: 'title' }), ['Die Moldau', 'Moldau', 'The Moldau'])
  assert.equal(german.view.songs({ sort: 'title' }).sortHeaders()[0]?.letter, 'M')
  assert.deepEqual(german.view.songs({ sort: 'title' }).sortHeaders()[1], { letter: 'T', index: 2, count: 1 })
})

function picture(width: number, height: number, format: 'jpeg' | 'png' = 'jpeg'): Promise<Buffer> {
  const plain = sharp({ create: { width, height, channels: 3, background: 'teal' } })
  return plain.toFormat(format).toBuffer()
}

test('artwork is the embedded picture or the one in the folder, fitted into the box, never enlarged', async (t) => {
  const music = musicFolder(t)
  const inside = await picture(800, 400)
  music.add('A/a.mp3', mp3({ title: 'Inside', artist: 'A', album: 'A', picture: inside }))
  music.add('B/b.mp3', mp3({ title: 'Beside', artist: 'B', album: 'B' }, { seed: 2 }))
  music.add('B/Cover.PNG', await picture(100, 100, 'png'))
  music.add('C/c.mp3', mp3({ title: 'None', artist: 'C', album: 'C' }, { seed: 3 }))
  music.add(
    'D/d.mp3',
    mp3({ title: 'Broken', artist: 'D', album: 'D', picture: Buffer.alloc(4000, 9) }, { seed: 4 }),
  )
  const library = await music.open()
  await library.scan()
  const idOf = new Map(
    library.view
      .songs({})
      .slice(0, 9)
      .map(({ title, id }) => [title, id]),
  )
  const art = (title: string, box = {}) => library.songArtwork(idOf.get(title) ?? 0, box)

  assert.deepEqual(Buffer.from((await art('Inside'))?.bytes ?? []), inside, 'no box: as it is')
  const small = await art('Inside', { maxWidth: 200, maxHeight: 200 })
  const { width, height, format } = await sharp(small?.bytes).metadata()
  assert.deepEqual([width, height, format, small?.mimeType], [200, 100, 'jpeg', 'image/jpeg'])
  const beside = await art('Beside', { maxWidth: 600, maxHeight: 600 })
  assert.deepEqual([(await sharp(beside?.bytes).metadata()).width, beside?.mimeType], [100, 'image/png'])
  assert.equal(await art('None'), undefined)
  assert.equal(await art('Broken', { maxWidth: 50 }), undefined)
  assert.equal(library.view.song(idOf.get('None') ?? 0)?.hasArtwork, false)
  const [album] = library.view.albums({}).slice(0, 1)
  const [artist] = library.view.artists({}).slice(0, 1)
  assert.ok(await library.albumArtwork(album?.id ?? 0, { maxWidth: 60 }))
  assert.ok(await library.artistArtwork(artist?.id ?? 0, { maxWidth: 60 }))
  assert.equal(await library.albumArtwork(12_345, {}), undefined)
  assert.ok(readdirSync(join(music.dataDirectory, 'artwork')).length >= 3, 'they are kept')
})

test('artwork that comes to a folder later is seen after the next scan', async (t) => {
  const music = musicFolder(t)
  music.add('A/a.mp3', mp3({ title: 'Song' }))
  const library = await music.open()
  await library.scan()
  const { revision } = library.view

  music.add('A/folder.jpg', await picture(50, 50))
  await library.scan()

  const [song] = library.view.songs({}).slice(0, 1)
  assert.equal(song?.hasArtwork, true)
  assert.ok(library.view.revision > revision)
  assert.ok(await library.songArtwork(song?.id ?? 0, {}))
})
