import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { Transform } from 'node:stream'
import { test } from 'node:test'
import { constants, DeflateRaw, gunzipSync, inflateRawSync } from 'node:zlib'
import type { LargeBody, ZippedPiece } from './large-body.ts'
import { type Zipper, zipperOf } from './zipped-pieces.ts'

const pieces = [randomBytes(300_000), Buffer.alloc(200_000, 'groove'), Buffer.of(7), randomBytes(70_000)]
const all = Buffer.concat(pieces)

function bodyOf({ brokenAt = -1, zips }: { brokenAt?: number; zips?: LargeBody['zips'] } = {}) {
  const counted = { made: 0, released: 0 }
  const body: LargeBody = {
    lengthBytes: all.length,
    pieceCount: pieces.length,
    piece(at) {
      if (at === brokenAt) throw new Error('no such row')
      counted.made += 1
      return { bytes: pieces[at] as Buffer, release: () => (counted.released += 1) }
    },
    zips,
  }
  return { body, counted }
}

async function everything(zipper: Zipper): Promise<Buffer> {
  const taken: Uint8Array[] = []
  let onMore = () => {}
  while (!zipper.isDone) {
    const more = new Promise<void>((resolve) => {
      onMore = resolve
    })
    const bytes = zipper.take(() => onMore())
    if (bytes) taken.push(bytes)
    else if (!zipper.isReady) await more
  }
  zipper.end()
  return Buffer.concat(taken)
}

test('what comes out is one gzip stream, however many pieces are zipped at once', async () => {
  for (const most of [1, 2, 9]) {
    const { body, counted } = bodyOf()
    const zipped = await everything(zipperOf(body, most))
    assert.ok(gunzipSync(zipped).equals(all))
    assert.deepEqual(counted, { made: 4, released: 4 })
  }
})

test('pieces that were kept fit between others', async () => {
  const kept = new Map<number, ZippedPiece>()
  const zips = {
    get: (at: number) => kept.get(at),
    put(at: number, { bytes, crcAfter }: ZippedPiece) {
      kept.set(at, { bytes: bytes.slice(), crcAfter })
    },
  }
  await everything(zipperOf(bodyOf({ zips }).body, 2))
  kept.delete(1)
  const { body, counted } = bodyOf({ zips })

  assert.ok(gunzipSync(await everything(zipperOf(body, 2))).equals(all))
  assert.equal(counted.made, 1)
})

test('a piece that cannot be made fails the list that wants it, and nothing else', async () => {
  const zipper = zipperOf(bodyOf({ brokenAt: 2 }).body, 2)

  await assert.rejects(everything(zipper), /no such row/)
  zipper.end()
})

test('who goes in the middle leaves no piece unreleased, and none kept by half', async () => {
  const kept: Buffer[] = []
  const zips = {
    get: () => undefined,
    put(_: number, { bytes }: ZippedPiece) {
      kept.push(inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }))
    },
  }
  const { body, counted } = bodyOf({ zips })
  const zipper = zipperOf(body, 2)
  const more = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  for (const { resolve } of more) zipper.take(resolve)
  zipper.end()
  await Promise.all(more.map(({ promise }) => promise))

  assert.deepEqual(counted, { made: 2, released: 2 })
  assert.ok(Buffer.concat(kept).equals(Buffer.concat(pieces.slice(0, 2))))
})

test('what zlib cannot do fails the list', async (t) => {
  const failing = new Error('no memory')
  t.mock.method(DeflateRaw.prototype, '_transform', function (this: Transform) {
    queueMicrotask(() => this.destroy(failing)) // as its own errors do: whoever wrote is not called back
  })
  const { body, counted } = bodyOf()

  await assert.rejects(everything(zipperOf(body, 2)), failing)
  assert.equal(counted.made, counted.released)
})
