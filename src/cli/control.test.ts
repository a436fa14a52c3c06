// Control as a person types it: real processes against a real host.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startAppleTv } from '../../test/fakes/apple-tv.ts'
import { runningHost, start } from '../../test/fakes/command-line.ts'
import { startPlayingHost } from '../../test/fakes/playing-host.ts'
import { systemClock } from '../clock.ts'
import { emptyMemory, remembered, writeMemory } from '../remote/node.ts'
import { sleepText } from './commands/sleep.ts'

const json = (ended: { out: string }) => JSON.parse(ended.out)

test('what was done to the queue is taken back', async (t) => {
  const { run } = await runningHost(t)
  await run('play', '--album', 'kind of blue')
  await run('queue', 'add', '--song', 'river')

  const listed = json(await run('queue', '--json'))
  const river = listed.find(({ title }: { title: string }) => title === 'River')
  const removed = json(await run('queue', 'remove', `#${river.entryId}`, '--json'))
  const undone = await run('queue', 'undo', '--json')
  const mixed = await run('queue', 'move', '#1', '2')

  assert.equal(removed.length, listed.length - 1)
  assert.match(undone.err, /^Taken back: /)
  assert.deepEqual(json(undone), listed)
  assert.equal(mixed.status, 2)
})

test('the queue becomes a playlist', async (t) => {
  const { library, player, data } = await startPlayingHost(t, { songSeconds: [5, 5, 5] })
  const songIds = Array.from(library.view.songs({}).ids())
  const entries = songIds.map((songId) => ({ songId }))
  await player.setQueue({ entries, startIndex: 1, isPaused: true }, 'test')

  const saved = json(await start(['queue', 'save', 'Sunday', '--json', '--data', data]).ended)

  const { playlistId } = saved
  assert.equal(library.view.playlist(playlistId)?.name, 'Sunday')
  assert.deepEqual(Array.from(library.view.songs({ playlistId }).ids()), songIds.slice(1))
})

test('a sleep timer, ReplayGain, mute and winding are told by status', async (t) => {
  const { run, host } = await runningHost(t)
  await run('play', 'river')

  const asleep = json(await run('sleep', 'end', '--json'))
  await run('replaygain', 'album')
  await run('volume', 'mute')
  await run('wind', 'forward', '0.1')
  const status = json(await run('status', '--json'))
  const words = await run('status')

  assert.deepEqual(asleep, { sleep: 'endOfSong' })
  assert.deepEqual(
    [status.sleep, status.replayGain, status.muted, status.volumePercent, status.winding],
    ['endOfSong', 'album', true, 0, null],
  )
  assert.match(words.out, /muted .* stops with this song/)
  assert.equal(host.player.state.winding, undefined)
  assert.equal((await run('sleep', 'soon')).status, 2)
  assert.equal((await run('wind', 'up')).status, 2)
})

test('a sleep timer tells seconds, and the end of a song only where there is a song', async (t) => {
  const { run } = await runningHost(t)

  const none = await run('sleep', 'end')
  const inMs = (ms: number) => sleepText({ atMs: systemClock.nowMs() + ms })

  assert.equal(none.status, 1)
  assert.match(none.err, /nothing to play/)
  assert.match(inMs(30_000), /^in (30|2\d) seconds$/)
  assert.equal(inMs(100_000), 'in 2 minutes')
})

test('what is put into an empty queue plays, and that is said; shuffle is toggled by the host itself', async (t) => {
  const { run, host } = await runningHost(t)

  const first = await run('queue', 'add', '--song', 'river')
  const second = await run('queue', 'add', '--song', 'so what')
  await run('shuffle', 'toggle')
  const isOn = host.player.state.isShuffled
  await run('shuffle', 'toggle')

  assert.match(first.err, /so it plays now/)
  assert.equal(host.player.state.state, 'playing')
  assert.doesNotMatch(second.err, /plays now/)
  assert.deepEqual([isOn, host.player.state.isShuffled], [true, false])
})

test('one speaker is muted and brought back by its name', async (t) => {
  const { run } = await runningHost(t)
  const [first] = json(await run('speakers', '--json'))

  const [muted] = json(await run('speakers', 'mute', first.name, '--json'))
  const [back] = json(await run('speakers', 'mute', first.name, '--json'))

  assert.ok(first.volumePercent > 0)
  assert.deepEqual([muted.volumePercent, back.volumePercent], [0, first.volumePercent])
})

test('volume says that it is muted as status does', async (t) => {
  const { run } = await runningHost(t)
  await run('volume', '40')

  const loud = [await run('volume'), json(await run('volume', '--json'))]
  await run('volume', 'mute')
  const muted = [await run('volume'), json(await run('volume', '--json'))]
  const status = await run('status')

  assert.deepEqual([loud[0].out, loud[1]], ['40 %\n', { volumePercent: 40, muted: false }])
  assert.deepEqual([muted[0].out, muted[1]], ['0 %, muted\n', { volumePercent: 0, muted: true }])
  assert.match(status.out, /volume 0 %, muted ·/)
})

test('a volume given as a step ends a mute, and counts from before it', async (t) => {
  const { run, host } = await runningHost(t)
  await run('volume', '40')
  await run('volume', 'mute')

  await run('volume', '+10')

  assert.deepEqual([host.player.state.volumePercent, host.player.state.isMuted], [50, false])
})

test('a song is liked, rated and has others like it', async (t) => {
  const { run, host } = await runningHost(t)
  await run('play', '--song', 'so what')

  const similar = json(await run('similar', '--json'))
  const rated = json(await run('rate', '4', '--song', 'river', '--json'))
  const liked = json(await run('rate', 'like', '--json'))

  assert.equal(similar[0].title, 'Blue in Green')
  assert.equal(host.library.view.song(rated.songId)?.ratingPercent, 80)
  assert.deepEqual(liked, { songId: host.player.state.song?.id, feeling: 'liked' })
})

test('keys steer an Apple TV and type into it', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'tonearm-cli-'))
  t.after(() => rmSync(data, { recursive: true }))
  const appleTv = await startAppleTv(t)
  const { address, guid } = appleTv
  const host = { serviceName: 'S', name: 'Living Room', address, guid, macAddresses: [] }
  writeMemory(data, remembered(emptyMemory, host))
  appleTv.asksForText({ title: 'Search', text: '' })

  const pressed = await start(['keys', 'menu', 'select', '--json', '--data', data]).ended
  const typed = await start(['keys', 'type', 'miles', 'davis', '--data', data]).ended
  const again = await start(['keys', 'press', 'sideways', '--data', data]).ended

  assert.deepEqual(json(pressed), { pressed: ['menu', 'select'] })
  assert.deepEqual(appleTv.pressed, ['menu', 'select'])
  assert.equal(typed.err, 'Search: miles davis\n')
  assert.deepEqual(appleTv.field, { text: 'miles davis', isOpen: false })
  assert.match(again.err, /"sideways" is no key/)
})
