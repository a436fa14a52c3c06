import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { daapClient } from '../../../test/fakes/daap-client.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import type { BytesAnswer } from '../endpoint.ts'

const sound = randomBytes(300_000)

/** A library of one song, and one whose place a folder has taken. */
function hostWithSong(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-stream-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'song.mp3')
  writeFileSync(path, sound)
  const library = fakeLibrary({
    songs: [
      { title: 'There', path },
      { title: 'Folder', path: folder },
    ],
  })
  const client = daapClient(library)
  return {
    path,
    client,
    stream: (headers: Record<string, string> = {}) => client.bytes('/databases/1/items/11.mp3', headers),
    ask: (file: string) => client.ask(`/databases/1/items/${file}`),
  }
}

async function bodyOf({ body }: BytesAnswer): Promise<Buffer> {
  assert.ok(body instanceof Readable)
  return buffer(body)
}

test('the whole file, with its length', async (t) => {
  const { stream } = hostWithSong(t)

  const answer = await stream()

  assert.equal(answer.status, 200)
  assert.equal(answer.headers['Content-Length'], '300000')
  assert.equal(answer.headers['Content-Type'], 'application/x-dmap-tagged')
  assert.ok((await bodyOf(answer)).equals(sound))
})

test('parts, as iTunes and players ask for them', async (t) => {
  const { stream } = hostWithSong(t)
  const ranges: [asked: string, contentRange: string, from: number, to: number][] = [
    ['bytes=0-', 'bytes 0-299999/300000', 0, 300_000],
    ['bytes=100000-199999', 'bytes 100000-199999/300000', 100_000, 200_000],
    ['bytes=299999-', 'bytes 299999-299999/300000', 299_999, 300_000],
    ['bytes=-500', 'bytes 299500-299999/300000', 299_500, 300_000],
    ['bytes=-900000', 'bytes 0-299999/300000', 0, 300_000],
    ['bytes=10-999999999', 'bytes 10-299999/300000', 10, 300_000],
    [`bytes=10-${'9'.repeat(40)}`, 'bytes 10-299999/300000', 10, 300_000],
  ]

  for (const [range, contentRange, from, to] of ranges) {
    const answer = await stream({ range })
    assert.equal(answer.status, 206, range)
    assert.equal(answer.headers['Content-Range'], contentRange)
    assert.equal(answer.headers['Content-Length'], String(to - from))
    assert.ok((await bodyOf(answer)).equals(sound.subarray(from, to)), range)
  }
})

test('HEAD tells of the whole, whatever part is named', async (t) => {
  const { client } = hostWithSong(t)

  const answer = await client.bytes('/databases/1/items/11.mp3', { range: 'bytes=5-9' }, 'HEAD')

  assert.deepEqual([answer.status, answer.headers['Content-Length']], [200, '300000'])
})

test('a part that does not exist is a 416; a range that makes no sense is the whole', async (t) => {
  const { stream } = hostWithSong(t)

  for (const range of ['bytes=300000-', 'bytes=-0']) {
    const answer = await stream({ range })
    assert.equal(answer.status, 416)
    assert.equal(answer.headers['Content-Range'], 'bytes */300000')
  }
  for (const range of ['bytes=5-1', 'bytes=0-1,5-9', 'rows=1-2', 'bytes=x-']) {
    const answer = await stream({ range })
    assert.equal(answer.status, 200, range)
    await bodyOf(answer)
  }
})

test('who has the bytes already gets none; who has other bytes gets them all', async (t) => {
  const { stream } = hostWithSong(t)
  const first = await stream()
  await bodyOf(first)
  const { ETag = '', 'Last-Modified': lastModified = '' } = first.headers

  assert.equal((await stream({ 'if-none-match': `"other", W/${ETag}` })).status, 304)
  assert.equal((await stream({ 'if-modified-since': lastModified })).status, 304)
  const same = await stream({ range: 'bytes=0-9', 'if-range': ETag })
  const changed = await stream({ range: 'bytes=0-9', 'if-range': '"other"' })
  assert.equal(same.status, 206)
  assert.equal(changed.status, 200)
  await bodyOf(same)
  await bodyOf(changed)
})

test('only songs of the library, and only files', async (t) => {
  const { ask } = hostWithSong(t)

  for (const file of ['77.mp3', '12.mp3'])
    await assert.rejects(Promise.resolve(ask(file)), { code: 'NOT_FOUND' })
  for (const file of ['..%2f..%2fetc%2fpasswd', 'x.mp3', '.mp3', '-1.mp3', '99999999999.mp3'])
    await assert.rejects(Promise.resolve(ask(file)), { code: 'BAD_REQUEST' }, file)
})

test('a file that has gone is not found', async (t) => {
  const { path, ask } = hostWithSong(t)
  rmSync(path)

  await assert.rejects(Promise.resolve(ask('11.mp3')), { code: 'NOT_FOUND' })
})

test('a file that shrinks while it is sent ends in an error, not in silence', async (t) => {
  const { path, stream } = hostWithSong(t)
  const answer = await stream()
  truncateSync(path, 1000)

  await assert.rejects(bodyOf(answer), /shorter/)
})

test('a client that goes in the middle leaves no open file', async (t) => {
  const { stream } = hostWithSong(t)
  const { body } = await stream()
  assert.ok(body instanceof Readable)

  const closed = new Promise((resolve) => body.once('close', resolve))
  body.once('data', () => body.destroy())

  await closed
  assert.ok(body.destroyed)
})
