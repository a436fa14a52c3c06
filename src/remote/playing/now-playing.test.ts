import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nowPlayingOf, positionAt } from './now-playing.ts'

test('the position is the length less what remains', () => {
  const playing = nowPlayingOf(
    [
      ['caps', 4],
      ['cann', 'So What'],
      ['cast', 200_000],
      ['cant', 150_000],
    ],
    1000,
  )

  assert.equal(playing.positionMs, 50_000)
  assert.equal(positionAt(playing, 3000), 52_000)
  assert.equal(positionAt(playing, 1_000_000), 200_000)
})

test('a paused song stands still', () => {
  const paused = nowPlayingOf(
    [
      ['caps', 3],
      ['cann', 'So What'],
      ['cast', 200_000],
      ['cant', 150_000],
    ],
    1000,
  )

  assert.equal(positionAt(paused, 9000), 50_000)
})

test('an unknown time is none', () => {
  const stream = nowPlayingOf(
    [
      ['caps', 4],
      ['cann', 'Radio'],
      ['cast', 0xffff_ffff],
      ['cant', 0xffff_ffff],
    ],
    0,
  )

  assert.deepEqual([stream.positionMs, stream.durationMs, stream.canSeek], [0, 0, false])
})

test('an idle Apple TV, which says next to nothing, has stopped', () => {
  const idle = nowPlayingOf(
    [
      ['mstt', 200],
      ['cmsr', 7],
    ],
    0,
  )

  assert.deepEqual([idle.state, idle.track, idle.revision], ['stopped', null, 7])
})
