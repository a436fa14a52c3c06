import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Status } from '../../remote/index.ts'
import { followsOn } from './follows-on.ts'

const at = (songId: number, positionMs: number, readAtMs: number): Status => ({
  revision: 1,
  state: 'playing',
  winding: undefined,
  positionMs,
  durationMs: 180_000,
  readAtMs,
  isShuffled: false,
  repeat: 'off',
  canSeek: true,
  track: { title: '', artist: '', album: '', genre: '', songId, albumId: undefined },
  volumePercent: 50,
  notice: undefined,
  own: undefined,
})

test('a song that goes on, or ends into the next one, needs no new beginning of the stream', () => {
  assert.ok(followsOn(at(1, 10_000, 0), at(1, 15_000, 5000)))
  assert.ok(followsOn(at(1, 170_000, 0), at(2, 100, 10_100)))
})

test('a seek and a skip do', () => {
  assert.ok(!followsOn(at(1, 10_000, 0), at(1, 90_000, 5000)))
  assert.ok(!followsOn(at(1, 10_000, 0), at(2, 0, 5000)))
})
