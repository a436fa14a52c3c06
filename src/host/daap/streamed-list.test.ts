import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daapClient } from '../../../test/fakes/daap-client.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import { type ContentCode, child, children, type DmapContainer } from '../../protocol/index.ts'

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

test('other requests are answered while a long list is made', async () => {
  const done: string[] = []
  const long = client.get('/databases/1/items').then(() => done.push('long list'))
  const turn = new Promise((resolve) => setImmediate(resolve)).then(() => done.push('something else'))

  await Promise.all([long, turn])

  assert.deepEqual(done, ['something else', 'long list'])
})

test('a client that goes takes its list with it', async () => {
  const leaving = new AbortController()
  const asked = daapClient(library, { signal: leaving.signal }).get('/databases/1/items')
  leaving.abort(new Error('the client has gone'))

  await assert.rejects(asked, /has gone/)
})
