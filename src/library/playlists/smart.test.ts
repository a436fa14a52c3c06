import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mp3, type Tags } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { KnownError } from '../../errors.ts'
import type { Library } from '../types.ts'
import { given } from './built-in.ts'
import { readDefinition } from './smart-definition.ts'
import { smartFields } from './smart-fields.ts'

const records: readonly Tags[] = [
  {
    title: 'Come Together',
    artist: 'The Beatles',
    album: 'Abbey Road',
    track: '1',
    genre: 'Rock',
    year: '1969',
  },
  { title: 'The End', artist: 'The Beatles', album: 'Abbey Road', track: '16', genre: 'Rock', year: '1969' },
  { title: 'Blue', artist: 'Joni Mitchell', album: 'Blue', track: '1', genre: 'Folk', year: '1971' },
  { title: 'Jóga', artist: 'Björk', album: 'Homogenic', track: '2', genre: 'Electronic', year: '1997' },
  { title: 'Undated', artist: 'Nobody' },
]

async function recordLibrary(t: Parameters<typeof musicFolder>[0]): Promise<Library> {
  const music = musicFolder(t)
  for (const [seed, tags] of records.entries())
    music.add(`${seed}.mp3`, mp3(tags, { seed, seconds: 0.5 * (seed + 1) }))
  const library = await music.open()
  await library.scan()
  return library
}

/** Titles that a definition without its name finds. */
function found(library: Library, definition: string): string[] {
  const id = library.playlists.makeSmart(`name = "Test"\n${definition}`)
  const titles = titlesIn(library, id)
  library.playlists.remove(id)
  return titles
}

function titlesIn({ view }: Library, playlistId: number): string[] {
  return view
    .songs({ playlistId })
    .slice(0, 1000)
    .map(({ title }) => title)
}

function rules(...all: readonly string[]): string {
  return `rules = [${all.map((rule) => `{ ${rule} }`).join(', ')}]`
}

function idOf({ view }: Library, title: string): number {
  return view.songs({ filter: { text: 'title', match: 'exact', value: title } }).ids()[0] ?? 0
}

test('a preview says what rules find, with and without their limit, and keeps nothing', async (t) => {
  const library = await recordLibrary(t)
  const before = library.view.playlists().length

  const preview = library.playlists.preview(
    `name = "Test"\nlimit = 1\n${rules('field = "genre", op = "is", value = "rock"')}`,
    20,
  )

  assert.deepEqual(preview, {
    songIds: [idOf(library, 'Come Together')],
    songCount: 1,
    matchCount: 2,
    durationMs: library.view.song(idOf(library, 'Come Together'))?.durationMs,
  })
  assert.equal(library.view.playlists().length, before)
  assert.throws(() => library.playlists.preview('rules = 1', 20), { code: 'BAD_RULES' })
})

test('a preview names no more songs than are asked for, and counts them all', async (t) => {
  const library = await recordLibrary(t)
  const definition = `name = "Test"\n${rules('field = "genre", op = "is", value = "rock"')}`

  const { songIds, songCount, durationMs } = library.playlists.preview(definition, 1)
  const whole = library.playlists.preview(definition, 20)

  assert.deepEqual(songIds, whole.songIds.slice(0, 1))
  assert.equal(songCount, 2)
  assert.equal(durationMs, whole.durationMs)
})

test('each kind of field is asked with its own operators', async (t) => {
  const library = await recordLibrary(t)
  library.setRating(idOf(library, 'Blue'), 80)
  const cases: readonly (readonly [rule: string, titles: readonly string[]])[] = [
    ['field = "genre", op = "is", value = "ROCK"', ['Come Together', 'The End']],
    ['field = "genre", op = "is-not", value = "rock"', ['Jóga', 'Blue', 'Undated']],
    ['field = "title", op = "contains", value = "oga"', ['Jóga']],
    ['field = "title", op = "contains-not", value = "e"', ['Jóga']],
    ['field = "artist", op = "begins-with", value = "bj"', ['Jóga']],
    ['field = "title", op = "ends-with", value = "end"', ['The End']],
    ['field = "genre", op = "is-empty"', ['Undated']],
    ['field = "album", op = "is-not-empty"', ['Come Together', 'The End', 'Jóga', 'Blue']],
    ['field = "year", op = "is", value = 1971', ['Blue']],
    ['field = "year", op = "less-than", value = 1971', ['Come Together', 'The End']],
    ['field = "year", op = "at-most", value = 1971', ['Come Together', 'The End', 'Blue']],
    ['field = "year", op = "more-than", value = 1971', ['Jóga']],
    ['field = "year", op = "between", value = [1970, 1999]', ['Jóga', 'Blue']],
    ['field = "rating", op = "at-least", value = 4', ['Blue']],
    ['field = "rating", op = "is", value = 0', ['Come Together', 'The End', 'Jóga', 'Undated']],
    ['field = "time", op = "at-least", value = 2', ['Jóga', 'Undated']],
    ['field = "time", op = "less-than", value = "0:01"', ['Come Together']],
    ['field = "date-added", op = "in-last", value = "1 day"', records.map(() => '')],
    ['field = "date-added", op = "before", value = 2008-10-10', []],
    ['field = "last-played", op = "is-empty"', records.map(() => '')],
    ['field = "compilation", op = "is", value = true', []],
    ['field = "media-kind", op = "is", value = "music"', records.map(() => '')],
  ]

  for (const [rule, titles] of cases) {
    const isCounted = titles.every((title) => title === '')
    const actual = found(library, rules(rule))
    assert.deepEqual(isCounted ? actual.map(() => '') : actual, titles, rule)
  }
})

test('rules are joined by all, any and not, in groups', async (t) => {
  const library = await recordLibrary(t)
  const rock = 'field = "genre", op = "is", value = "Rock"'
  const folk = 'field = "genre", op = "is", value = "Folk"'
  const first = 'field = "track", op = "is", value = 1'

  assert.deepEqual(found(library, rules(rock, first)), ['Come Together'])
  assert.deepEqual(found(library, `match = "any"\n${rules(rock, folk)}`), [
    'Come Together',
    'The End',
    'Blue',
  ])
  assert.deepEqual(found(library, rules(first, `any = [{ ${rock} }, { ${folk} }]`)), [
    'Come Together',
    'Blue',
  ])
  assert.deepEqual(found(library, rules(`not = { any = [{ ${rock} }, { ${folk} }] }`)), ['Jóga', 'Undated'])
  assert.equal(found(library, '').length, records.length, 'no rule: everything')
})

test('an order and a limit: the first so many, so long, so large', async (t) => {
  const library = await recordLibrary(t)

  assert.deepEqual(found(library, 'order = "year"\nlimit = 3'), ['Undated', 'Come Together', 'The End'])
  assert.deepEqual(found(library, 'order = "year"\ndescending = true\nlimit = 2'), ['Jóga', 'Blue'])
  assert.deepEqual(found(library, 'order = "title"\nlimit = 2'), ['Blue', 'Come Together'])
  assert.deepEqual(found(library, 'order = "time"\ndescending = true\nlimit-minutes = 1').length, 5)
  const id = library.playlists.makeSmart('name = "Dice"\norder = "random"')
  const dice = titlesIn(library, id)
  library.setRating(idOf(library, 'Blue'), 20)
  assert.deepEqual(titlesIn(library, id), dice, 'chance is thrown once')
})

test('a live one follows the library, another one stays as it was', async (t) => {
  const library = await recordLibrary(t)
  const best = rules('field = "rating", op = "at-least", value = 4')
  library.setRating(idOf(library, 'Blue'), 100)
  const live = library.playlists.makeSmart(`name = "Live"\n${best}`)
  const frozen = library.playlists.makeSmart(`name = "Frozen"\nlive = false\n${best}`)

  library.setRating(idOf(library, 'The End'), 80)
  library.setRating(idOf(library, 'Blue'), 0)

  assert.deepEqual(titlesIn(library, live), ['The End'])
  assert.deepEqual(titlesIn(library, frozen), ['Blue'])
  library.playlists.redefine(frozen, `name = "Frozen"\nlive = false\n${best}`)
  assert.deepEqual(titlesIn(library, frozen), ['The End'])
  assert.equal(library.view.playlist(live)?.kind, 'smart')
})

test('the lists of iTunes are there as soon as something is in them', async (t) => {
  const library = await recordLibrary(t)
  const names = () => library.view.playlists().map(({ name }) => name)
  assert.deepEqual(names(), ['Library', 'Music', 'Recently Added'])

  library.countPlay(idOf(library, 'Blue'))
  library.countPlay(idOf(library, 'Blue'))
  library.countPlay(idOf(library, 'Jóga'))
  library.setRating(idOf(library, 'The End'), 80)

  assert.deepEqual(names(), [
    'Library',
    'Music',
    'Recently Added',
    'Recently Played',
    'Top 25 Most Played',
    'My Top Rated',
  ])
  const top = library.view.playlists().find(({ name }) => name === 'Top 25 Most Played')
  assert.deepEqual(titlesIn(library, top?.id ?? 0), ['Blue', 'Jóga'])
  assert.equal(top?.gathers, 'top')
})

test('who deletes or renames one of them has the last word, after a restart too', async (t) => {
  const music = musicFolder(t)
  music.add('1.mp3', mp3({ title: 'One' }))
  const library = await music.open()
  await library.scan()
  const added = library.view.playlists().find(({ name }) => name === 'Recently Added')?.id ?? 0
  library.playlists.rename(added, 'Neu "im" Regal')
  library.countPlay(idOf(library, 'One'))
  library.playlists.remove(library.view.playlists().find(({ name }) => name === 'Recently Played')?.id ?? 0)
  await library.close()

  const again = await music.open()

  assert.deepEqual(
    again.view.playlists().map(({ name }) => name),
    ['Library', 'Music', 'Neu "im" Regal', 'Top 25 Most Played'],
  )
  assert.match(again.playlists.definition(added) ?? '', /^name = "Neu \\"im\\" Regal"\nrules/)
})

test('a rule that makes no sense is refused with its place', async (t) => {
  const library = await recordLibrary(t)
  const before = library.view.revision
  const nested = (depth: number): string =>
    depth === 0 ? 'field = "year", op = "is", value = 1' : `not = { ${nested(depth - 1)} }`
  const many = Array.from({ length: 201 }, () => 'field = "year", op = "is", value = 1')
  const group = (depth: number): string =>
    depth === 0 ? '{ field = "year", op = "is", value = 1 }' : `{ all = [${group(depth - 1)}] }`
  const cases: readonly (readonly [definition: string, where: string | undefined])[] = [
    ['rules = 5', 'rules'],
    [rules('field = "colour", op = "is", value = "red"'), 'rules[1].field'],
    [rules('field = "constructor", op = "is", value = "red"'), 'rules[1].field'],
    [rules('field = "year", op = "contains", value = "19"'), 'rules[1].op'],
    [rules('field = "year", op = "toString", value = "19"'), 'rules[1].op'],
    [rules('field = "year", op = "is", value = "MCM"'), 'rules[1].value'],
    [rules('field = "year", op = "is", value = -1'), 'rules[1].value'],
    [rules('field = "year", op = "is", value = inf'), 'rules[1].value'],
    [rules('field = "year", op = "between", value = [2000, 1990]'), 'rules[1].value'],
    [rules('field = "rating", op = "is", value = 6'), 'rules[1].value'],
    [rules('field = "title", op = "is", value = ""'), 'rules[1].value'],
    [rules('field = "last-played", op = "in-last", value = "soon"'), 'rules[1].value'],
    [rules('field = "last-played", op = "after", value = "2026-02-30"'), 'rules[1].value'],
    [rules('field = "year", op = "is", value = 1, colour = "red"'), 'rules[1]'],
    [rules(...many), 'rules[201]'],
    [`rules = [${group(30)}]`, `rules[1]${'.all[1]'.repeat(9)}.all`],
    ['colour = "red"', 'colour'],
    ['match = "some"', 'match'],
    ['order = "comment"', 'order'],
    ['limit = 0', 'limit'],
    ['live = "yes"', 'live'],
    ['rules = [', 'line 2'],
    ['x'.repeat(70_000), ''],
  ]

  for (const [definition, where] of cases)
    assert.throws(
      () => library.playlists.makeSmart(`name = "Bad"\n${definition}`),
      (error) =>
        error instanceof KnownError && error.code === 'BAD_RULES' && error.details['where'] === where,
      definition.slice(0, 80),
    )
  assert.throws(() => library.playlists.makeSmart('rules = []'), { code: 'BAD_RULES' })
  assert.throws(() => library.playlists.makeSmart(`name = "Deep"\n${rules(nested(5000))}`), {
    code: 'BAD_RULES',
  })
  assert.equal(library.view.revision, before)
})

test('every field and every list that comes with the library can be read', () => {
  for (const { definition } of given) assert.ok(readDefinition(definition).isLive)
  for (const [name, { kind }] of Object.entries(smartFields)) {
    const value = { text: '"a"', number: '1', date: '"2008-10-10"', flag: 'true', media: '"podcast"' }[kind]
    assert.ok(readDefinition(`name = "x"\n${rules(`field = "${name}", op = "is", value = ${value}`)}`))
  }
})

test('the page about smart playlists names every field, and its example can be read', () => {
  const page = readFileSync(new URL('../../../docs/smart-playlists.md', import.meta.url), 'utf8')
  const example = /```toml\n(.*?)```/s.exec(page)?.[1] ?? ''

  assert.equal(readDefinition(example).name, 'Nineties, not heard lately')
  for (const name of Object.keys(smartFields)) assert.ok(page.includes(`\`${name}\``), name)
})
