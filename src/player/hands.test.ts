// What a hand does on a remote: winds, mutes, sets the sleep timer. The real player without sound, its time moved by hand.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakePlayer } from '../../test/fakes/player.ts'
import type { Song } from '../library/index.ts'

const me = 'test'
const songMs = 60_000

test('winding moves faster the longer it lasts, and plays on where the button is let go', async () => {
  const player = await playing(1, 2)
  await player.clock.advance(10_000)

  await player.wind('forward', 'phone: wind')
  assert.equal(player.state.winding, 'forward')
  await player.clock.advance(1000)
  const early = player.positionMs()
  await player.clock.advance(1000)
  const late = player.positionMs()
  await player.endWind(me)

  assert.ok(early - 10_000 > 3000, `${early}`)
  assert.ok(late - early > 3000, `${late - early}`)
  assert.equal(player.state.winding, undefined)
  assert.equal(player.state.state, 'playing')
  const released = player.positionMs()
  await player.clock.advance(1000)
  assert.equal(player.positionMs(), released + 1000)
})

test('wound over its end a song goes on to the next, and is not counted as played', async () => {
  const player = await playing(1, 2)
  await player.seek(songMs - 3000, me)

  await player.wind('forward', me)
  await player.clock.advance(2000)

  assert.equal(player.state.song?.id, 2)
  assert.equal(player.state.winding, 'forward')
  await player.pause(me)
  assert.equal(player.state.winding, undefined)
  assert.equal(player.state.state, 'paused')
  assert.deepEqual(player.played, [])
})

test('wound back to its beginning a song stays there until the button is let go', async () => {
  const player = await playing(1, 2)
  await player.clock.advance(3000)

  await player.wind('back', me)
  await player.clock.advance(4000)
  assert.equal(player.positionMs(), 0)
  assert.equal(player.state.state, 'playing')
  await player.endWind(me)

  await player.clock.advance(500)
  assert.equal(player.positionMs(), 500)
})

test('a paused song is wound in silence and stays paused', async () => {
  const player = await playing(1)
  await player.pause(me)

  await player.wind('forward', me)
  await player.clock.advance(1000)
  assert.equal(player.audio.loaded?.isPaused, true)
  await player.endWind(me)

  assert.equal(player.state.state, 'paused')
  assert.ok(player.positionMs() > 3000)
})

test('a remote that vanishes while it winds stops winding after a minute', async () => {
  const player = await playing(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)

  await player.wind('forward', me)
  await player.clock.advance(61_000)

  assert.equal(player.state.winding, undefined)
  assert.equal(player.state.state, 'playing')
  assert.match(player.state.cause, /nobody let go/)
})

test('nothing to wind says so', async () => {
  const player = await playing()

  await assert.rejects(player.wind('back', me), { code: 'NOTHING_TO_PLAY' })
  await player.endWind(me)
})

test('the sleep timer fades out and pauses at its moment', async () => {
  const player = await playing(1, 2)
  await player.setSleepTimer({ afterMs: 20_000 }, me)
  assert.deepEqual(player.state.sleep, { atMs: player.clock.nowMs() + 20_000 })

  await player.clock.advance(18_000)
  assert.ok((player.audio.outputs[0]?.volumePercent ?? 0) < 30)
  assert.equal(player.state.volumePercent, 40)
  await player.clock.advance(2000)

  assert.equal(player.state.state, 'paused')
  assert.equal(player.state.cause, 'sleep timer')
  assert.equal(player.state.sleep, undefined)
  await player.play(me)
  assert.equal(player.audio.outputs[0]?.volumePercent, 40)
})

test('a sleep timer that is taken away in its last seconds leaves the music as loud as before', async () => {
  const player = await playing(1)
  await player.setSleepTimer({ afterMs: 20_000 }, me)
  await player.clock.advance(18_000)

  await player.setSleepTimer(undefined, me)
  await player.clock.advance(5000)

  assert.equal(player.state.state, 'playing')
  assert.equal(player.audio.outputs[0]?.volumePercent, 40)
  await assert.rejects(player.setSleepTimer({ afterMs: Number.NaN }, me), { code: 'BAD_REQUEST' })
  await assert.rejects(player.setSleepTimer({ afterMs: 1e12 }, me), { code: 'BAD_REQUEST' })
})

test('asleep at the end of the song, the next one waits at its beginning', async () => {
  const player = await playing(1, 2)
  await player.setSleepTimer('endOfSong', me)
  assert.equal(player.audio.next, undefined)

  await player.songEnds()

  assert.equal(player.state.state, 'paused')
  assert.equal(player.state.song?.id, 2)
  assert.equal(player.state.cause, 'sleep timer')
  assert.equal(player.state.sleep, undefined)
  assert.deepEqual(player.played, [1])
  await player.play(me)
  assert.equal(player.state.state, 'playing')
})

test('mute is silent and brings back the loudness before', async () => {
  const player = await playing(1)

  await player.toggleMute(me)
  assert.deepEqual([player.state.volumePercent, player.state.isMuted], [0, true])
  assert.equal(player.audio.outputs[0]?.volumePercent, 0)
  await player.toggleMute(me)
  assert.deepEqual([player.state.volumePercent, player.state.isMuted], [40, false])
  await player.toggleMute(me)
  await player.changeVolume(5, me)
  assert.deepEqual([player.state.volumePercent, player.state.isMuted], [45, false])

  await player.toggleMute(me, 'kitchen')
  assert.equal(relativeOf('kitchen'), 0)
  await player.toggleMute(me, 'kitchen')
  assert.equal(relativeOf('kitchen'), 50)

  function relativeOf(id: string) {
    return player.state.outputs.find((output) => output.id === id)?.relativeVolumePercent
  }
})

test('ReplayGain changes what sounds and what follows, and survives a start', async () => {
  const player = await playing(1, 2)
  assert.equal(player.state.replayGain, 'off')
  assert.equal(player.audio.loaded?.cue.gain, 1)

  await player.setReplayGain('track', me)

  assert.equal(player.audio.loaded?.cue.gain, 0.5)
  assert.equal(player.audio.next?.gain, 0.25)
  await player.next(me)
  assert.equal(player.audio.loaded?.cue.gain, 0.25)
  assert.equal((await player.restarted()).state.replayGain, 'track')
})

test('two taps at once count as two', async () => {
  const player = await playing(1)

  await Promise.all([player.changeVolume(5, me), player.changeVolume(5, me)])
  await Promise.all([player.toggleShuffle(me), player.toggleShuffle(me)])

  assert.equal(player.state.volumePercent, 50)
  assert.equal(player.state.isShuffled, false)
})

test('one speaker is made louder, and the other stays as loud as it is', async () => {
  const player = await playing(1)
  await player.setOutputs(['system', 'kitchen'], me)

  await player.setOutputLoudness('kitchen', 60, me)

  assert.deepEqual(
    player.audio.outputs.map(({ volumePercent }) => volumePercent),
    [40, 60],
  )
  await assert.rejects(player.setOutputLoudness('attic', 10, me), { code: 'NOT_FOUND' })
})

test('one who listens is an output while there, with a volume of its own, and is not remembered', async () => {
  const player = await playing(1)
  const guest = { id: 'stream:1.mp3', name: 'Tablet', relativeVolumePercent: 50 }

  await player.addGuest(guest, me)
  assert.deepEqual(player.audio.outputs.at(-1), { id: guest.id, volumePercent: 20 })
  assert.equal(player.state.outputs.at(-1)?.isOn, true)
  await player.setOutputLoudness(guest.id, 40, me)
  assert.deepEqual(
    player.audio.outputs.map(({ volumePercent }) => volumePercent),
    [40, 40],
  )
  const again = await player.restarted()
  assert.ok(again.state.outputs.every(({ isGuest }) => !isGuest))
})

test('when the last one who listens has gone, the music waits', async () => {
  const player = await playing(1)
  await player.addGuest({ id: 'stream:1.mp3', name: 'Tablet', relativeVolumePercent: 100 }, me)
  await player.setOutputs(['stream:1.mp3'], me)

  await player.removeGuest('stream:1.mp3', 'Tablet: stopped listening')

  assert.equal(player.state.state, 'paused')
  assert.equal(player.state.outputs.length, 2)
  await player.removeGuest('kitchen', me)
  assert.equal(player.state.outputs.length, 2, 'only guests can go')
})

test('a song jumped over for the greater part is not counted, one heard again from its start is', async () => {
  const player = await playing(1, 2)

  await player.seek(songMs * 0.7, me)
  await player.songEnds()
  await player.seek(songMs * 0.7, me)
  await player.seek(0, me)
  await player.songEnds()

  assert.deepEqual(player.played, [2])
})

test('edits by entry hit their song whatever another remote does meanwhile', async () => {
  const player = await playing(1, 2, 3, 4, 5)
  const [two, three, four, five] = player.state.upNext.map(({ entryId }) => entryId)

  await Promise.all([
    player.remove([1], 'phone'),
    player.moveEntry(five ?? 0, three, 'tablet'),
    player.removeEntries([four ?? 0], 'tablet'),
    assert.rejects(player.moveEntry(two ?? 0, undefined, 'tablet'), { code: 'NOT_FOUND' }),
  ])
  assert.deepEqual(
    player.state.upNext.map(({ songId }) => songId),
    [3, 5],
  )
  await player.playEntry(five ?? 0, me)

  assert.equal(player.state.song?.id, 5)
  await assert.rejects(player.playEntry(999, me), { code: 'NOT_FOUND' })
})

test('a whole queue is set in its own order, paused in the middle of a song', async () => {
  const player = await playing(1, 2)
  await player.setShuffle(true, me)

  const entries = [4, 5, 6, 7].map((songId) => ({ songId }))
  await player.setQueue({ entries, startIndex: 1, positionMs: 2000, isPaused: true, contextName: 'Mix' }, me)

  assert.equal(player.state.state, 'paused')
  assert.equal(player.positionMs(), 2000)
  assert.equal(player.state.contextName, 'Mix')
  assert.deepEqual([player.state.song?.id, ...player.state.upNext.map(({ songId }) => songId)], [5, 6, 7])
})

async function playing(...ids: number[]) {
  const song = (id: number) => {
    const replayGain = { trackGainDb: 20 * Math.log10(0.5 ** id) }
    return { id, path: `/${id}`, title: `${id}`, durationMs: songMs, replayGain } as Song
  }
  const player = await fakePlayer(song)
  if (ids.length > 0)
    await player.playNow(
      ids.map((songId) => ({ songId })),
      {},
      me,
    )
  return player
}
