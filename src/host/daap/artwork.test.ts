import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daapClient } from '../../../test/fakes/daap-client.ts'
import { startHost } from '../../../test/fakes/host.ts'
import { fakeLibrary, fakePicture } from '../../../test/fakes/library.ts'
import type { ArtworkBox } from '../../library/index.ts'

const library = fakeLibrary({
  songs: [
    { title: 'Seen', album: 'A', artist: 'Alpha' },
    { title: 'Unseen', album: 'B', artist: 'Beta' },
  ],
  pictures: { Seen: fakePicture },
})
const client = daapClient(library)

test('a song, its album and its artist have the picture', async () => {
  const albumId = library.view.albums({}).slice(0, 1)[0]?.id
  const artistId = library.view.artists({}).slice(0, 1)[0]?.id

  for (const url of [
    '/databases/1/items/11/extra_data/artwork?mw=55&mh=55',
    `/databases/1/groups/${albumId}/extra_data/artwork?mw=55&mh=55&group-type=albums`,
    `/databases/1/groups/${artistId}/extra_data/artwork?group-type=artists`,
  ]) {
    const answer = await client.bytes(url)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['Content-Type'], 'image/jpeg')
    assert.equal(answer.body, fakePicture.bytes)
  }
})

test('a page that has the picture already is not sent it again', async (t) => {
  const { get, login } = await startHost(t, { library })
  const url = `/databases/1/items/11/extra_data/artwork?mw=55&mh=55&session-id=${await login()}`

  const first = await get(url)
  const again = await get(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })

  assert.match(first.headers.get('cache-control') ?? '', /^private, max-age=\d+/)
  assert.deepEqual([again.status, (await again.arrayBuffer()).byteLength], [304, 0])
  assert.equal((await get(url, { headers: { 'if-none-match': '"other"' } })).status, 200)
})

test('no picture is "no content", or an empty 200 for those who would log in again', async () => {
  const url = '/databases/1/items/12/extra_data/artwork?mw=55&mh=55'
  const tunesRemote = daapClient(library, { userAgent: 'Dalvik/2.1.0 (Linux)' })
  const appleRemote = daapClient(library, { userAgent: 'Remote/1021' })

  assert.equal(await client.ask(url), 'no content')
  assert.equal(await client.ask('/databases/1/items/4000000000/extra_data/artwork'), 'no content')
  assert.equal(await appleRemote.ask(url), 'no content')
  assert.deepEqual(await tunesRemote.ask(url), { status: 200, headers: {}, body: undefined })
})

test('the box is read leniently: none, zero, halves, nonsense', async () => {
  const boxes: ArtworkBox[] = []
  const watching = daapClient({
    ...library,
    songArtwork: async (_, box) => {
      boxes.push(box)
      return undefined
    },
  })

  for (const box of ['mw=320&mh=240', 'mw=0', 'mw=55.5&mh=x', 'mw=999999&mh=-1', ''])
    await watching.ask(`/databases/1/items/11/extra_data/artwork?${box}`)

  assert.deepEqual(boxes, [{ maxWidth: 320, maxHeight: 240 }, {}, { maxWidth: 55 }, { maxWidth: 10_000 }, {}])
})
