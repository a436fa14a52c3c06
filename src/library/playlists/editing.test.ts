import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { type MusicFolder, musicFolder } from '../../../test/fakes/music-folder.ts'
import type { ErrorCode } from '../../errors.ts'
import { openSqlite } from '../database.ts'
import type { Library } from '../types.ts'
import {
  type Entries,
  noEntries,
  readEntries,
  storedEntries,
  withMove,
  withoutEntries,
  withSongs,
} from './entries.ts'

type Context = Parameters<typeof musicFolder>[0]

async function libraryOf(
  t: Context,
  titles: readonly string[],
): Promise<{ music: MusicFolder; library: Library }> {
  const music = musicFolder(t)
  for (const [index, title] of titles.entries())
    music.add(
      `${title}.mp3`,
      mp3({ title, artist: 'A', album: 'B', track: `${index + 1}` }, { seed: index, seconds: 0.1 }),
    )
  const library = await music.open()
  await library.scan()
  return { music, library }
}

function songId({ view }: Library, title: string): number {
  const [song] = view.songs({ filter: { text: 'title', match: 'exact', value: title } }).slice(0, 1)
  assert.ok(song, title)
  return song.id
}

function titlesIn({ view }: Library, playlistId: number): string[] {
  const listing = view.songs({ playlistId })
  return listing.slice(0, listing.length).map(({ title }) => title)
}

function refused(code: ErrorCode) {
  return (error: { code?: string }) => error.code === code
}

test('a playlist is made, filled, ordered, renamed and deleted, and every change raises the revision', async (t) => {
  const { library } = await libraryOf(t, ['One', 'Two', 'Three'])
  const [one, two, three] = ['One', 'Two', 'Three'].map((title) => songId(library, title)) as [
    number,
    number,
    number,
  ]
  const revisions = [library.view.revision]
  const said = () => revisions.push(library.view.revision)
  const { playlists } = library

  const id = playlists.make('  Road\ttrip ')
  said()
  const entries = playlists.add(id, [one, two, one])
  said()
  const [last] = playlists.add(id, [three])
  said()
  assert.deepEqual(titlesIn(library, id), ['One', 'Two', 'One', 'Three'])
  playlists.move(id, [{ entryId: last ?? 0, behindEntryId: 0 }])
  said()
  assert.deepEqual(titlesIn(library, id), ['Three', 'One', 'Two', 'One'])
  playlists.removeEntries(id, [entries[0] ?? 0])
  said()
  assert.deepEqual(titlesIn(library, id), ['Three', 'Two', 'One'])
  playlists.rename(id, 'Journey')
  said()

  const shown = library.view.playlist(id)
  assert.deepEqual(
    [shown?.name, shown?.kind, shown?.songCount, shown?.editing],
    ['Journey', 'edited', 3, 'songs'],
  )
  assert.deepEqual(
    library.view
      .songs({ playlistId: id })
      .entries()
      ?.map(({ entryId }) => entryId),
    [last, entries[1], entries[2]],
    'an entry keeps its id',
  )
  playlists.remove(id)
  said()
  assert.equal(library.view.playlist(id), undefined)
  assert.deepEqual(
    revisions,
    revisions.toSorted((a, b) => a - b),
  )
  assert.equal(new Set(revisions).size, revisions.length)
})

test('whoever waits for a change is told of an edit', async (t) => {
  const { library } = await libraryOf(t, ['One'])
  const told = library.changedSince(library.view.revision, new AbortController().signal)

  const id = library.playlists.make('New')

  assert.equal((await told).playlist(id)?.name, 'New')
})

test('playlists, their ids and those of their entries outlast restarts, rescans and moved files', async (t) => {
  const { music, library } = await libraryOf(t, ['One', 'Two'])
  const id = library.playlists.make('Kept')
  const entryIds = library.playlists.add(id, [songId(library, 'Two'), songId(library, 'One')])
  const persistentId = library.view.playlist(id)?.persistentId
  await library.close()

  const again = await music.open()
  await again.scan({ isFull: true })

  assert.deepEqual(titlesIn(again, id), ['Two', 'One'])
  assert.equal(again.view.playlist(id)?.persistentId, persistentId)
  assert.deepEqual(
    again.view
      .songs({ playlistId: id })
      .entries()
      ?.map(({ entryId }) => entryId),
    entryIds,
  )
  const [next] = again.playlists.add(id, [songId(again, 'One')])
  assert.ok(!entryIds.includes(next ?? 0), 'no entry id is given twice')
  again.playlists.remove(id)
  assert.notEqual(again.playlists.make('Next'), id, 'nor a playlist id')
})

test('what cannot be edited says so, and an edit that fails changes nothing', async (t) => {
  const { library } = await libraryOf(t, ['One'])
  const { playlists } = library
  const one = songId(library, 'One')
  const id = playlists.make('Mine')
  const [entry] = playlists.add(id, [one])
  const recent = library.view.playlists().find(({ name }) => name === 'Recently Added')?.id ?? 0
  const before = library.view.revision

  assert.throws(() => playlists.add(1, [one]), refused('PLAYLIST_NOT_EDITABLE'))
  assert.throws(() => playlists.add(recent, [one]), refused('PLAYLIST_NOT_EDITABLE'))
  assert.throws(() => playlists.rename(2, 'Noise'), refused('PLAYLIST_NOT_EDITABLE'))
  assert.throws(() => playlists.remove(9999), refused('NOT_FOUND'))
  assert.throws(() => playlists.add(id, [one, 9999]), refused('NOT_FOUND'))
  assert.throws(() => playlists.add(id, []), refused('NOT_FOUND'))
  assert.throws(() => playlists.removeEntries(id, [entry ?? 0, 77]), refused('NOT_FOUND'))
  assert.throws(() => playlists.move(id, [{ entryId: 77, behindEntryId: 0 }]), refused('NOT_FOUND'))
  assert.throws(() => playlists.move(id, [{ entryId: entry ?? 0, behindEntryId: 77 }]), refused('NOT_FOUND'))
  assert.throws(() => playlists.make(' \n '), refused('BAD_REQUEST'))
  assert.throws(() => playlists.make('x'.repeat(256)), refused('BAD_REQUEST'))
  assert.throws(() => playlists.add(id, new Array<number>(100_000).fill(one)), refused('PLAYLIST_FULL'))
  assert.deepEqual(titlesIn(library, id), ['One'])
  assert.equal(library.view.revision, before)
})

test('an edit is in the database when it returns', async (t) => {
  const { music, library } = await libraryOf(t, ['One'])
  const other = openSqlite(join(music.dataDirectory, 'library.db'), { isReadOnly: true })
  t.after(() => other.close())

  const id = library.playlists.make('Sure')
  library.playlists.add(id, [songId(library, 'One')])

  const row = other.get<{ name: string; entries: Uint8Array }>(
    'SELECT name, entries FROM playlists WHERE id = ?',
    id,
  )
  assert.equal(row?.name, 'Sure')
  assert.deepEqual(readEntries(row?.entries ?? new Uint8Array()), [
    { entryId: 1, songId: songId(library, 'One') },
  ])
})

test('a list of 100,000 entries is edited at once', async (t) => {
  const { library } = await libraryOf(t, ['One', 'Two'])
  const id = library.playlists.make('Long')
  const one = songId(library, 'One')
  library.playlists.add(id, new Array<number>(99_999).fill(one))

  const [last] = library.playlists.add(id, [songId(library, 'Two')])
  library.playlists.move(id, [{ entryId: last ?? 0, behindEntryId: 0 }])

  assert.equal(library.view.playlist(id)?.songCount, 100_000)
  assert.equal(library.view.songs({ playlistId: id }).slice(0, 1)[0]?.title, 'Two')
})

test('an export can be read by other programs, whatever the names', async (t) => {
  const { music, library } = await libraryOf(t, ['One', 'Two'])
  music.add('odd\n\x1b[31mname.mp3', mp3({ title: 'Odd\nname', artist: 'Ö' }, { seed: 9, seconds: 0.6 }))
  await library.scan()
  const id = library.playlists.make('Abroad')
  library.playlists.add(
    id,
    ['Two', 'One'].map((title) => songId(library, title)),
  )
  const [odd] = library.view.songs({ filter: { text: 'anyArtist', match: 'exact', value: 'ö' } }).slice(0, 1)
  library.playlists.add(id, [odd?.id ?? 0])

  const lines = library.playlists.exportM3u8(id).split('\n')

  assert.deepEqual(lines.slice(0, 4), [
    '#EXTM3U',
    '#PLAYLIST:Abroad',
    '#EXTINF:0,A - Two',
    join(music.path, 'Two.mp3'),
  ])
  assert.deepEqual(lines.slice(6), [
    '#EXTINF:1,Ö - Odd name',
    `file://${music.path}/odd%0A%1B%5B31mname.mp3`,
    '',
  ])
})

// --- the entries alone

test('any edits keep each entry once, and what is stored is what was there', () => {
  const edit = fc.oneof(
    fc.record({ add: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }) }),
    fc.record({ remove: fc.nat() }),
    fc.record({ move: fc.nat(), behind: fc.nat() }),
  )
  const idAt = ({ list }: Entries, place: number) => list[place % Math.max(1, list.length)]?.entryId ?? 0

  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
      let entries = noEntries
      const model: number[] = []
      for (const one of edits) {
        if ('add' in one) {
          model.push(...one.add.map((_, index) => entries.nextEntryId + index))
          entries = withSongs(entries, one.add)
        } else if (entries.list.length > 0 && 'remove' in one) {
          const id = idAt(entries, one.remove)
          model.splice(model.indexOf(id), 1)
          entries = withoutEntries(entries, [id])
        } else if (entries.list.length > 0 && 'move' in one) {
          const [id, behind] = [idAt(entries, one.move), one.behind % 3 === 0 ? 0 : idAt(entries, one.behind)]
          entries = withMove(entries, { entryId: id, behindEntryId: behind })
          if (id !== behind) {
            model.splice(model.indexOf(id), 1)
            model.splice(behind === 0 ? 0 : model.indexOf(behind) + 1, 0, id)
          }
        }
        assert.deepEqual(
          entries.list.map(({ entryId }) => entryId),
          model,
        )
        assert.deepEqual(readEntries(storedEntries(entries.list)), entries.list)
      }
    }),
  )
})
