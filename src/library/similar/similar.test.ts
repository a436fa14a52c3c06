import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { mp3, type Tags } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { playedWith } from './plays.ts'

async function libraryOf(t: TestContext, all: readonly Tags[]) {
  const music = musicFolder(t)
  for (const [seed, tags] of all.entries()) music.add(`${seed}.mp3`, mp3(tags, { seed, seconds: 0.2 }))
  const library = await music.open()
  await library.scan()
  const idOf = (title: string) => {
    const song = library.view
      .songs({})
      .slice(0, all.length)
      .find((one) => one.title === title)
    return song?.id ?? assert.fail(title)
  }
  return {
    music,
    library,
    idOf,
    like: (title: string, limit = 10) => library.similarTo(idOf(title), limit).map((song) => song.title),
  }
}

/** As one more of the jazz records. */
function jazzed(tags: Tags): Tags {
  return Object.assign({}, tags, jazz)
}

const jazz = { genre: 'Jazz', year: '1959' }
const records: readonly Tags[] = [
  { title: 'So What', artist: 'Miles Davis', album: 'Kind of Blue', ...jazz },
  { title: 'Blue in Green', artist: 'Miles Davis', album: 'Kind of Blue', ...jazz },
  { title: 'Take Five', artist: 'Dave Brubeck', album: 'Time Out', ...jazz },
  { title: 'Hard Bop', artist: 'Somebody', album: 'Late', genre: 'Jazz Fusion', year: '1995' },
  { title: 'Aria', artist: 'Bach', album: 'Goldberg', genre: 'Baroque', year: '1981' },
  { title: 'Lesson', artist: 'Teacher', album: 'Course', genre: 'Spoken' },
]

test('songs like a song share its artist or genre, those of its time come first', async (t) => {
  const { like } = await libraryOf(t, records)

  const found = like('So What')

  assert.deepEqual(found.toSorted(), ['Blue in Green', 'Hard Bop', 'Take Five'])
  assert.equal(found.at(-1), 'Hard Bop')
})

test('a song that shares nothing with any other has none like it', async (t) => {
  const { library, idOf, like } = await libraryOf(t, records)

  assert.deepEqual(like('Lesson'), [])
  assert.deepEqual([library.hasSimilar(idOf('Lesson')), library.hasSimilar(idOf('Aria'))], [false, false])
  assert.equal(library.hasSimilar(idOf('Take Five')), true)
  assert.throws(() => library.similarTo(999, 10), { code: 'NOT_FOUND' })
})

test('what is played together belongs together, also after a restart', async (t) => {
  const { library, music, idOf, like } = await libraryOf(t, records)
  const before = library.hasSimilar(idOf('Lesson'))
  for (const title of ['Lesson', 'Aria', 'Lesson', 'Aria']) library.countPlay(idOf(title))

  const found = like('Lesson')
  const after = library.hasSimilar(idOf('Lesson'))
  await library.close()
  const again = await music.open()

  assert.deepEqual([before, after], [false, true])
  assert.deepEqual(found, ['Aria'])
  assert.deepEqual(
    again.similarTo(idOf('Lesson'), 10).map(({ title }) => title),
    ['Aria'],
  )
})

test('what somebody dislikes is left out, what is liked and well rated moves up', async (t) => {
  const { library, idOf, like } = await libraryOf(
    t,
    ['Seed', 'Plain', 'Stars', 'Liked', 'Not me'].map((title) =>
      jazzed({ title, artist: title, album: 'All' }),
    ),
  )
  library.setRating(idOf('Stars'), 100)
  library.setLiked(idOf('Stars'), 2)
  library.setLiked(idOf('Not me'), 3)

  const found = like('Seed')

  assert.equal(found[0], 'Stars')
  assert.deepEqual(found.toSorted(), ['Liked', 'Plain', 'Stars'])
})

test('no artist fills the list while there are others, and no song is there twice', async (t) => {
  const many = Array.from({ length: 12 }, (_, at) => ({ title: `Mine ${at}`, artist: 'Mine', album: 'One' }))
  const others = Array.from({ length: 6 }, (_, at) => ({ title: `Other ${at}`, artist: `Other ${at}` }))
  const live = { title: 'Mine 3', artist: 'Mine', album: 'Live' }
  const { like } = await libraryOf(t, [...many, ...others, live].map(jazzed))

  const found = like('Mine 0', 10)

  assert.equal(found.length, 10)
  assert.ok(found.filter((title) => title.startsWith('Other')).length >= 3, found.join())
  assert.equal(new Set(found).size, 10)
})

test('together is what comes close in the order of plays and within an hour', () => {
  const plays = [
    { songId: 1, playedAt: 0 },
    { songId: 2, playedAt: 200 },
    { songId: 3, playedAt: 400 },
    { songId: 4, playedAt: 99_999 },
  ]

  const weights = playedWith(plays, 1)

  assert.deepEqual(
    [...weights],
    [
      [2, 1],
      [3, 0.5],
    ],
  )
})
