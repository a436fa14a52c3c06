import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodePicturesQuickly, openPictures } from './vorbis-pictures.ts'

test('a picture in a Vorbis comment is the one that music-metadata would make of it', async () => {
  const pictures = await openPictures()
  assert.ok(pictures)
  const text = pictureBlock(Uint8Array.from({ length: 5000 }, (_, at) => at * 7)).toString('base64')
  const theirs = pictures.fromBase64(text)

  await decodePicturesQuickly()

  assert.deepEqual(pictures.fromBase64(text), theirs)
  assert.throws(() => pictures.fromBase64(text.slice(0, 20)), 'one that is cut off is an error')
})

/** RFC 9639, 8.8. */
function pictureBlock(data: Uint8Array): Buffer {
  const number = (value: number) => Buffer.of(0, 0, value >> 8, value & 255)
  const type = Buffer.from('image/png')
  return Buffer.concat([
    number(3),
    number(type.length),
    type,
    number(0),
    ...[20, 30, 24, 0].map(number),
    number(data.length),
    data,
  ])
}
