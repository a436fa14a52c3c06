// Playlists edited as TunesRemote and Apple's Remote do it, in a real library.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type DaapClient, daapClient, listIn, rows, titles } from '../../../test/fakes/daap-client.ts'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import type { Library } from '../../library/index.ts'
import { child, children, type DmapContainer, pathOf } from '../../protocol/index.ts'

interface Editor {
  readonly library: Library
  readonly client: DaapClient
  /** The inside of `medc`; `params` as they stand in the URL. */
  edit(container: number | undefined, action: string, ...params: readonly string[]): Promise<DmapContainer>
  /** Title and entry id of each song. */
  entries(container: number): Promise<readonly (readonly [string | undefined, number | undefined])[]>
  id(title: string): number
}

async function editor(t: TestContext): Promise<Editor> {
  const music = musicFolder(t)
  for (const [seed, title] of ['Alpha', 'Beta', 'Gamma'].entries())
    music.add(
      `${title}.mp3`,
      mp3(
        { title, artist: 'A', album: seed < 2 ? 'One' : 'Two', track: `${seed + 1}` },
        { seed, seconds: 0.1 },
      ),
    )
  const library = await music.open()
  await library.scan()
  const client = daapClient(library)
  return {
    library,
    client,
    async edit(container, action, ...params) {
      const path =
        container === undefined
          ? pathOf('databaseEdit', { database: 1 })
          : pathOf('containerEdit', { database: 1, container })
      const query = [`action=${action}`, ...params.map((text) => `edit-params=${text}`)].join('&')
      return listIn(await client.get(`${path}?${query}`), 'medc')
    },
    async entries(container) {
      const answer = await client.get(
        `/databases/1/containers/${container}/items?meta=dmap.itemname,dmap.containeritemid`,
      )
      return rows(answer, 'apso').map((row) => [child(row, 'minm'), child(row, 'mcti')] as const)
    },
    id: (title) =>
      library.view.songs({ filter: { text: 'title', match: 'exact', value: title } }).ids()[0] ?? 0,
  }
}

function status(answer: DmapContainer): number | undefined {
  return child(answer, 'mstt')
}

function addedEntries(answer: DmapContainer): (number | undefined)[] {
  return children(answer, 'mlit').map((row) => child(row, 'mcti'))
}

async function madePlaylist({ edit }: Editor, name: string): Promise<number> {
  const answer = await edit(undefined, 'add', `'dmap.itemname:${name}'`)
  assert.equal(status(answer), 200)
  return child(answer, 'miid') ?? 0
}

test('the whole life of a playlist, request by request', async (t) => {
  const remote = await editor(t)
  const { client, edit, entries, id, library } = remote
  const playlist = await madePlaylist(remote, 'Road%20trip')

  const one = await edit(playlist, 'add', `'dmap.itemid:${id('Gamma')}'`)
  const many = await edit(playlist, 'add', "'daap.songalbum:One'")

  assert.deepEqual([status(one), addedEntries(one)], [200, [1]])
  assert.deepEqual([status(many), addedEntries(many)], [200, [2, 3]])
  assert.deepEqual(await entries(playlist), [
    ['Gamma', 1],
    ['Alpha', 2],
    ['Beta', 3],
  ])

  assert.equal(status(await edit(playlist, 'move', "'edit-param.move-pair:1,2'")), 200)
  assert.equal(status(await edit(playlist, 'move', "'edit-param.move-pair:3,0'")), 200)
  assert.deepEqual(await entries(playlist), [
    ['Beta', 3],
    ['Alpha', 2],
    ['Gamma', 1],
  ])

  assert.equal(status(await edit(playlist, 'remove', "'dmap.containeritemid:2'")), 200)
  assert.equal(status(await edit(playlist, 'rename', "'dmap.itemname:Rock 'n\\\' *roll*'")), 200)
  const lists = rows(await client.get('/databases/1/containers?meta=all'), 'aply')
  assert.deepEqual(await entries(playlist), [
    ['Beta', 3],
    ['Gamma', 1],
  ])
  assert.equal(titles(lists).at(-1), "Rock 'n' *roll*")

  assert.equal(status(await edit(undefined, 'remove', `'dmap.itemid:${playlist}'`)), 200)
  assert.equal(library.view.playlist(playlist), undefined)
})

test('several songs, entries and moves go in one request, songs in the order in which they are named', async (t) => {
  const remote = await editor(t)
  const { edit, entries, id } = remote
  const playlist = await madePlaylist(remote, 'Several')
  const [alpha, beta, gamma] = ['Alpha', 'Beta', 'Gamma'].map(id)

  await edit(playlist, 'add', `('dmap.itemid:${gamma}','dmap.itemid:${alpha}')`, `'dmap.itemid:${beta}'`)
  await edit(playlist, 'move', "'edit-param.move-pair:3,0'", "'edit-param.move-pair:1,3'")
  assert.deepEqual(await entries(playlist), [
    ['Beta', 3],
    ['Gamma', 1],
    ['Alpha', 2],
  ])

  await edit(playlist, 'remove', "('dmap.containeritemid:3','dmap.containeritemid:2')")
  assert.deepEqual(await entries(playlist), [['Gamma', 1]])
})

test('each edit is told to those who wait for /update', async (t) => {
  const { library, edit } = await editor(t)
  const told = library.changedSince(library.view.revision, new AbortController().signal)

  const answer = await edit(undefined, 'add', "'dmap.itemname:New'")

  assert.equal((await told).playlist(child(answer, 'miid') ?? 0)?.name, 'New')
})

test('a client is told what it may edit', async (t) => {
  const remote = await editor(t)
  const { client, library } = remote
  await madePlaylist(remote, 'Mine')
  library.playlists.makeSmart('name = "Clever"')
  library.countPlay(remote.id('Beta'))

  const lists = rows(await client.get('/databases/1/containers'), 'aply')
  const databases = rows(await client.get('/databases'), 'avdb')
  const serverInfo = listIn(await client.get('/server-info'), 'msrv')

  assert.deepEqual(
    lists.map((row) => [child(row, 'minm'), child(row, 'aeSP'), child(row, 'meds')]),
    [
      ['Library', undefined, undefined],
      ['Music', 1, undefined],
      ['Recently Added', 1, 100],
      ['Recently Played', 1, 100],
      ['Top 25 Most Played', 1, 96],
      ['Clever', 1, 100],
      ['Mine', undefined, 103],
    ],
  )
  assert.deepEqual([child(databases[0] ?? [], 'meds'), child(serverInfo, 'msed')], [3, 1])
})

test('what cannot be done is said in medc, and changes nothing', async (t) => {
  const remote = await editor(t)
  const { edit, library, id, entries } = remote
  const playlist = await madePlaylist(remote, 'Mine')
  await edit(playlist, 'add', `'dmap.itemid:${id('Alpha')}'`)
  const smart = library.view.playlists().find(({ name }) => name === 'Recently Added')?.id ?? 0
  const before = library.view.revision
  const wrong: readonly (readonly [container: number | undefined, action: string, ...params: string[]])[] = [
    [smart, 'add', `'dmap.itemid:${id('Alpha')}'`],
    [smart, 'remove', `'dmap.containeritemid:${id('Alpha')}'`],
    [1, 'add', `'dmap.itemid:${id('Alpha')}'`],
    [1, 'rename', "'dmap.itemname:Mine'"],
    [4711, 'rename', "'dmap.itemname:Mine'"],
    [playlist, 'add', "'dmap.itemid:4711'"],
    [playlist, 'add', "'daap.songcolour:red'"],
    [playlist, 'add', "'daap.songalbum!:"],
    [playlist, 'add', ''],
    [playlist, 'add'],
    [playlist, 'remove', "'dmap.containeritemid:9'"],
    [playlist, 'remove', "'dmap.containeritemid!:1'"],
    [playlist, 'remove', "'dmap.itemid:1'"],
    [playlist, 'move', "'edit-param.move-pair:1,9'"],
    [playlist, 'move', "'edit-param.move-pair:1'"],
    [playlist, 'move', "'edit-param.move-pair:99999999999,0'"],
    [playlist, 'rename', "'dmap.itemname:'"],
    [playlist, 'rename', `'dmap.itemname:${'x'.repeat(300)}'`],
    [playlist, 'refresh'],
    [playlist, 'constructor', "'dmap.itemid:1'"],
    [undefined, 'add', "'dmap.itemname:'"],
    [undefined, 'add', "'dmap.itemid:1'"],
    [undefined, 'remove', "'dmap.itemid:1'"],
    [undefined, 'remove', "'dmap.itemid:-1'"],
    [undefined, 'drop', "'dmap.itemid:1'"],
  ]

  for (const [container, action, ...params] of wrong) {
    const answer = await edit(container, action, ...params)
    assert.equal(status(answer), 500, `${action} ${params}`)
    assert.notEqual(child(answer, 'msts') ?? '', '', `${action} ${params}`)
  }
  assert.equal(library.view.revision, before)
  assert.deepEqual(await entries(playlist), [['Alpha', 1]])
})
